import { useCallback } from 'react';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import type { Command } from '../../state/commands';
import type { Cancel } from './item-columns';
import { chosenOf, openSubmission, retryChosen } from './queue-acts';

/** What can be done with the selected rows. `held`: files that have ended and are kept. `filesIn`: of a submission. */
export function useQueueCommands(
  cancel: Cancel,
  filesIn: (guid: string) => number,
  held: boolean,
): (ids: readonly string[]) => readonly Command[] {
  const say = useText();
  return useCallback(
    (ids) => {
      const chosen = chosenOf(ids);
      const group = say('group.act');
      const retry: Command = {
        id: 'queue.retry',
        title: say(held ? 'queue.rescan' : 'queue.retry'),
        group,
        keys: ['r'],
        run: () => act(() => retryChosen(chosen)),
      };
      if (held) return [retry];
      const files = chosen.submissions.reduce((sum, guid) => sum + filesIn(guid), chosen.items.length);
      const stop: Command = {
        id: 'queue.cancel',
        title: say('queue.cancel'),
        group,
        keys: ['Delete'],
        danger: true,
        run: () => cancel(chosen, files),
      };
      const [only] = chosen.submissions;
      if (only === undefined || ids.length > 1) return [retry, stop];
      return [{ id: 'queue.open', title: say('queue.open'), group, run: () => openSubmission(only) }, retry, stop];
    },
    [say, cancel, filesIn, held],
  );
}
