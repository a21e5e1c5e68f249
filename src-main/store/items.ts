import type { Database } from 'better-sqlite3';
import type { ItemState } from '../contract/states';
import { type Item, type ItemRow, toItem } from './item-row';

/** Items that an engine still has to do something about, roots only. */
export const UNSETTLED = "state IN ('received', 'staged', 'planned', 'scanning', 'disposing') AND parent_id IS NULL";

export interface ItemCursor {
  readonly after: number;
  readonly limit: number;
}

/** Reading side of `item`; every write is a transition (item-moves.ts). */
export class Items {
  private readonly byId;
  private readonly unsettledAfter;
  private readonly toWorkAfter;
  private readonly toWorkWithBytesAfter;
  private readonly openCount;
  private readonly stagedSum;
  private readonly childrenAfter;
  private readonly settledOf;
  private readonly notableOf;
  private readonly newest;
  private readonly keptAfter;
  private readonly untakenAfter;
  private readonly sourcePendingAfter;
  private readonly unsettledCount;
  private readonly keptCount;
  private readonly stagedPaths;
  private readonly descendantsOf;
  private readonly usageOf;
  private readonly inFlight;
  private readonly openOf;

  constructor(db: Database) {
    this.byId = db.prepare<[number], ItemRow>('SELECT * FROM item WHERE id = ?');
    this.unsettledAfter = db.prepare<[number, number], ItemRow>(
      `SELECT * FROM item WHERE ${UNSETTLED} AND id > ? ORDER BY id LIMIT ?`,
    );
    this.toWorkAfter = db.prepare<[number, number], ItemRow>(
      `SELECT * FROM item WHERE ${UNSETTLED} AND waiting_for IS NULL AND id > ? ORDER BY id LIMIT ?`,
    );
    this.toWorkWithBytesAfter = db.prepare<[number, number], ItemRow>(
      `SELECT * FROM item WHERE ${UNSETTLED} AND waiting_for IS NULL AND id > ? AND state <> 'received' ORDER BY id LIMIT ?`,
    );
    this.openCount = db
      .prepare<[number], number>(
        'SELECT count(*) FROM item WHERE submission_id = ? AND settled_at IS NULL AND parent_id IS NULL AND id > 0',
      )
      .pluck();
    this.stagedSum = db
      .prepare<[], number>('SELECT coalesce(sum(size), 0) FROM item WHERE staged_path IS NOT NULL')
      .pluck();
    this.childrenAfter = db.prepare<[number, number, number], ItemRow>(
      'SELECT * FROM item WHERE parent_id = ? AND id > ? ORDER BY id LIMIT ?',
    );
    this.settledOf = db.prepare<[number, number, number], ItemRow>(
      'SELECT * FROM item WHERE submission_id = ? AND settled_seq > ? ORDER BY settled_seq LIMIT ?',
    );
    this.newest = db
      .prepare<[number], number>(
        'SELECT coalesce(max(settled_seq), 0) FROM item WHERE submission_id = ? AND settled_seq IS NOT NULL',
      )
      .pluck();
    this.notableOf = db.prepare<[number, number, number], ItemRow>(
      `SELECT * FROM item WHERE submission_id = ? AND settled_seq > ? AND parent_id IS NULL
         AND (verdict IS NULL OR verdict ->> 'kind' <> 'clean' OR problem IS NOT NULL OR source_pending = 1) ORDER BY settled_seq LIMIT ?`,
    );
    this.keptAfter = db.prepare<[string, number, number], ItemRow>(
      "SELECT * FROM item WHERE state IN ('held', 'quarantined') AND state = ? AND id > ? AND parent_id IS NULL ORDER BY id LIMIT ?",
    );
    this.untakenAfter = db.prepare<[number, number], ItemRow>(
      "SELECT * FROM item WHERE state = 'held' AND destination IS NULL AND id > ? ORDER BY id LIMIT ?",
    );
    this.sourcePendingAfter = db.prepare<[number, number], ItemRow>(
      'SELECT * FROM item WHERE source_pending = 1 AND id > ? ORDER BY id LIMIT ?',
    );
    this.unsettledCount = db.prepare(`SELECT count(*) FROM item WHERE ${UNSETTLED}`).pluck();
    // members of archives are never kept by themselves: the count is read from the index alone
    this.keptCount = db
      .prepare<[string], number>("SELECT count(*) FROM item WHERE state IN ('held', 'quarantined') AND state = ?")
      .pluck();
    this.stagedPaths = db.prepare<[number, number], { id: number; staged_path: string }>(
      'SELECT id, staged_path FROM item WHERE staged_path IS NOT NULL AND id > ? ORDER BY id LIMIT ?',
    );
    this.descendantsOf = db.prepare<[number, number, number], ItemRow>(
      'SELECT * FROM item WHERE root_id = ? AND id > ? ORDER BY id LIMIT ?',
    );
    this.usageOf = db.prepare<[number], { files: number; bytes: number }>(
      'SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM item WHERE root_id = ?',
    );
    this.inFlight = db
      .prepare<[], number>(
        // members are scanned only in a root that is in work; CROSS JOIN: never from all members that there ever were
        `SELECT id FROM item WHERE ${UNSETTLED} AND state = 'scanning'
         UNION ALL SELECT child.id FROM (SELECT id FROM item WHERE ${UNSETTLED} AND state <> 'received') AS root
           CROSS JOIN item AS child ON child.root_id = root.id WHERE child.state = 'scanning'`,
      )
      .pluck();
    this.openOf = db.prepare<[number, number, number], ItemRow>(
      `SELECT * FROM item WHERE ${UNSETTLED} AND submission_id = ? AND id > ? ORDER BY id LIMIT ?`,
    );
  }

  find(id: number): Item | null {
    const row = this.byId.get(id);
    return row === undefined ? null : toItem(row);
  }

  /** Throws when there is no such item: callers hold ids that the ledger gave them. */
  get(id: number): Item {
    const item = this.find(id);
    if (item === null) throw new Error(`no item ${id}`);
    return item;
  }

  /** All that have not ended, members apart. */
  unsettled({ after, limit }: ItemCursor): Item[] {
    return this.unsettledAfter.all(after, limit).map(toItem);
  }

  /** What an engine has to work on; what waits for a destination is taken up by its lane. */
  toWork({ after, limit }: ItemCursor): Item[] {
    return this.toWorkAfter.all(after, limit).map(toItem);
  }

  /** Of these, only what has its bytes already. */
  toWorkWithBytes({ after, limit }: ItemCursor): Item[] {
    return this.toWorkWithBytesAfter.all(after, limit).map(toItem);
  }

  /** Bytes of all staged copies. */
  stagedBytes(): number {
    return this.stagedSum.get() ?? 0;
  }

  /** Files of a submission that have not ended. */
  countOpen(submission: number): number {
    return this.openCount.get(submission) ?? 0;
  }

  countUnsettled(): number {
    return Number(this.unsettledCount.get());
  }

  countKept(state: Extract<ItemState, 'held' | 'quarantined'>): number {
    return this.keptCount.get(state) ?? 0;
  }

  children(parent: number, { after, limit }: ItemCursor): Item[] {
    return this.childrenAfter.all(parent, after, limit).map(toItem);
  }

  descendants(root: number, { after, limit }: ItemCursor): Item[] {
    return this.descendantsOf.all(root, after, limit).map(toItem);
  }

  /** Items of a submission in the order in which they ended; `after` is a settledSeq. */
  settled(submission: number, { after, limit }: ItemCursor): Item[] {
    return this.settledOf.all(submission, after, limit).map(toItem);
  }

  /** The newest settledSeq of a submission; 0 when nothing has ended. */
  newestSettled(submission: number): number {
    return this.newest.get(submission) ?? 0;
  }

  /** Of those, only roots that are not simply clean, or may turn out so: their source is not removed yet. */
  notable(submission: number, { after, limit }: ItemCursor): Item[] {
    return this.notableOf.all(submission, after, limit).map(toItem);
  }

  inState(state: Extract<ItemState, 'held' | 'quarantined'>, { after, limit }: ItemCursor): Item[] {
    return this.keptAfter.all(state, after, limit).map(toItem);
  }

  /** Held without bytes of its own: they were never taken, or are gone. */
  untaken({ after, limit }: ItemCursor): Item[] {
    return this.untakenAfter.all(after, limit).map(toItem);
  }

  withSourcePending({ after, limit }: ItemCursor): Item[] {
    return this.sourcePendingAfter.all(after, limit).map(toItem);
  }

  /** What all archives of a root have unpacked so far. */
  treeUsage(root: number): { files: number; bytes: number } {
    return this.usageOf.get(root) ?? { files: 0, bytes: 0 };
  }

  /** Ids of everything that was being scanned: after a crash, what the dead engine had in its hands. */
  scanning(): number[] {
    return this.inFlight.all();
  }

  /** Files of a submission that have not ended yet. */
  open(submission: number, { after, limit }: ItemCursor): Item[] {
    return this.openOf.all(submission, after, limit).map(toItem);
  }

  withStagedPath({ after, limit }: ItemCursor): { id: number; stagedPath: string }[] {
    return this.stagedPaths.all(after, limit).map((row) => ({ id: row.id, stagedPath: row.staged_path }));
  }
}
