import Sqlite, { type Database } from 'better-sqlite3';
import { DropgateError, messageOf } from '../base/errors';
import { chmodSync, closeSync, openSync } from '../base/files';
import { CHECKPOINT_PAGES } from './compaction';
import { damagedLedger, isDamage, watchForDamage } from './damage';
import { asDiskError } from './disk-error';
import { MIGRATIONS, migrate } from './migrate';

/** Earlier ones have a known bug that can damage a WAL database that several connections write (SQLite 3.51.3 notes). */
const OLDEST_SQLITE = [3, 51, 3] as const;

function assertRuntime(): void {
  if (Number(process.versions.napi) < 10) {
    throw new DropgateError(
      'INTERNAL',
      `the ledger needs Node 22.14 or newer (Node-API 10); this is ${process.version}`,
    );
  }
}

function assertSqlite(db: Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    if ((parts[index] ?? 0) > least) return;
    if ((parts[index] ?? 0) < least) {
      throw new DropgateError('INTERNAL', `SQLite ${OLDEST_SQLITE.join('.')} or newer is needed; this is ${version}`);
    }
  }
}

/**
 * Opens (or makes, mode 0600) the ledger at `path`: WAL, synchronous=FULL, foreign keys, migrated.
 * Throws LEDGER_NEWER, LEDGER_CORRUPT naming the file when it is damaged, LEDGER_FAILED when its disk is full or
 * read-only or it cannot be opened for another reason; the file is closed then. `lists`: false for a scan, whose files
 * nobody lists. `onDamage`: see watchForDamage.
 */
export function openLedgerDatabase(
  path: string,
  lists = true,
  onDamage: (error: DropgateError) => void = () => undefined,
): Database {
  assertRuntime();
  let db: Database | null = null;
  try {
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
    db = new Sqlite(path);
    prepare(db, path, lists);
    watchForDamage(db, onDamage);
    return db;
  } catch (thrown) {
    db?.close();
    const error = asDiskError(thrown, path);
    if (error instanceof DropgateError) throw error;
    if (isDamage(error)) throw damagedLedger(path, error);
    throw new DropgateError(
      'LEDGER_FAILED',
      `the ledger ${path} cannot be opened: ${messageOf(error)}. Check the disk and the folder's permissions.`,
      { cause: error },
    );
  }
}

function prepare(db: Database, path: string, lists: boolean): void {
  assertSqlite(db);
  const isNew = Number(db.pragma('page_count', { simple: true })) === 0;
  if (isNew) db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  db.pragma('journal_size_limit = 67108864');
  // pages of 4 KiB: a checkpoint copies and syncs on the engine's own thread, so one for 16 MiB instead of one for 4
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma('cache_size = -4096');
  migrate(db, path, lists ? MIGRATIONS : MIGRATIONS.filter(({ forLists }) => forLists !== true));
}
