import { nameOf } from './display-name';
import { errnoOf, messageOf } from './errors';
import { constants, open, readlinkSync } from './files';

/** Linux: opens what a path names without asking for a right to read it. Node does not list it. */
const O_PATH = 0o10000000;

/** The path that an open file or folder has; null where the system cannot tell: not Linux, or without /proc. */
function openedPath(fd: number): Buffer | null {
  if (process.platform !== 'linux') return null;
  try {
    return readlinkSync(`/proc/self/fd/${fd}`, { encoding: 'buffer' });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Whether the open file `fd` was reached by `path`, a real path, and by no link that came into the place of a folder
 * on the way. Believed where the system cannot tell.
 */
export function isReachedBy(fd: number, path: Uint8Array): boolean {
  return openedPath(fd)?.equals(path) ?? true;
}

/** A folder in hand. */
export interface RealFolder {
  readonly kind: 'there';
  /** Path of a name in it: leads into this very folder whatever comes into its place meanwhile. */
  pathOf(name: Uint8Array): Buffer;
  /** An error of something in it, told by the path that people know. */
  told(error: unknown): Error;
  close(): Promise<void>;
}

/**
 * The folder at `path`, a real path. `gone`: nothing is there; `elsewhere`: something else is, or a link leads away.
 * Where the system cannot tell, it is the path alone. Rejects with what the system says when it cannot be opened.
 */
export async function openRealFolder(
  path: Uint8Array,
): Promise<RealFolder | { readonly kind: 'gone' } | { readonly kind: 'elsewhere' }> {
  if (process.platform !== 'linux') return realFolder(path, path, async () => undefined);
  try {
    const handle = await open(Buffer.from(path), O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    const opened = openedPath(handle.fd);
    const close = () => handle.close();
    if (opened === null) return realFolder(path, path, close);
    if (opened.equals(path)) return realFolder(Buffer.from(`/proc/self/fd/${handle.fd}`), path, close);
    await close();
    return { kind: 'elsewhere' };
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT') return { kind: 'gone' };
    if (code === 'ENOTDIR' || code === 'ELOOP') return { kind: 'elsewhere' };
    throw error;
  }
}

function realFolder(at: Uint8Array, path: Uint8Array, close: () => Promise<void>): RealFolder {
  return {
    kind: 'there',
    pathOf: (name) => Buffer.concat([at, Buffer.from('/'), name]),
    told: (error) =>
      new Error(messageOf(error).replaceAll(Buffer.from(at).toString(), nameOf(path).display), { cause: error }),
    close,
  };
}
