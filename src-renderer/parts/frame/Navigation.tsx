import {
  Archive,
  ChartColumn,
  FolderSync,
  Inbox,
  ListChecks,
  type LucideIcon,
  Radar,
  Send,
  Settings,
  SlidersHorizontal,
  Upload,
} from 'lucide-react';
import type { Pulse } from '../../../src-main/contract/pulse';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { hashOf, useRoute, VIEWS, type View } from '../../state/navigation';
import { usePulse } from '../../state/pulse';
import { cx } from '../class-names';

const ICONS: Readonly<Record<View, LucideIcon>> = {
  drop: Upload,
  queue: Inbox,
  results: ListChecks,
  quarantine: Archive,
  folders: FolderSync,
  probes: Radar,
  destinations: Send,
  profiles: SlidersHorizontal,
  overview: ChartColumn,
  settings: Settings,
};
/** Where the daily work ends and the setting up begins. */
const FIRST_OF_SETUP: View = 'folders';

function countOf(view: View, pulse: Pulse | null): number {
  if (view === 'queue') return pulse?.counts.unsettled ?? 0;
  if (view === 'quarantine') return (pulse?.counts.quarantined ?? 0) + (pulse?.counts.held ?? 0);
  return 0;
}

export function Navigation() {
  const say = useText();
  return (
    <nav
      aria-label={say('frame.views')}
      className="w-52 shrink-0 max-[720px]:w-13 overflow-y-auto border-r border-line bg-ground p-2"
    >
      <ul className="flex flex-col gap-0.5">
        {VIEWS.map((view, at) => (
          <li key={view} className={cx(view === FIRST_OF_SETUP && 'mt-2 border-t border-line pt-2')}>
            <ViewLink view={view} number={at + 1} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ViewLink({ view, number }: { readonly view: View; readonly number: number }) {
  const say = useText();
  const format = useFormat();
  const here = useRoute((route) => route.view === view);
  const count = usePulse((pulse) => countOf(view, pulse));
  const Icon = ICONS[view];
  return (
    <a
      href={hashOf({ view, path: [] })}
      aria-current={here ? 'page' : undefined}
      aria-keyshortcuts={number < 10 ? String(number) : undefined}
      draggable={false}
      title={say(`view.${view}`)}
      className={cx(
        'flex h-8 items-center gap-2 rounded-sm px-2 no-underline transition-colors',
        here ? 'bg-selected font-semibold text-text' : 'text-text hover:bg-hover',
      )}
    >
      <Icon size={16} aria-hidden="true" className={cx('shrink-0', here ? 'text-accent' : 'text-muted')} />
      <span className="min-w-0 flex-1 truncate max-[720px]:sr-only" title={say(`view.${view}`)}>
        {say(`view.${view}`)}
      </span>
      {count > 0 && (
        <span title={format.count(count)} className="shrink-0 text-11 font-medium text-muted max-[720px]:sr-only">
          {format.shortCount(count)}
        </span>
      )}
    </a>
  );
}
