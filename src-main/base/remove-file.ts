import { errnoOf } from './errors';
import { unlink } from './files';

/** Removes a file; that it is gone already is fine. One trip to the disk threads, where `rm` looks first what it is. */
export async function removeFile(path: string | Buffer): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}
