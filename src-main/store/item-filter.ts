import type { ItemQuery } from '../contract/item-view';
import { UNSETTLED } from './items';
import { LISTED, notOpen, RANK, type Sql, type SqlValue } from './listed';
import { found, isIndexed, rowHas } from './text-search';

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

/** A table of rows in one order: `item` through one of its indexes. */
export interface Way {
  readonly index: string;
  readonly order: 'time' | 'verdict' | 'name' | 'size' | 'none';
  /** Text that must stand in the WHERE so that the (partial) index may be used. */
  readonly needs: string;
  /** All of them have ended, or its index says which, or what is open must be looked up. */
  readonly end: 'all' | 'told' | 'looked-up';
}

const WAYS = {
  roots: { index: 'item_roots', order: 'time', needs: LISTED, end: 'told' },
  submission: { index: 'item_in_submission', order: 'time', needs: LISTED, end: 'told' },
  unsettled: { index: 'item_unsettled', order: 'time', needs: UNSETTLED, end: 'looked-up' },
  // what an archive unpacked is never kept by itself: these are roots
  kept: { index: 'item_kept', order: 'none', needs: "state IN ('held', 'quarantined')", end: 'all' },
  reviewed: {
    index: 'item_reviewed',
    order: 'none',
    needs: `state IN ('released', 'deleted') AND ${LISTED}`,
    end: 'all',
  },
  verdicts: { index: 'item_by_verdict', order: 'verdict', needs: LISTED, end: 'looked-up' },
  name: { index: 'item_by_name', order: 'name', needs: LISTED, end: 'looked-up' },
  size: { index: 'item_by_size', order: 'size', needs: LISTED, end: 'looked-up' },
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
  readonly way: Way;
  /** Only what has ended: stated apart, because not every index says it. */
  readonly ended: boolean;
  /** Conditions over columns of the row. */
  readonly row: Sql;
  /** Conditions over the id alone: they cost the same through any index. */
  readonly id: Sql;
  /** The text that the side tables know all about; null when there is none, or when it is among the conditions of the row. */
  readonly text: string | null;
}

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');
const all = (parts: readonly Sql[]): Sql => ({
  sql: parts.map(({ sql }) => ` AND ${sql}`).join(''),
  values: parts.flatMap(({ values }) => values),
});

/** `submission`: the row of `query.submission`, null when none is named. */
export function filterOf(query: ItemQuery, submission: number | null): Filter {
  const row: Sql[] = [];
  const add = (sql: string, values: readonly SqlValue[] = []) => row.push({ sql, values });
  if (submission !== null) add('submission_id = ?', [submission]);
  if (query.open === true) add(UNSETTLED);
  if (query.dispositions.length > 0) add(`state IN (${marks(query.dispositions)})`, query.dispositions);
  if (query.verdicts.length > 0) {
    add(
      `${RANK} IN (${marks(query.verdicts)})`,
      query.verdicts.map((verdict) => RANK_OF[verdict]),
    );
  }
  if (query.since !== null) add('received_at >= ?', [Date.parse(query.since)]);
  const way = wayOf(query);
  const text = query.text.trim();
  // where there are few, their rows are sooner read than everything is gathered that has the text
  const indexed = text !== '' && isIndexed(text) && (way === WAYS.roots || way === WAYS.submission);
  if (text !== '' && !indexed) row.push(rowHas(text));
  return {
    way,
    ended: query.open === false,
    row: all(row),
    id: all(query.probe === null ? [] : [foundBy(query.probe)]),
    text: indexed ? text : null,
  };
}

function foundBy(probe: string): Sql {
  return {
    sql: `id IN (SELECT root_id FROM finding INDEXED BY finding_by_probe WHERE probe = ?
      UNION ALL SELECT coalesce(root_id, id) FROM job JOIN item ON item.id = item_id WHERE probe = ? AND job.state = 'error')`,
    values: [probe, probe],
  };
}

const END: Record<Way['end'], string> = {
  all: '',
  told: ' AND settled_at IS NOT NULL',
  'looked-up': ` AND ${notOpen('id')}`,
};

/** Every condition of a filter through one index, as a WHERE. */
export function whereOf({ ended, row, id, text }: Filter, way: Way): Sql {
  const end = ended ? END[way.end] : '';
  const has = text === null ? null : found(text, false);
  return {
    sql: `${way.needs}${end}${row.sql}${id.sql}${has === null ? '' : ` AND id IN (${has.sql})`}`,
    values: [...row.values, ...id.values, ...(has?.values ?? [])],
  };
}

function wayOf(query: ItemQuery): Way {
  if (query.submission !== null) return WAYS.submission;
  if (query.open === true) return WAYS.unsettled;
  const { dispositions, verdicts } = query;
  const few = keptOrReviewed(dispositions);
  // in an index that begins with the state, one state alone is in the order of time
  if (few !== null) return dispositions.length === 1 ? { ...few, order: 'time' } : few;
  // most files are clean: what is asked for beside that is few
  if (verdicts.length > 0 && !verdicts.includes('clean')) return WAYS.verdicts;
  return WAYS.roots;
}

function keptOrReviewed(dispositions: ItemQuery['dispositions']): Way | null {
  const within = (...few: ItemQuery['dispositions']) => dispositions.every((each) => few.includes(each));
  if (dispositions.length === 0) return null;
  if (within('held', 'quarantined')) return WAYS.kept;
  return within('released', 'deleted') ? WAYS.reviewed : null;
}
