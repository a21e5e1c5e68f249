import Sqlite, { type Database } from 'better-sqlite3';
import type { DropgateError } from '../base/errors';
import { Custody } from './custody';
import { watchForDamage } from './damage';
import { Items } from './items';
import { Jobs } from './jobs';
import { Submissions } from './submissions';

const MAPPED_BYTES = 1024 ** 3;

/** A ledger to be read beside the one that writes it: another connection of the same process, in another thread. */
export interface ReadingTables {
  readonly db: Database;
  readonly items: Items;
  readonly jobs: Jobs;
  readonly submissions: Submissions;
  readonly custody: Custody;
}

/**
 * The ledger must have been opened (and migrated) by its engine. Nothing can be written through this. `onDamage`: see
 * watchForDamage.
 */
export function openForReading(
  path: string,
  onDamage: (error: DropgateError) => void = () => undefined,
): ReadingTables {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true });
  db.pragma('query_only = ON');
  db.pragma('busy_timeout = 5000');
  watchForDamage(db, onDamage);
  db.pragma(`mmap_size = ${MAPPED_BYTES}`);
  return {
    db,
    items: new Items(db),
    jobs: new Jobs(db),
    submissions: new Submissions(db),
    custody: new Custody(db),
  };
}
