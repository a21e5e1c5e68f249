import { dirname } from 'node:path';
import { nameOf } from '../base/display-name';
import { DropgateError } from '../base/errors';
import { realpath, stat } from '../base/files';
import { folderKey } from '../intake/expand';
import type { ResolvedSettings } from './settings-paths';

/** What is Dropgate's own, as expand knows it: folders that it writes into, and the configuration it runs with. */
export interface OwnPlaces {
  /** Data folder and quarantine: nothing in them is ever taken in. */
  readonly kept: ReadonlySet<string>;
  /** Those and every folder destination: a walk from outside does not enter them. */
  readonly all: ReadonlySet<string>;
  /** Configuration files in use: never taken in, so that none is moved away under those who run with it. */
  readonly configuration: ReadonlySet<string>;
}

/** The true path of a configuration file; null when there is none. */
export async function realFile(path: string | Buffer | null): Promise<Buffer | null> {
  if (path === null) return null;
  try {
    return await realpath(path, { encoding: 'buffer' });
  } catch {
    return null; // a file that is gone, or cannot be reached, is not taken either
  }
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

/** What belongs to these settings and these configuration files (null: there is none) as it is now. */
export async function ownPlaces(
  settings: ResolvedSettings,
  configurations: readonly (string | Buffer | null)[],
): Promise<OwnPlaces> {
  const { dataDir, quarantine, destinations } = settings;
  const dirs = Object.values(destinations).flatMap((each) => (each.kind === 'folder' ? [each.dir] : []));
  const kept = await keysOf([dataDir, quarantine.dir]);
  const files = await Promise.all(configurations.map(realFile));
  return {
    kept,
    all: new Set([...kept, ...(await keysOf(dirs))]),
    configuration: new Set(files.flatMap((file) => (file === null ? [] : [file.toString('latin1')]))),
  };
}

/**
 * Throws BAD_USAGE for a named path that lies in the data folder or the quarantine, is a destination, or is the
 * configuration: gating it would take Dropgate's own files in, and with `source: move` remove them.
 */
export async function assertNotOwn(paths: readonly Buffer[], own: OwnPlaces): Promise<void> {
  for (const path of paths) {
    if (await isOwn(path, own)) {
      const shown = nameOf(path).display;
      throw new DropgateError('BAD_USAGE', `${shown} belongs to Dropgate itself and is never gated; name other files`);
    }
  }
}

async function isOwn(path: Buffer, own: OwnPlaces): Promise<boolean> {
  const real = await realpath(path, { encoding: 'latin1' }).catch(() => null);
  if (real === null) return false; // the walk says what is wrong with it
  if (own.configuration.has(real)) return true;
  if (own.all.has((await keyOf(Buffer.from(real, 'latin1'))) ?? '')) return true;
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if (own.kept.has((await keyOf(Buffer.from(folder, 'latin1'))) ?? '')) return true;
    if (folder === dirname(folder)) return false;
  }
}
