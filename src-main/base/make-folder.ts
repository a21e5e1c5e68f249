import { dirname } from 'node:path';
import { errnoOf } from './errors';
import { lstatSync, mkdir, mkdirSync } from './files';

/**
 * Makes a folder and those above it that are missing, one by one: Node's own recursive mkdir never returns where a
 * file system answers ENOENT for a new folder in an existing one (/proc does). Throws what the system says.
 */
export function makeFolder(path: string, mode: number): void {
  const missing: string[] = [];
  for (let folder = path; lstatSync(folder, { throwIfNoEntry: false }) === undefined; folder = dirname(folder)) {
    missing.push(folder);
    if (dirname(folder) === folder) break;
  }
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error; // made by somebody else in the same moment
    }
  }
}

/**
 * Makes a folder, mostly in one that is there; says whether it is new. Throws what the system says: Node's own recursive
 * mkdir says ENOENT where the disk is read-only.
 */
export async function makeSubfolder(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, { mode });
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  makeFolder(path, mode);
  return true;
}
