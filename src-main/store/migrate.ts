import type { Database } from 'better-sqlite3';
import { DropgateError } from '../base/errors';
import { migration0001 } from './migrations/0001-ledger';
import { migration0002 } from './migrations/0002-settled-through';
import { migration0003 } from './migrations/0003-runs-alone';
import { migration0004 } from './migrations/0004-cache-by-use';
import { migration0005 } from './migrations/0005-unpacked-by';
import { migration0006 } from './migrations/0006-item-lists';
import { migration0007 } from './migrations/0007-waiting-for';
import { migration0008 } from './migrations/0008-search';

export interface Migration {
  readonly version: number;
  readonly sql: string;
  /** Only for the lists that a window shows: a scan's ledger, which nobody lists, does without. */
  readonly forLists?: true;
}

/** In order, without gaps: the ledger's user_version is the last one applied. */
export const MIGRATIONS: readonly Migration[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
];

/**
 * Brings a ledger to the newest version, each migration in its own transaction.
 * Throws LEDGER_NEWER for a ledger that a later Dropgate wrote: it is not touched.
 */
export function migrate(db: Database, path: string, migrations: readonly Migration[] = MIGRATIONS): void {
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new DropgateError(
      'LEDGER_NEWER',
      `${path} was written by a newer Dropgate (ledger version ${current}, this one knows ${newest}); nothing was changed. Start the newer version, or name another --data-dir.`,
    );
  }
  for (const migration of migrations.filter(({ version }) => version > current)) {
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    })();
  }
}
