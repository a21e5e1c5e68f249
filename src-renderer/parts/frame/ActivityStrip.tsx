import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { usePulse } from '../../state/pulse';

const STILL_AFTER_MS = 5_000;

/** What is moving, only while something moves: how much of how much, how fast, how long still. */
export function ActivityStrip() {
  const say = useText();
  const format = useFormat();
  const activity = usePulse((pulse) => pulse?.activity ?? null);
  if (activity === null) return null;
  const still = activity.stillMs >= STILL_AFTER_MS;
  const share =
    activity.bytes > 0 ? activity.settledBytes / activity.bytes : activity.settled / Math.max(1, activity.files);
  return (
    <section
      aria-label={say('frame.activity')}
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-surface px-4 py-1"
    >
      <span>{say('frame.files', { count: activity.files, done: activity.settled })}</span>
      <span className="text-muted">
        {say('frame.bytes', { done: format.bytes(activity.settledBytes), all: format.bytes(activity.bytes) })}
      </span>
      {still ? (
        <span className="font-medium text-suspicious">
          {say('frame.still', { time: format.duration(activity.stillMs) })}
        </span>
      ) : (
        <>
          <span className="text-muted">{format.rate(activity.bytesPerSecond)}</span>
          {activity.etaSeconds !== null && (
            <span className="text-muted">
              {say('frame.left', { time: format.duration(activity.etaSeconds * 1000) })}
            </span>
          )}
        </>
      )}
      <progress
        aria-label={say('frame.activity')}
        max={1}
        value={Math.min(1, share)}
        className="h-1.5 min-w-24 flex-1 appearance-none overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-moving"
      />
    </section>
  );
}
