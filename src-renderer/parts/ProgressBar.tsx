import { cx } from './class-names';

/** How far something is, from 0 to 1. The number stands beside it in words. */
export function ProgressBar({
  label,
  share,
  className,
}: {
  readonly label: string;
  readonly share: number;
  readonly className?: string;
}) {
  return (
    <progress
      aria-label={label}
      max={1}
      value={Math.max(0, Math.min(1, share))}
      className={cx(
        'h-1.5 min-w-16 flex-1 appearance-none overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-moving',
        className,
      )}
    />
  );
}
