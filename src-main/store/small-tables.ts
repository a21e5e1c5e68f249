import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type FileIdentity, fileIdentitySchema } from '../contract/submission';
import { parseColumn } from './json-column';

export interface TakenFile {
  readonly folder: string;
  readonly relativePath: Uint8Array;
  readonly identity: FileIdentity;
}

/** Files of watched folders that were taken and kept in place: the one newest identity for each path. */
export class Taken {
  private readonly select;
  private readonly upsert;
  private readonly page;
  private readonly remove;

  constructor(db: Database) {
    this.page = db.prepare<[string, Uint8Array, number], { folder: string; relative_path: Buffer; identity: string }>(
      'SELECT * FROM taken WHERE (folder, relative_path) > (?, ?) ORDER BY folder, relative_path LIMIT ?',
    );
    this.remove = db.prepare<[string, Uint8Array, string]>(
      'DELETE FROM taken WHERE folder = ? AND relative_path = ? AND identity = ?',
    );
    this.select = db
      .prepare<[string, Uint8Array], string>('SELECT identity FROM taken WHERE folder = ? AND relative_path = ?')
      .pluck();
    this.upsert = db.prepare<[string, Uint8Array, string]>(
      'INSERT INTO taken (folder, relative_path, identity) VALUES (?, ?, ?) ON CONFLICT (folder, relative_path) DO UPDATE SET identity = excluded.identity',
    );
  }

  has(folder: string, relativePath: Uint8Array, identity: FileIdentity): boolean {
    const text = this.select.get(folder, relativePath);
    if (text === undefined) return false;
    const known = parseColumn(fileIdentitySchema, text, 'taken.identity');
    return (
      known.dev === identity.dev &&
      known.ino === identity.ino &&
      known.size === identity.size &&
      known.mtimeNs === identity.mtimeNs
    );
  }

  /** Files behind one, in the order of their folders and paths; from the beginning: `null`. */
  after(place: Pick<TakenFile, 'folder' | 'relativePath'> | null, limit: number): TakenFile[] {
    return this.page
      .all(place?.folder ?? '', place?.relativePath ?? Buffer.alloc(0), limit)
      .map(({ folder, relative_path: relativePath, identity }) => ({
        folder,
        relativePath,
        identity: parseColumn(fileIdentitySchema, identity, 'taken.identity'),
      }));
  }

  /** Forgets a file, unless another one of its path was taken meanwhile. */
  forget({ folder, relativePath, identity }: TakenFile): void {
    this.remove.run(folder, relativePath, JSON.stringify(identity));
  }

  remember(folder: string, relativePath: Uint8Array, identity: FileIdentity): void {
    this.upsert.run(folder, relativePath, JSON.stringify(identity));
  }
}

/** An analyst's word that named findings on one content are wrong. */
export interface ExceptionRow {
  readonly id: number;
  readonly sha256: string;
  readonly probes: readonly string[];
  readonly reason: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

export class Exceptions {
  private readonly select;
  private readonly insert;
  /** Most ledgers have none, and then no item has to ask. */
  private any: boolean;

  constructor(db: Database) {
    this.select = db.prepare<
      [string],
      { id: number; sha256: string; probes: string; reason: string; created_at: number; expires_at: number | null }
    >('SELECT * FROM exception WHERE sha256 = ? ORDER BY id');
    this.insert = db.prepare<[string, string, string, number, number | null]>(
      'INSERT INTO exception (sha256, probes, reason, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.any = db.prepare('SELECT 1 FROM exception LIMIT 1').get() !== undefined;
  }

  of(sha256: string): ExceptionRow[] {
    if (!this.any) return [];
    return this.select.all(sha256).map((row) => ({
      id: row.id,
      sha256: row.sha256,
      probes: parseColumn(z.array(z.string()), row.probes, 'exception.probes'),
      reason: row.reason,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  }

  add(exception: Omit<ExceptionRow, 'id'>): number {
    const { sha256, probes, reason, createdAt, expiresAt } = exception;
    this.any = true;
    return Number(this.insert.run(sha256, JSON.stringify(probes), reason, createdAt, expiresAt).lastInsertRowid);
  }
}

/** Single facts about the ledger itself. */
export class Meta {
  private readonly select;
  private readonly upsert;
  private readonly remove;

  constructor(db: Database) {
    this.select = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
    this.upsert = db.prepare<[string, string]>(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
    this.remove = db.prepare<[string]>('DELETE FROM meta WHERE key = ?');
  }

  get(key: string): string | null {
    return this.select.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.upsert.run(key, value);
  }

  clear(key: string): void {
    this.remove.run(key);
  }
}
