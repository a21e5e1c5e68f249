import type { Database } from 'better-sqlite3';

/** 16 MiB: fewer and larger portions cost the work less. */
export const CHECKPOINT_PAGES = 4096;
const SMALL_CHECKPOINT_PAGES = 128;

/** The room that a ledger's file takes, and gives back page by page (auto_vacuum=INCREMENTAL, see open.ts). */
export class LedgerRoom {
  private readonly db: Database;
  private readonly pageBytes: number;
  private readonly givesBack: boolean;

  constructor(db: Database) {
    this.db = db;
    this.pageBytes = Number(db.pragma('page_size', { simple: true }));
    this.givesBack = Number(db.pragma('auto_vacuum', { simple: true })) === 2;
  }

  /**
   * Whether what was written goes from the -wal into the file in small portions, as long as many pages are written
   * that nobody waits for: a portion is copied and synced on the engine's own thread.
   */
  useSmallCheckpoints(small: boolean): void {
    this.db.pragma(`wal_autocheckpoint = ${small ? SMALL_CHECKPOINT_PAGES : CHECKPOINT_PAGES}`);
  }

  /** Bytes that nothing uses; 0 for a ledger that cannot give them back. */
  freeBytes(): number {
    return this.givesBack ? Number(this.db.pragma('freelist_count', { simple: true })) * this.pageBytes : 0;
  }

  /** Takes so many unused bytes, at most, off the end of the file. Inside a commit. */
  giveBack(bytes: number): void {
    this.db.pragma(`incremental_vacuum(${Math.ceil(bytes / this.pageBytes)})`);
  }
}
