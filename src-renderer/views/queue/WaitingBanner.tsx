import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { act } from '../../state/act';
import { go } from '../../state/navigation';
import { retryChosen } from './queue-acts';

/** What files wait for, one line for each reason, with the buttons that help. */
export function WaitingBanner({ submissions }: { readonly submissions: readonly SubmissionRow[] }) {
  const say = useText();
  const waiting = submissions.filter(({ waiting: count, problem }) => count > 0 && problem !== null);
  const reasons = new Map<string, SubmissionRow[]>();
  for (const row of waiting) {
    const problem = row.problem ?? '';
    reasons.set(problem, [...(reasons.get(problem) ?? []), row]);
  }
  return [...reasons].map(([problem, rows]) => (
    <Banner
      key={problem}
      tone="suspicious"
      actions={
        <>
          <Button
            kind="primary"
            onClick={() => act(() => retryChosen({ items: [], submissions: rows.map(({ guid }) => guid) }))}
          >
            {say('queue.retry')}
          </Button>
          <Button onClick={() => go('destinations')}>{say('queue.showDestinations')}</Button>
        </>
      }
    >
      {say('queue.waiting', { count: rows.reduce((sum, row) => sum + row.waiting, 0), problem: say.told(problem) })}
    </Banner>
  ));
}
