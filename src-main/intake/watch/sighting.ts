import { errnoOf, messageOf } from '../../base/errors';
import { lstat } from '../../base/files';
import { joinBytes, kindOfStats, readFolder, specialName } from '../read-folder';
import type { IgnoreMatcher } from './ignore';
import type { SettledFile } from './settled-file';

/** What one look at one path of a watched folder found. `gone`: nothing there, or no longer. */
export type Sighting =
  | { readonly kind: 'file'; readonly file: SettledFile }
  | { readonly kind: 'folder'; readonly relativePath: Buffer; readonly inode: string }
  | { readonly kind: 'refused'; readonly relativePath: Buffer; readonly problem: string }
  | { readonly kind: 'gone' };

/** lstats that run at once in a sweep: enough to hide their latency, few enough to leave the thread pool to others. */
const AT_ONCE = 3;

function refusal(relativePath: Buffer, error: unknown): Sighting {
  const errno = errnoOf(error);
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return { kind: 'gone' };
  const problem =
    errno === 'EACCES' || errno === 'EPERM'
      ? 'it cannot be read: permission denied; give the user of Dropgate access, it is tried again'
      : errno === 'ENAMETOOLONG'
        ? 'its path is too long for the system: move it further up'
        : `it cannot be read: ${messageOf(error)}; it is tried again`;
  return { kind: 'refused', relativePath, problem };
}

/** Looks at one path below `root`, following no link in its last name. Never throws. */
export async function sight(root: Buffer, relativePath: Buffer): Promise<Sighting> {
  try {
    const path = joinBytes(root, relativePath);
    const stats = await lstat(path, { bigint: true });
    const kind = kindOfStats(stats);
    if (kind === 'folder') return { kind, relativePath, inode: `${stats.dev}:${stats.ino}` };
    if (kind === 'file') {
      const { dev, ino, mtimeNs } = stats;
      return { kind, file: { path, relativePath, dev, ino, size: Number(stats.size), mtimeNs } };
    }
    const problem =
      kind === 'symlink'
        ? 'it is a symbolic link, which is never followed: put the file itself there'
        : `it is ${specialName(stats)}, not a regular file: it is never opened`;
    return { kind: 'refused', relativePath, problem };
  } catch (error) {
    return refusal(relativePath, error);
  }
}

/** The folders above a path, outermost first, without the root: `a/b/c` has `a` and `a/b`. */
export function foldersAbove(relativePath: Buffer): Buffer[] {
  const folders: Buffer[] = [];
  for (let end = relativePath.indexOf(0x2f); end >= 0; end = relativePath.indexOf(0x2f, end + 1)) {
    folders.push(relativePath.subarray(0, end));
  }
  return folders;
}

/** True when every folder between the root and a path is a folder and no link. `checked` spares repeated looks. */
export async function isInsideRealFolders(
  root: Buffer,
  relativePath: Buffer,
  checked: Map<string, boolean> = new Map(),
): Promise<boolean> {
  for (const folder of foldersAbove(relativePath)) {
    const key = folder.toString('latin1');
    const real = checked.get(key) ?? (await sight(root, folder)).kind === 'folder';
    checked.set(key, real);
    if (!real) return false;
  }
  return true;
}

export interface SweepOptions {
  readonly recursive: boolean;
  readonly ignore: IgnoreMatcher;
  readonly signal: AbortSignal;
  /** Called with each folder right before it is read; `inode` tells it from another in its place, null for the root. */
  readonly onFolder: (relativePath: Buffer, inode: string | null) => void;
}

/**
 * Everything in the folder `start` below `root` (empty: the root itself) that is no folder and not ignored; with
 * `recursive` also in the folders below it. Holds one batch of names and the folders still to be seen. Ends early when
 * the signal aborts. A folder that cannot be read is one `refused`.
 */
export async function* sightings(root: Buffer, start: Buffer, options: SweepOptions): AsyncGenerator<Sighting> {
  const { recursive, ignore, signal, onFolder } = options;
  const waiting = [start];
  for (let folder = waiting.pop(); folder !== undefined && !signal.aborted; folder = waiting.pop()) {
    const parent = folder;
    // a folder that was swapped for a link since it was listed is not entered
    const seen = parent.length > 0 ? await sight(root, parent) : null;
    if (seen !== null && seen.kind !== 'folder') continue;
    onFolder(parent, seen?.inode ?? null);
    try {
      for await (const batch of readFolder(joinBytes(root, parent))) {
        const names = batch.map(({ name }) => joinBytes(parent, name)).filter((path) => !ignore(path));
        for (let index = 0; index < names.length && !signal.aborted; index += AT_ONCE) {
          const some = names.slice(index, index + AT_ONCE).map((path) => sight(root, path));
          for (const sighting of await Promise.all(some)) {
            if (sighting.kind !== 'folder') yield sighting;
            else if (recursive) waiting.push(sighting.relativePath);
          }
        }
      }
    } catch (error) {
      yield refusal(parent, error);
    }
  }
}
