import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';

export interface TimelineEntry {
  readonly seq: number;
  readonly at: string;
  /** Already in the window's language. */
  readonly title: string;
  readonly detail?: string | undefined;
}

/** What happened to an item, in order: the time of the first, how much later each other. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const say = useText();
  const format = useFormat();
  const first = entries[0] === undefined ? 0 : Date.parse(entries[0].at);
  return (
    <ol aria-label={say('parts.timeline')} className="flex flex-col">
      {entries.map((entry, at) => {
        const time = Date.parse(entry.at);
        return (
          <li key={entry.seq} className="grid grid-cols-[92px_1fr] gap-x-3 border-l-2 border-line py-1 pl-3">
            <time dateTime={entry.at} title={format.exact(time)} className="whitespace-nowrap text-muted">
              {at === 0 ? format.clock(time) : `+${format.duration(time - first)}`}
            </time>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {entry.title}
              {entry.detail !== undefined && <bdi className="ml-2 text-muted">{entry.detail}</bdi>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
