import { useEffect } from 'react';
import type { IpcResult, Progress } from '../../../src-main/contract/ipc-schema';
import type { ItemRow } from '../../../src-main/contract/item-view';
import { engine } from '../../bridge';
import { useFormat } from '../../format/use-format';
import { isolated, visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { VerdictChip } from '../../parts/Chip';
import { EntryRow } from '../../parts/EntryRow';
import { Loaded } from '../../parts/form/Loaded';
import { ProgressBar } from '../../parts/ProgressBar';
import { tellStep } from '../../state/first-run';
import { go } from '../../state/navigation';
import { usePulse } from '../../state/pulse';
import { useReading } from '../../state/reading';

const SHOWN = 5;

/** A submission on its way to its verdicts: what each file is found to be, and why. */
export function FirstDropProgress({ submission }: { readonly submission: string }) {
  const revision = usePulse((pulse) => (pulse === null ? null : `${pulse.pid} ${pulse.revision.items}`));
  const reading = useReading(async () => {
    const [progress, items] = await Promise.all([
      engine('progress', { submission }),
      engine('items', { query: { submission, sort: { by: 'verdict', descending: false } }, offset: 0, limit: SHOWN }),
    ]);
    return { progress, items };
  }, revision);
  const proved = reading.value?.progress.ended === true && reading.value.progress.items > 0;
  useEffect(() => {
    if (proved) tellStep('drop', true);
  }, [proved]);
  return (
    <Loaded value={reading.value} problem={reading.problem} onRetry={reading.again}>
      {({ progress, items }) => <Watched progress={progress} items={items} />}
    </Loaded>
  );
}

function Watched({ progress, items }: { readonly progress: Progress; readonly items: IpcResult<'items'> }) {
  const say = useText();
  const format = useFormat();
  const { settled, ended, problem } = progress;
  const more = items.total - items.rows.length;
  return (
    <div className="flex flex-col gap-2">
      {!ended && (
        <div className="flex items-center gap-3">
          <span>{say('drop.counting', { count: progress.items, done: format.count(settled) })}</span>
          <ProgressBar
            label={say('firstRun.drop')}
            share={progress.items === 0 ? 0 : settled / progress.items}
            className="max-w-60"
          />
        </div>
      )}
      {problem !== null && (
        <Banner tone="suspicious" actions={<Button onClick={() => go('queue')}>{say('drop.showQueue')}</Button>}>
          {say('firstRun.waits', { problem: isolated(visibleName(say.told(problem))) })}
        </Banner>
      )}
      <ul aria-label={say('firstRun.drop')} aria-live="polite" className="flex flex-col">
        {items.rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      {more > 0 && (
        <Button kind="quiet" className="self-start" onClick={() => go(ended ? 'results' : 'queue')}>
          {say('parts.plusMore', { count: more })}
        </Button>
      )}
      {ended && (
        <Banner tone={progress.items > 0 ? 'clean' : 'suspicious'}>
          {say(progress.items > 0 ? 'firstRun.dropProved' : 'firstRun.dropEmpty')}
        </Banner>
      )}
    </div>
  );
}

function Row({ row }: { readonly row: ItemRow }) {
  const say = useText();
  const { id, name, verdict, state, sentence, problem, endedAt } = row;
  return (
    <EntryRow
      name={name}
      chips={<VerdictChip verdict={verdict} moving={verdict === null} />}
      facts={[say(`state.${state}`), sentence === null ? null : say.told(sentence)]}
      problem={problem}
      actions={
        endedAt !== null && (
          <Button aria-label={`${say('firstRun.showResult')}: ${name}`} onClick={() => go('results', id)}>
            {say('firstRun.showResult')}
          </Button>
        )
      }
    />
  );
}
