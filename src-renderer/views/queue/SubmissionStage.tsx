import { CircleDashed } from 'lucide-react';
import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { originOf } from '../../format/origin';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { ProgressBar } from '../../parts/ProgressBar';
import { useNow } from '../../parts/use-now';
import { usePulse } from '../../state/pulse';
import type { ProgressMeter } from './progress-meter';

const STILL_AFTER_MS = 10_000;

/** How many files of a submission have ended, how fast, how long still; or that nothing moves, or what it waits for. */
export function SubmissionStage({ row, meter }: { readonly row: SubmissionRow; readonly meter: ProgressMeter }) {
  const say = useText();
  const format = useFormat();
  const done = say(row.sealed ? 'queue.done' : 'queue.counting', {
    count: row.items,
    done: format.count(row.settled),
  });
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <ProgressBar
        label={say('queue.progress', { name: originOf(row.origin).place })}
        share={row.items === 0 ? 0 : row.settled / row.items}
        className="max-w-20 min-w-12"
      />
      <span className="shrink-0">{done}</span>
      {row.waiting > 0 ? <Waits row={row} /> : <PaceWords row={row} meter={meter} />}
    </span>
  );
}

function Waits({ row }: { readonly row: SubmissionRow }) {
  const say = useText();
  const words = say('queue.waits', { count: row.waiting });
  return (
    <span
      title={row.problem === null ? words : `${words}: ${say.told(row.problem)}`}
      className="flex min-w-0 items-center gap-1 text-suspicious"
    >
      <CircleDashed size={14} aria-hidden="true" className="shrink-0" />
      <bdi className="truncate">{words}</bdi>
    </span>
  );
}

function PaceWords({ row, meter }: { readonly row: SubmissionRow; readonly meter: ProgressMeter }) {
  const say = useText();
  const format = useFormat();
  const now = useNow();
  const paused = usePulse((pulse) => pulse?.paused === true);
  if (paused) return null;
  const { filesPerSecond, etaSeconds, stillMs } = meter.paceOf(row.guid, row.items - row.settled, now);
  if (stillMs >= STILL_AFTER_MS)
    return <span className="truncate text-suspicious">{say('queue.still', { time: format.duration(stillMs) })}</span>;
  if (filesPerSecond === null) return null;
  const rate = say('queue.rate', { count: Math.round(filesPerSecond * 10) / 10 });
  const left =
    row.sealed && etaSeconds !== null ? ` · ${say('queue.left', { time: format.duration(etaSeconds * 1000) })}` : '';
  return <span className="truncate text-muted">{`${rate}${left}`}</span>;
}
