import Sqlite, { type Database } from 'better-sqlite3';
import { DropgateError, messageOf } from '../base/errors';

/** Whether SQLite says that the file itself is broken (SQLITE_CORRUPT and its kinds) or none of its own (SQLITE_NOTADB). */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Sqlite.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  );
}

/** LEDGER_CORRUPT for the ledger at `path`, in words for a person. */
export function damagedLedger(path: string, cause: unknown): DropgateError {
  return new DropgateError(
    'LEDGER_CORRUPT',
    `the ledger ${path} is damaged: ${messageOf(cause)}. Start Dropgate again: it puts the newest sound backup in its place.`,
    { cause },
  );
}

/**
 * Every pragma, and every statement that is prepared from now on, throws LEDGER_CORRUPT instead of SQLite's word that the
 * file is broken.
 * The connection is closed then, so that nothing more is written to it, and `onDamage` hears of it first: whoever ran
 * the statement may well have an answer of its own to any error.
 */
export function watchForDamage(db: Database, onDamage: (error: DropgateError) => void): void {
  const watch = <Parameters extends unknown[], Result>(call: (...parameters: Parameters) => Result) => ({
    value: (...parameters: Parameters): Result => {
      try {
        return call(...parameters);
      } catch (error) {
        if (!isDamage(error)) throw error;
        db.close();
        const damage = damagedLedger(db.name, error);
        onDamage(damage);
        throw damage;
      }
    },
  });
  const prepare = db.prepare.bind(db);
  const watched = (sql: string) => {
    const statement = prepare(sql);
    for (const name of ['run', 'get', 'all'] as const) {
      Object.defineProperty(statement, name, watch(statement[name].bind(statement)));
    }
    return statement;
  };
  Object.defineProperty(db, 'prepare', { value: watched });
  Object.defineProperty(db, 'pragma', watch(db.pragma.bind(db)));
}

/** What is wrong with the pages, tables or indexes of a database file; null when it is sound. Reads all of it. */
export function problemOf(path: string): string | null {
  let db: Database | null = null;
  try {
    db = new Sqlite(path, { readonly: true, fileMustExist: true });
    const found = String(db.pragma('integrity_check(1)', { simple: true }));
    return found === 'ok' ? null : found.replaceAll(/\s+/g, ' ');
  } catch (error) {
    if (isDamage(error)) return messageOf(error);
    throw error;
  } finally {
    db?.close();
  }
}
