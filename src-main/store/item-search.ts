import type { Database, Statement } from 'better-sqlite3';
import type { Clock } from '../base/clock';
import type { ItemQuery } from '../contract/item-view';
import { type Filter, filterOf, SORT_KEY, SORT_WAY, type SqlValue } from './item-filter';

/** So many ids are sorted, in SQLite's own sorter; more are read in the order of an index. */
const MOST_SORTED = 50_000;
/** So many ids that a text was found in are kept for the next pages. */
const MOST_LISTED = 100_000;
/** What a text was found in is believed for so long although files move meanwhile. */
const LISTED_MS = 3000;
const MOST_STATEMENTS = 200;

/** Ids that one query found, all of them in its order. */
interface Listed {
  readonly key: string;
  readonly version: number;
  readonly until: number;
  readonly ids: readonly number[];
}

/**
 * Finds roots by any query, page by page, by indexes of migration 0006. An answer reads all rows once at most; the engine
 * has it in a thread of its own, on a connection that only reads.
 */
export class ItemSearch {
  private readonly db: Database;
  private readonly clock: Clock;
  private readonly statements = new Map<string, Statement<SqlValue[], number>>();
  private readonly submissionOf;
  /** Another number after every change that another connection made. */
  private readonly dataVersion;
  private counted = { key: '', version: -1, total: 0 };
  private listed: Listed = { key: '', version: -1, until: 0, ids: [] };

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
    if (filter.reads) {
      const listed = this.list(query, filter);
      const total = listed.length < MOST_LISTED ? listed.length : this.count(filter);
      const ids = listed.slice(offset, offset + limit);
      return {
        ids:
          offset + ids.length < Math.min(total, offset + limit) ? this.page(query, filter, total, offset, limit) : ids,
        total,
      };
    }
    const total = this.count(filter);
    return { ids: offset >= total ? [] : this.page(query, filter, total, offset, limit), total };
  }

  private filter(query: ItemQuery): Filter | null {
    if (query.submission === null) return filterOf(query, null);
    const submission = this.submissionOf.get(query.submission);
    return submission === undefined ? null : filterOf(query, submission);
  }

  /** Counted once while nothing changes: who scrolls asks for page after page. */
  private count({ conditions, values, way }: Filter): number {
    const sql = `SELECT count(*) FROM item INDEXED BY ${way.index} WHERE ${[way.needs, ...conditions].join(' AND ')}`;
    const key = JSON.stringify([sql, values]);
    const version = this.version();
    if (this.counted.key !== key || this.counted.version !== version) {
      this.counted = { key, version, total: this.statement(sql).get(...values) ?? 0 };
    }
    return this.counted.total;
  }

  /** The first ids that a text was found in: every row is read for them, so they are kept for a moment. */
  private list(query: ItemQuery, filter: Filter): readonly number[] {
    const key = JSON.stringify(query);
    const version = this.version();
    const now = this.clock.monotonic();
    if (this.listed.key === key && (this.listed.version === version || now < this.listed.until)) return this.listed.ids;
    const ids = this.page(query, filter, 0, 0, MOST_LISTED);
    this.listed = { key, version, until: this.clock.monotonic() + LISTED_MS, ids };
    return ids;
  }

  private page(query: ItemQuery, filter: Filter, total: number, offset: number, limit: number): number[] {
    const { by, descending } = query.sort;
    const way = filter.way.order === by || total <= MOST_SORTED ? filter.way : SORT_WAY[by];
    const where = [way.needs, ...filter.conditions].join(' AND ');
    const direction = descending ? 'DESC' : 'ASC';
    const order = by === 'time' ? `id ${direction}` : `${SORT_KEY[by]} ${direction}, id ${direction}`;
    const sql = `SELECT id FROM item INDEXED BY ${way.index} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`;
    return this.statement(sql).all(...filter.values, limit, offset);
  }

  private version(): number {
    return this.dataVersion.get() ?? -1;
  }

  private statement(sql: string): Statement<SqlValue[], number> {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      if (this.statements.size >= MOST_STATEMENTS) this.statements.clear();
      statement = this.db.prepare<SqlValue[], number>(sql).pluck();
      this.statements.set(sql, statement);
    }
    return statement;
  }
}
