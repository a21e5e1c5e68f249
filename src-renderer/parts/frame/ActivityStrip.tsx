import { knowsAllBytes, shareOf } from '../../../src-main/contract/progress';
import type { Activity } from '../../../src-main/contract/pulse';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { usePulse } from '../../state/pulse';

const STILL_AFTER_MS = 5_000;

/** What is moving, only while something moves: how much of how much, how fast, how long still. */
export function ActivityStrip() {
  const say = useText();
  const format = useFormat();
  const activity = usePulse((pulse) => pulse?.activity ?? null);
  const paused = usePulse((pulse) => pulse?.paused === true);
  if (activity === null) return null;
  return (
    <section
      aria-label={say('frame.activity')}
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-surface px-4 py-1"
    >
      <span>{say('frame.files', { count: activity.files, done: activity.settled })}</span>
      <span className="text-muted">
        {knowsAllBytes(activity)
          ? say('frame.bytes', { done: format.bytes(activity.settledBytes), all: format.bytes(activity.bytes) })
          : format.bytes(activity.settledBytes)}
      </span>
      {!paused && <Pace activity={activity} />}
      <progress
        aria-label={say('frame.activity')}
        max={1}
        value={shareOf(activity)}
        className="h-1.5 min-w-24 flex-1 appearance-none overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-moving"
      />
    </section>
  );
}

/** How fast and how long still, or since when nothing moves; who paused it knows why. */
function Pace({ activity: { stillMs, bytesPerSecond, etaSeconds } }: { readonly activity: Activity }) {
  const say = useText();
  const format = useFormat();
  if (stillMs >= STILL_AFTER_MS)
    return (
      <span className="font-medium text-suspicious">{say('frame.still', { time: format.duration(stillMs) })}</span>
    );
  return (
    <>
      <span className="text-muted">{format.rate(bytesPerSecond)}</span>
      {etaSeconds !== null && (
        <span className="text-muted">{say('frame.left', { time: format.duration(etaSeconds * 1000) })}</span>
      )}
    </>
  );
}
