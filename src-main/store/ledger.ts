import type { Database } from 'better-sqlite3';
import { DropgateError } from '../base/errors';
import { GroupCommit } from '../base/group-commit';
import { LedgerRoom } from './compaction';
import { Custody } from './custody';
import { asDiskError } from './disk-error';
import { History } from './history';
import { ItemMarks } from './item-marks';
import { ItemMoves } from './item-moves';
import { Items } from './items';
import { Jobs } from './jobs';
import { openLedgerDatabase } from './open';
import { Removals } from './removals';
import { ResultCache } from './result-cache';
import { SearchTables } from './search-tables';
import { Exceptions, Meta, Taken } from './small-tables';
import { Submissions } from './submissions';
import { WaitingItems } from './waiting-items';

/** Group commit: how long the first change of a group waits for company, and how many make a group. */
const GROUP = { delayMs: 2, most: 256 } as const;
/** Of a scan's own ledger: nobody waits for one file. */
const SCAN_GROUP = { delayMs: 16, most: 256 } as const;

/**
 * The ledger: all tables of one data folder behind one connection and one writer. Everything that changes it goes
 * through `commit`, which resolves when the change is durable.
 */
export class Ledger {
  readonly submissions: Submissions;
  readonly items: Items;
  readonly moves: ItemMoves;
  readonly marks: ItemMarks;
  readonly jobs: Jobs;
  readonly custody: Custody;
  readonly cache: ResultCache;
  readonly taken: Taken;
  readonly exceptions: Exceptions;
  readonly meta: Meta;
  readonly removals: Removals;
  /** Null where nobody lists files: such a ledger has no tables for it. */
  readonly search: SearchTables | null;
  readonly waiting: WaitingItems;
  readonly history: History;
  readonly room: LedgerRoom;
  private readonly db: Database;
  private readonly group: GroupCommit;
  private readonly path: string;
  private closed = false;

  /** Pieces of work that were handed in since it was opened. */
  changes = 0;

  /** Opens or makes the ledger file: see openLedgerDatabase for `lists`, `onDamage` and what it throws. */
  constructor(path: string, lists = true, onDamage?: (error: DropgateError) => void) {
    const db = openLedgerDatabase(path, lists, onDamage);
    this.db = db;
    this.path = path;
    this.submissions = new Submissions(db);
    this.items = new Items(db);
    this.moves = new ItemMoves(db);
    this.marks = new ItemMarks(db);
    this.jobs = new Jobs(db);
    this.custody = new Custody(db);
    this.cache = new ResultCache(db);
    this.taken = new Taken(db);
    this.exceptions = new Exceptions(db);
    this.meta = new Meta(db);
    this.removals = new Removals(db);
    this.search = lists ? new SearchTables(db) : null;
    this.waiting = new WaitingItems(db);
    this.history = new History(db);
    this.room = new LedgerRoom(db);
    const begin = db.prepare('BEGIN IMMEDIATE');
    const commit = db.prepare('COMMIT');
    const rollback = db.prepare('ROLLBACK');
    this.group = new GroupCommit(
      {
        begin: () => void begin.run(),
        commit: () => void commit.run(),
        rollback: () => {
          if (db.inTransaction) rollback.run();
          this.custody.reload();
        },
      },
      lists ? GROUP : SCAN_GROUP,
    );
  }

  /**
   * Runs `change` inside the next transaction; resolves with its result once it is durable. Rejects with
   * LEDGER_FAILED when the disk is full or read-only; nothing of the change is done then.
   */
  commit<T>(change: () => T): Promise<T> {
    if (this.closed) return Promise.reject(new DropgateError('LEDGER_FAILED', 'the ledger is closed'));
    this.changes += 1;
    return this.group.run(change).catch((error: unknown) => {
      throw asDiskError(error, this.path);
    });
  }

  /** Commits what waits and closes the file. */
  close(): void {
    this.group.flush();
    this.closed = true;
    this.db.close();
  }
}
