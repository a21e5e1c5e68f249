import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { PARTIAL_PREFIX, partialPath, syncFolder } from '../base/atomic-file';
import { errnoOf } from '../base/errors';
import { open, readdir, rename, rm, stat } from '../base/files';
import { makeFolder } from '../base/make-folder';
import { damagedLedger, isDamage, problemOf } from './damage';

const NEWEST = 'ledger-newest.db';
const PREVIOUS = 'ledger-previous.db';

/** What the process that makes backups ends with when the ledger itself is damaged. */
export const DAMAGED_EXIT = 3;

/** A backup of the ledger: the file, and when it was made (ms since 1970). */
export interface Backup {
  readonly path: string;
  readonly madeAt: number;
}

/** The backups in a folder, the newest first; none where there is no folder. */
export async function backupsIn(folder: string): Promise<Backup[]> {
  const found: Backup[] = [];
  for (const name of [NEWEST, PREVIOUS]) {
    const path = join(folder, name);
    try {
      found.push({ path, madeAt: (await stat(path)).mtimeMs });
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }
  return found;
}

/**
 * Copies the ledger as it is at one moment into `folder` (made, 0700), while its engine goes on writing: SQLite's
 * `VACUUM INTO` from a connection that only reads. The copy is checked in all its pages and indexes and durable before
 * it takes the place of the newest backup; that one stays as the previous. Throws LEDGER_CORRUPT when the ledger is
 * damaged; the backups stay as they are then. Takes seconds for each gigabyte without a pause: in a process of its own.
 */
export async function backUp(ledger: string, folder: string): Promise<void> {
  makeFolder(folder, 0o700);
  await removeHalfMade(folder);
  const partial = partialPath(join(folder, NEWEST)).toString();
  try {
    copy(ledger, partial);
    assertSound(ledger, partial);
    await sync(partial);
    await keepAsPrevious(folder);
    await rename(partial, join(folder, NEWEST));
    await syncFolder(folder);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * Throws LEDGER_CORRUPT when the ledger is damaged, or this copy of it. Reads all pages and indexes; its engine may go on
 * writing meanwhile.
 */
export function assertSound(ledger: string, copy = ledger): void {
  const problem = problemOf(copy);
  if (problem !== null) throw damagedLedger(ledger, new Error(problem));
}

/** Removes copies that were half made when their process died; none where there is no folder. */
export async function removeHalfMade(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (name.startsWith(PARTIAL_PREFIX)) await rm(join(folder, name), { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

function copy(ledger: string, target: string): void {
  const db = new Sqlite(ledger, { readonly: true, fileMustExist: true });
  try {
    db.pragma('busy_timeout = 5000');
    db.prepare('VACUUM INTO ?').run(target);
  } catch (error) {
    throw isDamage(error) ? damagedLedger(ledger, error) : error;
  } finally {
    db.close();
  }
}

async function keepAsPrevious(folder: string): Promise<void> {
  try {
    await rename(join(folder, NEWEST), join(folder, PREVIOUS));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error; // the first one
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
