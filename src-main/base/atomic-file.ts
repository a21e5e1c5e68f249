import { randomBytes } from 'node:crypto';
import { chmod, type FileHandle, link, open, rename, rm } from './files';

/** Names that begin so are half-made files of ours; recovery may remove them. */
export const PARTIAL_PREFIX = '.dropgate-partial-';

/** A path as text, or as the true bytes of one that may be no UTF-8. */
export type AnyPath = string | Buffer;

/** The folder part of a path, in bytes, without the last `/`. */
export function folderOf(path: AnyPath): Buffer {
  const bytes = Buffer.from(path);
  const end = Math.max(bytes.lastIndexOf(0x2f), process.platform === 'win32' ? bytes.lastIndexOf(0x5c) : -1);
  return end <= 0 ? Buffer.from(end === 0 ? '/' : '.') : bytes.subarray(0, end);
}

/** Makes a rename or a new name in `folder` durable. Windows cannot open folders: nothing to do there. */
export async function syncFolder(folder: AnyPath): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A private name for a half-made file beside `path`. */
export function partialPath(path: AnyPath): Buffer {
  return Buffer.concat([folderOf(path), Buffer.from(`/${PARTIAL_PREFIX}${randomBytes(8).toString('hex')}`)]);
}

/**
 * Publishes a file whole or not at all: temp in the same folder, `fill`, fsync, rename, fsync the folder.
 * With `exclusive` an existing `path` is never replaced: rejects with EEXIST.
 */
export async function writeFileAtomic(
  path: AnyPath,
  fill: (handle: FileHandle) => Promise<void>,
  options: { mode: number; exclusive?: boolean },
): Promise<void> {
  const partial = partialPath(path);
  try {
    const handle = await open(partial, 'wx', 0o600);
    try {
      await fill(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(partial, options.mode);
    if (options.exclusive === true) {
      await link(partial, path);
      await rm(partial);
    } else {
      await rename(partial, path);
    }
    await syncFolder(folderOf(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
