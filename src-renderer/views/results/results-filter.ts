import { type ItemQuery, SORT_KEYS } from '../../../src-main/contract/item-view';
import { DISPOSITIONS } from '../../../src-main/contract/verdict';
import type { ItemQueryParams } from '../../state/item-rows';

type VerdictWord = ItemQuery['verdicts'][number];
type Disposition = ItemQuery['dispositions'][number];

export const VERDICT_WORDS = [
  'infected',
  'suspicious',
  'unverified',
  'clean',
  'skipped',
  'cancelled',
] as const satisfies readonly VerdictWord[];

/** Hours back that can be chosen; relative, so that a saved view stays true tomorrow. */
export const SINCE_HOURS = [1, 24, 168, 720] as const;
type SinceHours = (typeof SINCE_HOURS)[number];

/** What Results shows: the conditions of a person, as they are saved. */
export interface ResultsFilter {
  readonly text: string;
  readonly verdicts: readonly VerdictWord[];
  readonly dispositions: readonly Disposition[];
  readonly probe: string | null;
  readonly sinceHours: SinceHours | null;
  readonly submission: string | null;
  readonly sort: ItemQuery['sort'];
}

export const EVERYTHING: ResultsFilter = {
  text: '',
  verdicts: [],
  dispositions: [],
  probe: null,
  sinceHours: null,
  submission: null,
  sort: { by: 'time', descending: true },
};

const HOUR = 60 * 60 * 1000;

/** The engine's question for a filter at this moment: files that have ended, of one submission also those on their way. */
export function queryOf(filter: ResultsFilter, now: number): ItemQueryParams {
  const { sinceHours, verdicts, dispositions, ...same } = filter;
  return {
    ...same,
    verdicts: [...verdicts],
    dispositions: [...dispositions],
    open: filter.submission === null ? false : null,
    since: sinceHours === null ? null : new Date(now - sinceHours * HOUR).toISOString(),
  };
}

/** Whether a filter leaves anything out. */
export function narrows({ text, verdicts, dispositions, probe, sinceHours, submission }: ResultsFilter): boolean {
  return (
    text !== '' ||
    verdicts.length + dispositions.length > 0 ||
    probe !== null ||
    sinceHours !== null ||
    submission !== null
  );
}

/** In a list: out of it; else into it. */
export function toggled<Value>(list: readonly Value[], value: Value): Value[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}

const isText = (value: unknown): value is string => typeof value === 'string';

function oneOf<Value>(values: readonly Value[], wanted: unknown): Value | null {
  return values.find((value) => value === wanted) ?? null;
}

function someOf<Value>(values: readonly Value[], wanted: unknown): Value[] {
  return Array.isArray(wanted) ? values.filter((value) => wanted.includes(value)) : [];
}

/**
 * A saved view as it was kept, by this version or another: conditions that are not understood are left out, and what is
 * no view at all is null.
 */
export function filterFrom(saved: unknown): ResultsFilter | null {
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) return null;
  const kept: Readonly<Record<string, unknown>> = { ...saved };
  const sort: Readonly<Record<string, unknown>> =
    typeof kept.sort === 'object' && kept.sort !== null ? { ...kept.sort } : {};
  return {
    text: isText(kept.text) ? kept.text : '',
    verdicts: someOf(VERDICT_WORDS, kept.verdicts),
    dispositions: someOf(DISPOSITIONS, kept.dispositions),
    probe: isText(kept.probe) ? kept.probe : null,
    sinceHours: oneOf(SINCE_HOURS, kept.sinceHours),
    submission: isText(kept.submission) ? kept.submission : null,
    sort: {
      by: oneOf(SORT_KEYS, sort.by) ?? EVERYTHING.sort.by,
      descending: typeof sort.descending === 'boolean' ? sort.descending : EVERYTHING.sort.descending,
    },
  };
}

/** Two filters that show the same. */
export function sameFilter(a: ResultsFilter, b: ResultsFilter): boolean {
  return JSON.stringify(filterFrom(a)) === JSON.stringify(filterFrom(b));
}

export function sortKeyOf(by: string): ItemQuery['sort']['by'] | null {
  return oneOf(SORT_KEYS, by);
}
