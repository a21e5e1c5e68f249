import Sqlite from 'better-sqlite3';
import { DropgateError, messageOf } from '../base/errors';
import { asDiskError } from './disk-error';

/** Held for as long as an engine lives; the system lets go of it when the process dies, however it dies. */
export interface OwnerLock {
  release(): void;
}

/**
 * Takes the data folder: an exclusive SQLite transaction on `lock.db`, never a pid file. Throws LEDGER_LOCKED at once
 * when another process has it, LEDGER_FAILED when its disk is full or read-only. One call per path and process: POSIX locks do not exclude their own process.
 */
export function takeOwnerLock(path: string): OwnerLock {
  const db = new Sqlite(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (/locked|busy/i.test(messageOf(error))) {
      throw new DropgateError('LEDGER_LOCKED', `another Dropgate engine owns this data folder (${path})`, {
        cause: error,
      });
    }
    throw asDiskError(error, path);
  }
  return { release: () => db.close() };
}
