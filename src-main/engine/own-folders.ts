import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nameOf } from '../base/display-name';
import { DropgateError } from '../base/errors';
import { folderKey } from '../intake/expand';
import type { ResolvedSettings } from './settings-paths';

/** Folders that Dropgate itself writes into, as expand knows them. */
export interface OwnFolders {
  /** Data folder and quarantine: nothing in them is ever taken in. */
  readonly kept: ReadonlySet<string>;
  /** Those and every folder destination: a walk from outside does not enter them. */
  readonly all: ReadonlySet<string>;
}

async function keyOf(path: string | Buffer): Promise<string | null> {
  try {
    return folderKey(await stat(path, { bigint: true }));
  } catch {
    return null; // a folder that is not there or cannot be looked at holds nothing that could be taken
  }
}

async function keysOf(paths: readonly string[]): Promise<Set<string>> {
  return new Set((await Promise.all(paths.map(keyOf))).filter((key) => key !== null));
}

/** The folders of these settings as they are now. */
export async function ownFolders(settings: ResolvedSettings): Promise<OwnFolders> {
  const { dataDir, quarantine, destinations } = settings;
  const dirs = Object.values(destinations).flatMap((each) => (each.kind === 'folder' ? [each.dir] : []));
  const kept = await keysOf([dataDir, quarantine.dir]);
  return { kept, all: new Set([...kept, ...(await keysOf(dirs))]) };
}

/**
 * Throws BAD_USAGE for a named path that lies in the data folder or the quarantine, or is a destination: gating it
 * would take Dropgate's own files in, and with `source: move` remove them.
 */
export async function assertNotOwn(paths: readonly Buffer[], own: OwnFolders): Promise<void> {
  for (const path of paths) {
    if (await isOwn(path, own)) {
      const shown = nameOf(path).display;
      throw new DropgateError('BAD_USAGE', `${shown} belongs to Dropgate itself and is never gated; name other files`);
    }
  }
}

async function isOwn(path: Buffer, own: OwnFolders): Promise<boolean> {
  const real = await realpath(path, { encoding: 'latin1' }).catch(() => null);
  if (real === null) return false; // the walk says what is wrong with it
  if (own.all.has((await keyOf(Buffer.from(real, 'latin1'))) ?? '')) return true;
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if (own.kept.has((await keyOf(Buffer.from(folder, 'latin1'))) ?? '')) return true;
    if (folder === dirname(folder)) return false;
  }
}
