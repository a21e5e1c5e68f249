import { useText } from '../../i18n/text';
import { restoreKept } from '../../state/kept-acts';
import { Banner } from '../Banner';
import { ConfirmReason } from '../ConfirmReason';
import { ItemNames } from './ItemNames';
import { tellOrThrow } from './outcome';

/** Writes kept files back, where the person says and nothing is yet. */
export function RestoreDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const say = useText();
  const restore = async (reason: string) => {
    const outcome = await restoreKept(ids, reason);
    if (outcome === null) throw new Error(say('acts.noPlace'));
    await tellOrThrow(ids, outcome, 'acts.done.restored');
  };
  return (
    <ConfirmReason
      title={say('acts.restoreTitle', { count: ids.length })}
      verb={say('acts.restore')}
      onConfirm={restore}
      onClose={onClose}
    >
      <ItemNames ids={ids} />
      <Banner tone="suspicious">{say('acts.restoreWarning', { count: ids.length })}</Banner>
    </ConfirmReason>
  );
}
