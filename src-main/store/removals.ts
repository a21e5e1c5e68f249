import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { parseColumn } from './json-column';

const removalSchema = z.object({ place: z.enum(['held', 'quarantined']), location: z.base64() });

/** Kept bytes whose item a person deleted or released, and that are still to be removed. */
export interface Removal {
  readonly itemId: number;
  readonly place: 'held' | 'quarantined';
  readonly location: Buffer;
}

const PREFIX = 'remove:';

/**
 * Removals that were decided and are not yet carried out: named in the very step that ends an item's keeping, forgotten
 * when the bytes are gone, so that a crash in between leaves no bytes that nothing names. Rows of `meta`.
 */
export class Removals {
  private readonly upsert;
  private readonly remove;
  private readonly every;

  constructor(db: Database) {
    this.upsert = db.prepare<[string, string]>(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
    this.remove = db.prepare<[string]>('DELETE FROM meta WHERE key = ?');
    this.every = db.prepare<[], { key: string; value: string }>(
      `SELECT key, value FROM meta WHERE key GLOB '${PREFIX}*'`,
    );
  }

  add({ itemId, place, location }: Removal): void {
    this.upsert.run(`${PREFIX}${itemId}`, JSON.stringify({ place, location: location.toString('base64') }));
  }

  done(itemId: number): void {
    this.remove.run(`${PREFIX}${itemId}`);
  }

  all(): Removal[] {
    return this.every.all().map(({ key, value }) => {
      const { place, location } = parseColumn(removalSchema, value, 'meta.value');
      return { itemId: Number(key.slice(PREFIX.length)), place, location: Buffer.from(location, 'base64') };
    });
  }
}
