import { splitForMiddle } from '../format/middle';
import { cx } from './class-names';

/** A file's name, escaped by the engine: isolated from the text around it, cut in its middle, whole on hover. */
export function FileName({
  name,
  mono = false,
  className,
}: {
  readonly name: string;
  readonly mono?: boolean;
  readonly className?: string;
}) {
  const [start, end] = splitForMiddle(name);
  return (
    <bdi title={name} className={cx('flex min-w-0 max-w-full', mono && 'font-mono text-11', className)}>
      <span className={cx('overflow-hidden text-ellipsis whitespace-pre', end !== '' && 'min-w-6')}>{start}</span>
      {end !== '' && <span className="shrink-0 whitespace-pre">{end}</span>}
    </bdi>
  );
}
