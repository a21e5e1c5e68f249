import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text';
import type { Draft } from '../../state/drafts';
import { go, keepHere, type Route } from '../../state/navigation';
import { tell } from '../../state/toasts';
import { Button } from '../Button';
import { Dialog } from '../Dialog';

/** Asks what to do with the unsaved changes of a draft before another view is shown. */
export function LeaveQuestion({ draft, place }: { readonly draft: Draft; readonly place: string }) {
  const say = useText();
  const [to, setTo] = useState<Route | null>(null);
  const { isChanged, isSaving, configuration } = draft;
  // what stands at no key is no mistake of these changes: saving can be tried again
  const mistakes = draft.problems.filter(({ path }) => path.length > 0);
  useEffect(() => (isChanged ? keepHere(setTo) : undefined), [isChanged]);
  // once nothing is unsaved any more
  useEffect(() => {
    if (to !== null && !isChanged) go(to.view, ...to.path);
  }, [to, isChanged]);
  const stay = () => setTo(null);
  const save = async () => {
    if (await draft.save()) tell(say('form.saved', { file: configuration.file }));
    else stay();
  };
  return (
    <Dialog
      open={to !== null}
      title={say('form.leave')}
      onClose={stay}
      footer={
        <>
          <Button onClick={stay}>{say('form.stay')}</Button>
          <Button kind="danger" disabled={isSaving} onClick={draft.discard}>
            {say('form.discard')}
          </Button>
          <Button kind="primary" disabled={isSaving || mistakes.length > 0} onClick={() => void save()}>
            {say(isSaving ? 'form.saving' : 'form.save')}
          </Button>
        </>
      }
    >
      <p>{say('form.leaveHelp', { place })}</p>
      {mistakes.length > 0 && <p className="mt-2 text-infected">{say('form.problems', { count: mistakes.length })}</p>}
    </Dialog>
  );
}
