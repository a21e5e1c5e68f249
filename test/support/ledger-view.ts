import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** A dead engine's ledger, read directly: what is durable, not what somebody says. */
export interface LedgerItem {
  readonly id: number;
  readonly state: string;
  readonly parent: number | null;
  readonly name: string;
  readonly sha256: string | null;
  readonly sourcePending: number;
  readonly destination: Buffer | null;
  readonly verdict: string | null;
}

export function ledgerItems(dataDir: string): LedgerItem[] {
  const db = new Sqlite(join(dataDir, 'ledger.db'), { readonly: true });
  try {
    return db
      .prepare<[], LedgerItem>(
        `SELECT id, state, parent_id AS parent, CAST(relative_path AS TEXT) AS name, sha256,
           source_pending AS sourcePending, destination, verdict ->> 'kind' AS verdict FROM item ORDER BY id`,
      )
      .all();
  } finally {
    db.close();
  }
}

/** The events of the custody log about one item, oldest first. */
export function custodyEvents(dataDir: string, itemId: number): string[] {
  const db = new Sqlite(join(dataDir, 'ledger.db'), { readonly: true });
  try {
    return db.prepare<[number], string>('SELECT event FROM custody WHERE item_id = ? ORDER BY seq').pluck().all(itemId);
  } finally {
    db.close();
  }
}

/** Every regular file below a folder, as paths relative to it; none when there is no such folder. */
export function filesBelow(folder: string): string[] {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

export function sha256Of(path: string | Buffer): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
