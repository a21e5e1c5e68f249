import { nameOf } from '../../base/display-name';
import { errnoOf, SinkError } from '../../base/errors';
import { lstatSync, mkdirSync } from '../../base/files';

const SLASH = Buffer.from('/');

const look = (path: Buffer) => lstatSync(path, { throwIfNoEntry: false });

/** False when the folder was there already. */
function make(path: Buffer): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Makes the folders `names` below `root`, one in the other, and returns the innermost, those above it, and those of them that got a new entry.
 * `root` must exist and may be a link; below it every folder must be a real one: a link or a file that somebody put in
 * the place of one is SINK_REFUSED. (A link that is put there between this look and the writing is not seen: whoever
 * can do that can write to the destination anyway.)
 */
export function makeFolders(
  root: Buffer,
  names: readonly Buffer[],
): { readonly folder: Buffer; readonly above: readonly Buffer[]; readonly changed: readonly Buffer[] } {
  const above: Buffer[] = [];
  const changed: Buffer[] = [];
  let folder = root;
  for (const name of names) {
    const parent = folder;
    above.push(parent);
    folder = Buffer.concat([parent, SLASH, name]);
    let stats = look(folder);
    if (stats === undefined) {
      if (make(folder)) {
        changed.push(parent);
        continue;
      }
      stats = look(folder); // somebody was quicker
    }
    if (stats?.isDirectory() === true) continue;
    const what = stats?.isSymbolicLink() === true ? 'a symbolic link' : 'not a folder';
    throw new SinkError('SINK_REFUSED', `${nameOf(folder).display} is ${what}, nothing is written through it`);
  }
  return { folder, above, changed };
}
