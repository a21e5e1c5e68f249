import { errnoOf } from '../base/errors';
import { chmod, copyFile, link, stat } from '../base/files';

/**
 * Gives held bytes a second name that probes and programs can be given (a copy where the file system knows no second
 * names). Rejects with ENOENT when they are gone.
 */
export async function shareBytes(held: Uint8Array, path: string): Promise<void> {
  const from = Buffer.from(held);
  await stat(from);
  try {
    await link(from, path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw error;
    await copyFile(from, path);
  }
  await chmod(path, 0o640);
}
