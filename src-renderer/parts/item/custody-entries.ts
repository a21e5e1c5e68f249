import type { ItemPage } from '../../../src-main/contract/item-view';
import type { Formats } from '../../format/use-format';
import type { Say, TextKey } from '../../i18n/text';
import type { TimelineEntry } from './Timeline';

const TITLES = {
  received: 'custody.received',
  skipped: 'custody.skipped',
  staged: 'custody.staged',
  planned: 'state.planned',
  scanning: 'state.scanning',
  disposing: 'state.disposing',
  unpacked: 'custody.unpacked',
  decided: 'custody.decided',
  forwarded: 'custody.forwarded',
  quarantined: 'custody.quarantined',
  held: 'custody.held',
  retried: 'custody.retried',
  cancelled: 'custody.cancelled',
  released: 'custody.released',
  deleted: 'custody.deleted',
  exported: 'custody.exported',
  exception: 'custody.exception',
  'source-replaced': 'custody.sourceReplaced',
  'source-not-removed': 'custody.sourceNotRemoved',
} as const satisfies Record<string, TextKey>;

function isKnown(event: string): event is keyof typeof TITLES {
  return Object.hasOwn(TITLES, event);
}

/** What an entry of the log holds; one that is not as expected is shown without its details, not left out. */
function dataOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function toldOf(problem: unknown, say: Say): string | undefined {
  const text = textOf(problem);
  return text === undefined ? undefined : say.told(text);
}

/** "ClamAV 12ms · YARA 9ms": how long each probe took, where it ran. */
function durations(page: ItemPage, titleOf: (probe: string) => string, format: Formats): string | undefined {
  const times = page.item.jobs.flatMap(({ probe, durationMs, cached }) =>
    durationMs === null || cached ? [] : [`${titleOf(probe)} ${format.duration(durationMs)}`],
  );
  return times.length === 0 ? undefined : times.join(' · ');
}

/** The custody log of an item for people: what is not known by name keeps the log's own word. */
export function custodyEntries(
  page: ItemPage,
  titleOf: (probe: string) => string,
  say: Say,
  format: Formats,
): TimelineEntry[] {
  const lastDecision = page.custody.findLast(({ event }) => event === 'decided')?.seq;
  return page.custody.map(({ seq, at, event, data }) => {
    const known = dataOf(data);
    return {
      seq,
      at,
      title: isKnown(event) ? say(TITLES[event]) : event,
      detail:
        seq === lastDecision ? durations(page, titleOf, format) : (textOf(known.reason) ?? toldOf(known.problem, say)), // a reason is a person's own words
    };
  });
}
