import { CircleDashed } from 'lucide-react';
import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { originOf } from '../../format/origin';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { cx } from '../../parts/class-names';
import { ProgressBar } from '../../parts/ProgressBar';
import { useNow } from '../../parts/use-now';
import { usePulse } from '../../state/pulse';
import type { ProgressMeter } from './progress-meter';

const STILL_AFTER_MS = 10_000;

/** By bytes once all files are taken, so that it never goes back; by files before, and where these have no bytes. */
function shareOf({ items, settled, sized, bytes, settledBytes, sealed }: SubmissionRow): number {
  if (sealed && sized === items && bytes > 0) return settledBytes / bytes;
  return items === 0 ? 0 : settled / items;
}

/** How much of a submission has ended, how fast, how long still; or that nothing moves, or what it waits for. */
export function SubmissionStage({ row, meter }: { readonly row: SubmissionRow; readonly meter: ProgressMeter }) {
  const say = useText();
  const format = useFormat();
  const done = say(row.sealed ? 'queue.done' : 'queue.counting', {
    count: row.items,
    done: format.count(row.settled),
  });
  return (
    <span className="@container flex min-w-0 flex-1 items-center gap-2">
      <ProgressBar
        label={say('queue.progress', { name: originOf(row.origin).place })}
        share={shareOf(row)}
        className="hidden max-w-20 min-w-12 @min-[240px]:block"
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
  const { bytesPerSecond, etaSeconds, stillMs } = meter.paceOf(row, now);
  const left =
    row.sealed && etaSeconds !== null ? say('queue.left', { time: format.duration(etaSeconds * 1000) }) : null;
  const isStill = stillMs >= STILL_AFTER_MS;
  const words = isStill
    ? say('queue.still', { time: format.duration(stillMs) })
    : [bytesPerSecond === null ? null : format.rate(bytesPerSecond), left].filter((each) => each !== null).join(' · ');
  return (
    <span title={words} className={cx('truncate', isStill ? 'text-suspicious' : 'text-muted')}>
      {words}
    </span>
  );
}
