import type { Database, Statement } from 'better-sqlite3';
import type { Clock } from '../base/clock';
import type { ItemQuery } from '../contract/item-view';
import { type Filter, filterOf, SORT_KEY, SORT_WAY, whereOf } from './item-filter';
import type { Sql, SqlValue } from './listed';
import { found, foundBeside, foundInPaths } from './text-search';

/** So many rows are read one by one to sort them; more are read in the order of an index. */
const MOST_SORTED = 5000;
/** So many ids are gathered, to be looked for in an index of another order; of more, such an index soon has some. */
const MOST_GATHERED = 100_000;
/** A number that took so long to count is believed for a while although files move meanwhile. */
const LONG_MS = 200;
const BELIEVED_MS = 3000;
const MOST_COUNTS = 20;
const MOST_STATEMENTS = 200;

interface Counted {
  readonly total: number;
  readonly version: number;
  readonly until: number;
}

interface Place {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Finds roots by any query, page by page, by the indexes of migrations 0006 and 0008. The engine has it in a thread of its
 * own, on a connection that only reads.
 */
export class ItemSearch {
  private readonly db: Database;
  private readonly clock: Clock;
  private readonly statements = new Map<string, Statement<SqlValue[], number>>();
  private readonly submissionOf;
  /** Another number after every change that another connection made. */
  private readonly dataVersion;
  private readonly counts = new Map<string, Counted>();

  constructor(db: Database, clock: Clock) {
    this.db = db;
    this.clock = clock;
    this.submissionOf = db.prepare<[string], number>('SELECT id FROM submission WHERE guid = ?').pluck();
    this.dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** Ids from `offset` on in the order of the query, and how many match in all. */
  find(query: ItemQuery, offset: number, limit: number): { ids: readonly number[]; total: number } {
    const filter = this.filter(query);
    if (filter === null) return { ids: [], total: 0 };
    // number and page are of one moment
    return this.db.transaction(() => {
      const version = this.dataVersion.get() ?? -1;
      const counted = this.count(filter, version);
      const { total } = counted;
      if (offset >= total) return { ids: [], total };
      const rows = rowsOf(query.sort.by, filter, total);
      // what is nearer to the end is read from there
      const fromEnd = offset > total / 2 && counted.version === version;
      const place = { offset, limit: fromEnd ? Math.min(limit, total - offset) : limit };
      return { ids: fromEnd ? this.pageFromEnd(query, rows, place, total) : this.page(query, rows, place), total };
    })();
  }

  private filter(query: ItemQuery): Filter | null {
    if (query.submission === null) return filterOf(query, null);
    const submission = this.submissionOf.get(query.submission);
    return submission === undefined ? null : filterOf(query, submission);
  }

  /** Counted once while nothing changes: who scrolls asks for page after page. */
  private count(filter: Filter, version: number): Counted {
    const key = JSON.stringify(filter);
    const begun = this.clock.monotonic();
    const known = this.counts.get(key);
    if (known !== undefined && (known.version === version || begun < known.until)) return known;
    const total = this.ids(countOf(filter, (sql) => this.ids(sql).length > 0))[0] ?? 0;
    const ended = this.clock.monotonic();
    const counted = { total, version, until: ended - begun > LONG_MS ? ended + BELIEVED_MS : begun };
    if (this.counts.size >= MOST_COUNTS) this.counts.clear();
    this.counts.set(key, counted);
    return counted;
  }

  private page({ sort: { by, descending } }: ItemQuery, rows: Sql, { offset, limit }: Place): number[] {
    const direction = descending ? 'DESC' : 'ASC';
    const order = by === 'time' ? `id ${direction}` : `${SORT_KEY[by]} ${direction}, id ${direction}`;
    return this.ids({
      sql: `${rows.sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
      values: [...rows.values, limit, offset],
    });
  }

  private pageFromEnd(query: ItemQuery, rows: Sql, { offset, limit }: Place, total: number): number[] {
    const turned = { ...query, sort: { ...query.sort, descending: !query.sort.descending } };
    return this.page(turned, rows, { offset: total - offset - limit, limit }).reverse();
  }

  private ids({ sql, values }: Sql): number[] {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      if (this.statements.size >= MOST_STATEMENTS) this.statements.clear();
      statement = this.db.prepare<SqlValue[], number>(sql).pluck();
      this.statements.set(sql, statement);
    }
    return statement.all(...values);
  }
}

/** Nothing but a text is asked for, and the side tables can tell where it is. */
function isTextAlone(filter: Filter): filter is Filter & { readonly text: string } {
  return filter.text !== null && filter.row.sql === '' && filter.id.sql === '';
}

/** The number of all that match. `finds`: whether a SELECT finds anything. */
function countOf(filter: Filter, finds: (sql: Sql) => boolean): Sql {
  if (!isTextAlone(filter)) {
    const { sql, values } = whereOf(filter, filter.way);
    return { sql: `SELECT count(*) FROM item INDEXED BY ${filter.way.index} WHERE ${sql}`, values };
  }
  const { text, ended } = filter;
  const beside = foundBeside(text, ended);
  // the side table of paths counts without gathering what it counts
  const alone = !finds({ sql: `${beside.sql} LIMIT 1`, values: beside.values });
  const { sql, values } = alone ? foundInPaths(text, ended) : found(text, ended);
  return { sql: `SELECT count(*) FROM (${sql})`, values };
}

/** All that match, as a SELECT to which an order may be added: `total` of them. */
function rowsOf(by: ItemQuery['sort']['by'], filter: Filter, total: number): Sql {
  const { way } = filter;
  if (by === 'time' && isTextAlone(filter)) return found(filter.text, filter.ended);
  if (by === 'time' || by === way.order || total <= MOST_SORTED) return through(way.index, whereOf(filter, way));
  const sorted = SORT_WAY[by];
  if (filter.row.sql === '' || total > MOST_GATHERED) return through(sorted.index, whereOf(filter, sorted));
  const { sql, values } = through(way.index, whereOf(filter, way));
  return through(sorted.index, { sql: `${sorted.needs} AND id IN (${sql})`, values });
}

function through(index: string, where: Sql): Sql {
  return { sql: `SELECT id FROM item INDEXED BY ${index} WHERE ${where.sql}`, values: where.values };
}
