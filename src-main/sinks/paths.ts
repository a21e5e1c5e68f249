import { errnoOf, SinkError } from '../base/errors';
import { lstat, rmdir } from '../base/files';

const SLASH = 0x2f;

/** Folder of an absolute path in bytes, without its last `/`. */
export function folderOf(path: Buffer): Buffer {
  const slash = path.lastIndexOf(SLASH);
  return slash <= 0 ? Buffer.from('/') : path.subarray(0, slash);
}

/** Whether anything has this name; links are not followed. */
export async function exists(path: Buffer): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Removes a folder that holds nothing; one that does, or is gone, is left as it is. */
export async function removeIfEmpty(folder: Buffer): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    const code = errnoOf(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}

/** What a staged copy that cannot be opened means: gone or replaced is INTEGRITY, anything else may pass. */
export function stagedError(error: unknown): SinkError {
  const code = errnoOf(error);
  const gone = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
  return new SinkError(
    gone ? 'INTEGRITY' : 'SINK_UNAVAILABLE',
    gone ? 'the staged copy is gone or replaced' : `the staged copy cannot be read (${code ?? String(error)})`,
    { cause: error },
  );
}
