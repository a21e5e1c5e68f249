import type { Database } from 'better-sqlite3';

/** Digits of each hash that are looked up; what matches is compared whole. */
export const HASH_DIGITS = 16;

const NEXT = 'SELECT item_id FROM search_due ORDER BY item_id LIMIT ?';

/** Writing side of the text search's tables (migration 0008): files that ended, a few at a time. */
export class SearchTables {
  private readonly waiting;
  private readonly steps;

  constructor(db: Database) {
    this.waiting = db.prepare<[], number>('SELECT count(*) FROM search_due').pluck();
    // in the order of ids: FTS5 writes what goes backwards at once and apart
    this.steps = [
      `INSERT OR REPLACE INTO item_text (rowid, path)
         SELECT id, CAST(coalesce(source_path, relative_path) AS TEXT) FROM item WHERE id IN (${NEXT}) ORDER BY id`,
      `INSERT OR REPLACE INTO item_hash (rowid, digits)
         SELECT id, concat_ws(' ', substr(sha256, 1, ${HASH_DIGITS}), substr(sha1, 1, ${HASH_DIGITS}), substr(md5, 1, ${HASH_DIGITS}))
         FROM item WHERE sha256 IS NOT NULL AND id IN (${NEXT}) ORDER BY id`,
      `DELETE FROM search_due WHERE item_id IN (${NEXT})`,
    ].map((sql) => db.prepare<[number]>(sql));
  }

  /** Files that ended and are found by reading their rows only. */
  due(): number {
    return this.waiting.get() ?? 0;
  }

  /** Takes the oldest of those in, inside a transaction; returns how many. */
  fill(most: number): number {
    return this.steps.map((step) => step.run(most).changes).at(-1) ?? 0;
  }
}
