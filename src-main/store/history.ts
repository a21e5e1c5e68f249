import type { Database } from 'better-sqlite3';

/** States of files that are over and done with: nothing of them is kept but their history. */
const DONE = "state IN ('forwarded', 'released', 'deleted', 'cancelled', 'skipped')";
/** Submissions that are looked at at a stretch, in a few milliseconds. */
const LOOKED_AT = 5000;

/** A file whose history is old enough. */
export interface OldFile {
  readonly id: number;
  /** Ms since 1970. */
  readonly settledAt: number;
  /** The report of a released or deleted one. */
  readonly report: Buffer | null;
}

/** What is forgotten when it is old: rows of files that are done with, and submissions that have no files any more. */
export class History {
  private readonly old;
  private readonly members;
  private readonly root;
  private readonly empty;
  private readonly last;
  private readonly submission;

  constructor(db: Database) {
    // id > 0: see migration 6
    this.old = db.prepare<[number, number, number, number], OldFile>(
      `SELECT id, settled_at AS settledAt, report FROM item
       WHERE settled_at IS NOT NULL AND parent_id IS NULL AND id > 0 AND (settled_at, id) > (?, ?) AND settled_at < ?
         AND ${DONE} AND source_pending = 0 AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'remove:' || item.id)
       ORDER BY settled_at, id LIMIT ?`,
    );
    // the last ones first: what came out of a member has a higher number than that
    this.members = db.prepare<[number, number]>(
      'DELETE FROM item WHERE id IN (SELECT id FROM item WHERE root_id = ? ORDER BY id DESC LIMIT ?)',
    );
    this.root = db.prepare<[number]>(`DELETE FROM item WHERE id = ? AND ${DONE} AND source_pending = 0`);
    this.empty = db
      .prepare<[number, number, number, number], number>(
        `SELECT id FROM submission WHERE id > ? AND id <= ? AND sealed = 1 AND received_at < ?
           AND NOT EXISTS (SELECT 1 FROM item WHERE submission_id = submission.id AND parent_id IS NULL AND id > 0)
         ORDER BY id LIMIT ?`,
      )
      .pluck();
    this.last = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM submission').pluck();
    this.submission = db.prepare<[number]>('DELETE FROM submission WHERE id = ? AND sealed = 1');
  }

  /** Files that ended before `edge`, the longest ago first, and behind `after` in that order. */
  before(edge: number, after: Pick<OldFile, 'settledAt' | 'id'>, limit: number): OldFile[] {
    return this.old.all(after.settledAt, after.id, edge, limit);
  }

  /** Forgets at most `most` members of a file. Returns how many. */
  dropMembers(root: number, most: number): number {
    return this.members.run(root, most).changes;
  }

  /** Forgets a file that has no members (any more), unless it moves again. */
  dropFile(id: number): void {
    this.root.run(id);
  }

  /**
   * Submissions behind `after` that were received before `edge` and have no files, and the number up to which this is
   * known; null at the end.
   */
  emptySubmissions(edge: number, after: number, limit: number): { ids: number[]; through: number } | null {
    if (after >= (this.last.get() ?? 0)) return null;
    const ids = this.empty.all(after, after + LOOKED_AT, edge, limit);
    return { ids, through: ids.length === limit ? (ids.at(-1) ?? after) : after + LOOKED_AT };
  }

  dropSubmission(id: number): void {
    this.submission.run(id);
  }
}
