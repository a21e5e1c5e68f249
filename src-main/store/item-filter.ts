import type { ItemQuery } from '../contract/item-view';
import { UNSETTLED } from './items';

/** As migration 0006 has it, letter by letter: only so are its indexes used. */
export const RANK = `CASE state WHEN 'skipped' THEN 5 WHEN 'cancelled' THEN 6 ELSE
  CASE verdict ->> 'kind' WHEN 'infected' THEN 1 WHEN 'suspicious' THEN 2 WHEN 'unverified' THEN 3 WHEN 'clean' THEN 4 ELSE 7 END END`;
const PATH = 'CAST(relative_path AS TEXT)';
const NAME = `substr(${PATH}, length(rtrim(${PATH}, replace(${PATH}, '/', ''))) + 1) COLLATE NOCASE`;

const RANK_OF: Record<ItemQuery['verdicts'][number], number> = {
  infected: 1,
  suspicious: 2,
  unverified: 3,
  clean: 4,
  skipped: 5,
  cancelled: 6,
};

export type SqlValue = string | number;

/** A table of rows in one order: `item` through one of its indexes. */
interface Way {
  readonly index: string;
  readonly order: 'time' | 'verdict' | 'name' | 'size' | 'none';
  /** Text that must stand in the WHERE so that the (partial) index may be used. */
  readonly needs: string;
}

/** What makes a row one of a list: the condition of migration 0006's indexes. */
export const LISTED = 'parent_id IS NULL AND id > 0';
const WAYS = {
  roots: { index: 'item_roots', order: 'time', needs: LISTED },
  submission: { index: 'item_in_submission', order: 'time', needs: LISTED },
  unsettled: { index: 'item_unsettled', order: 'time', needs: UNSETTLED },
  // what an archive unpacked is never kept by itself: these are roots
  kept: { index: 'item_kept', order: 'none', needs: "state IN ('held', 'quarantined')" },
  verdicts: { index: 'item_by_verdict', order: 'verdict', needs: LISTED },
  name: { index: 'item_by_name', order: 'name', needs: LISTED },
  size: { index: 'item_by_size', order: 'size', needs: LISTED },
} as const satisfies Record<string, Way>;

export const SORT_WAY: Record<ItemQuery['sort']['by'], Way> = {
  time: WAYS.roots,
  name: WAYS.name,
  size: WAYS.size,
  verdict: WAYS.verdicts,
};

export const SORT_KEY: Record<ItemQuery['sort']['by'], string> = {
  time: 'id',
  name: NAME,
  size: 'size',
  verdict: RANK,
};

/** The conditions of a query in SQL, with the index that leaves out most. */
export interface Filter {
  readonly conditions: readonly string[];
  readonly values: readonly SqlValue[];
  readonly way: Way;
  /** True when every row must be read to say whether it matches. */
  readonly reads: boolean;
}

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

/** `submission`: the row of `query.submission`, null when none is named. */
export function filterOf(query: ItemQuery, submission: number | null): Filter {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: string, given: readonly SqlValue[] = []) => {
    conditions.push(condition);
    values.push(...given);
  };
  if (submission !== null) add('submission_id = ?', [submission]);
  if (query.open === true) add(UNSETTLED);
  // what is kept has ended: asking for that too would read each row, where its index says enough
  if (query.open === false && !isKept(query)) add('settled_at IS NOT NULL');
  if (query.dispositions.length > 0) add(`state IN (${marks(query.dispositions)})`, query.dispositions);
  if (query.verdicts.length > 0) {
    add(
      `${RANK} IN (${marks(query.verdicts)})`,
      query.verdicts.map((verdict) => RANK_OF[verdict]),
    );
  }
  if (query.since !== null) add('received_at >= ?', [Date.parse(query.since)]);
  if (query.probe !== null) {
    add(
      `id IN (SELECT root_id FROM finding WHERE probe = ?
        UNION ALL SELECT coalesce(root_id, id) FROM job JOIN item ON item.id = item_id WHERE probe = ? AND job.state = 'error')`,
      [query.probe, query.probe],
    );
  }
  const text = textCondition(query.text.trim());
  if (text !== null) add(text.condition, text.values);
  return { conditions, values, way: wayOf(query), reads: text !== null };
}

function isKept({ dispositions }: ItemQuery): boolean {
  return dispositions.length > 0 && dispositions.every((each) => each === 'held' || each === 'quarantined');
}

function wayOf(query: ItemQuery): Way {
  if (query.submission !== null) return WAYS.submission;
  if (query.open === true) return WAYS.unsettled;
  const { dispositions, verdicts } = query;
  if (isKept(query)) return dispositions.length === 1 ? { ...WAYS.kept, order: 'time' } : WAYS.kept;
  // most files are clean: what is asked for beside that is few
  if (verdicts.length > 0 && !verdicts.includes('clean')) return WAYS.verdicts;
  return WAYS.roots;
}

/** Hex digits that can be a part of a hash, and not so few that every hash has them. */
const HASH_PART = /^[0-9a-f]{6,64}$/i;
const HASH_OF_LENGTH: Readonly<Record<number, readonly string[]>> = { 64: ['sha256'], 40: ['sha1'], 32: ['md5'] };

/** LIKE knows upper and lower case of ASCII only, and one of the two ways to write an accented letter. */
function spellings(text: string): string[] {
  const lower = text.toLowerCase();
  const cases = [text, lower, text.toUpperCase(), `${lower.slice(0, 1).toUpperCase()}${lower.slice(1)}`];
  const all = cases.flatMap((each) => [each.normalize('NFC'), each.normalize('NFD')]);
  const ascii = (each: string) => each.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return [...new Set(all.map(ascii))];
}

const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function textCondition(text: string): { condition: string; values: string[] } | null {
  if (text === '') return null;
  const patterns = spellings(text).map(pattern);
  const like = (column: string) => patterns.map(() => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
  const either = [like('CAST(coalesce(source_path, relative_path) AS TEXT)')];
  const values = [...patterns];
  if (HASH_PART.test(text)) {
    const part = text.toLowerCase();
    const columns = HASH_OF_LENGTH[part.length] ?? ['sha256', 'sha1', 'md5'];
    for (const column of columns) either.push(`instr(${column}, ?) > 0`);
    values.push(...columns.map(() => part));
  }
  either.push(`id IN (SELECT root_id FROM finding WHERE ${like('name')})`);
  values.push(...patterns);
  return { condition: `(${either.join(' OR ')})`, values };
}
