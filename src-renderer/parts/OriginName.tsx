import { FolderSync, type LucideIcon, SquareTerminal, Upload } from 'lucide-react';
import { type Origin, originOf, originWords } from '../format/origin';
import { useFormat } from '../format/use-format';
import { useText } from '../i18n/text';
import { FileName } from './FileName';

const ICONS: Readonly<Record<Origin['kind'], LucideIcon>> = {
  window: Upload,
  command: SquareTerminal,
  watch: FolderSync,
  other: Upload,
};

/** Where a submission came from: the first path (or the watched folder), and how many more. */
export function OriginName({ origin }: { readonly origin: string }) {
  const say = useText();
  const format = useFormat();
  const { kind, place, more } = originOf(origin);
  const Icon = ICONS[kind];
  return (
    <span className="flex min-w-0 items-center gap-2 overflow-hidden font-medium" title={originWords(say, origin)}>
      <Icon size={14} aria-hidden="true" className="shrink-0 text-muted" />
      <FileName name={place} className="overflow-hidden" />
      {more > 0 && (
        <span className="shrink-0 text-muted" title={say('parts.plusMore', { count: more })}>
          {`+${format.count(more)}`}
        </span>
      )}
    </span>
  );
}
