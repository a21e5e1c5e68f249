import type { Database } from 'better-sqlite3';
import { DropgateError, messageOf } from '../base/errors';
import { isDamage } from './damage';
import { toItem } from './item-row';
import { toJob } from './jobs';
import { openLedgerDatabase } from './open';
import { Removals } from './removals';
import { toSubmission } from './submissions';

/**
 * What cannot be read in the rows that an engine cannot do without: what no look at a database's pages finds, and pages
 * that broke since; null when there is nothing. `path`: a ledger that nobody has open; it is migrated. Reads all of its
 * items and jobs on the thread that asks: 16 seconds for a million items. Throws LEDGER_NEWER or LEDGER_FAILED as
 * opening it does.
 */
export function unreadableRow(path: string): string | null {
  let db: Database | null = null;
  try {
    db = openLedgerDatabase(path);
    readAll(db, 'submission', toSubmission);
    readAll(db, 'item', toItem);
    readAll(db, 'job', toJob);
    new Removals(db).all();
    return null;
  } catch (error) {
    // what iterates is not watched for damage
    if (isDamage(error) || (error instanceof DropgateError && error.code === 'LEDGER_CORRUPT')) return messageOf(error);
    throw error;
  } finally {
    db?.close();
  }
}

function readAll<Row>(db: Database, table: string, read: (row: Row) => unknown): void {
  for (const row of db.prepare<[], Row>(`SELECT * FROM ${table}`).iterate()) read(row);
}
