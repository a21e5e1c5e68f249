import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { nameOfItem } from '../../state/item-page';
import { deleteKept } from '../../state/kept-acts';
import { addLeaving, removeLeaving } from '../../state/leaving';
import { actUnlessUndone } from '../../state/toasts';
import { ConfirmReason } from '../ConfirmReason';
import { ItemNames } from './ItemNames';
import { tellOutcome } from './outcome';

async function deleteNow(ids: readonly string[], reason: string): Promise<void> {
  try {
    await tellOutcome(ids, await deleteKept(ids, reason), 'acts.done.deleted');
  } finally {
    removeLeaving(ids);
  }
}

/** Deletes kept files, ten seconds after the person said why. */
export function DeleteDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const say = useText();
  const remove = async (reason: string) => {
    const [only] = ids;
    const name = ids.length === 1 && only !== undefined ? await nameOfItem(only) : '';
    addLeaving(ids);
    actUnlessUndone(
      say('acts.deleting', { count: ids.length, name }),
      () => act(() => deleteNow(ids, reason)),
      () => removeLeaving(ids),
    );
  };
  return (
    <ConfirmReason
      title={say('acts.deleteTitle', { count: ids.length })}
      verb={say('acts.delete')}
      danger
      onConfirm={remove}
      onClose={onClose}
    >
      <ItemNames ids={ids} />
      <p>{say('acts.deleteHelp')}</p>
    </ConfirmReason>
  );
}
