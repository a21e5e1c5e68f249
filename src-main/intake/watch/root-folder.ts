import { escapeHidden } from '../../base/display-name';
import { errnoOf, messageOf } from '../../base/errors';
import { lstat, opendir, realpath } from '../../base/files';

/** The watched folder itself at one moment. `path` is its real path; another dev or ino is another folder in its place. */
export type RootFolder =
  | { readonly kind: 'there'; readonly path: Buffer; readonly dev: bigint; readonly ino: bigint }
  | { readonly kind: 'missing' | 'unreadable'; readonly problem: string };

/** Looks for the watched folder; a link in its own path is followed, because a person named it. Never throws. */
export async function findRoot(dir: string): Promise<RootFolder> {
  const name = escapeHidden(dir);
  try {
    const path = await realpath(dir, { encoding: 'buffer' });
    const stats = await lstat(path, { bigint: true });
    if (!stats.isDirectory()) {
      return { kind: 'unreadable', problem: `${name} is not a folder: put a folder in its place, it is tried again` };
    }
    const opened = await opendir(path);
    await opened.close();
    return { kind: 'there', path, dev: stats.dev, ino: stats.ino };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') {
      const problem = `${name} does not exist: create it or mount it, watching begins by itself then`;
      return { kind: 'missing', problem };
    }
    const cause = errno === 'EACCES' || errno === 'EPERM' ? 'permission denied' : messageOf(error);
    const problem = `${name} cannot be read: ${cause}; give the user of Dropgate access, it is tried again`;
    return { kind: 'unreadable', problem };
  }
}
