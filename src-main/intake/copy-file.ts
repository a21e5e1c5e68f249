import { messageOf } from '../base/errors';
import { chmodSync, constants, copyFileSync, fdatasync, openSync, rmSync, writeSync } from '../base/files';

/** Group-readable, so that a clamd that shares the group can read it; the folder decides who gets there. */
const MODE = 0o640;
/** Below this a clone saves nothing. */
const LEAST_CLONED_BYTES = 1024 * 1024;

/** The destination could not be written: not the file's fault. */
export class CopyFailed extends Error {}

export function writeCopy(fd: number, chunk: Uint8Array, path: string | null): void {
  try {
    for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done);
  } catch (error) {
    throw new CopyFailed(`the private copy ${path} cannot be written: ${messageOf(error)}`);
  }
}

/** Makes a copy durable, off this thread: many at once share few writes of the disk's journal. Rejects with CopyFailed. */
export async function syncCopy(fd: number, path: string | null): Promise<void> {
  try {
    await fdatasync(fd);
  } catch (error) {
    throw new CopyFailed(`the private copy ${path} cannot be made durable: ${messageOf(error)}`);
  }
}

/** A new file at `path`, open for writing. Throws CopyFailed. */
export function openCopy(path: string): number {
  try {
    return openSync(path, 'wx', MODE);
  } catch (error) {
    throw new CopyFailed(`the private copy ${path} cannot be made: ${messageOf(error)}`);
  }
}

/** Devices whose files cannot be cloned to where copies go: asked once. */
const withoutClones = new Set<bigint>();

/**
 * A copy that shares the bytes of the open file `source` until one of them changes, open for reading; null where that
 * cannot be done (another file system, one without reflinks, a system without /proc). Cloned by its descriptor, so that it
 * is the very file that was opened.
 */
export function openClone(source: number, stats: { dev: bigint; size: bigint }, path: string): number | null {
  if (process.platform !== 'linux' || stats.size < LEAST_CLONED_BYTES || withoutClones.has(stats.dev)) return null;
  try {
    copyFileSync(`/proc/self/fd/${source}`, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
  } catch {
    withoutClones.add(stats.dev); // whatever the reason, the bytes are copied instead, and that has its own errors
    return null;
  }
  return openCloned(path);
}

function openCloned(path: string): number {
  try {
    chmodSync(path, MODE); // a clone has its source's mode, which may keep even us from reading it
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    rmSync(path, { force: true });
    throw new CopyFailed(`the private copy ${path} cannot be read back: ${messageOf(error)}`);
  }
}
