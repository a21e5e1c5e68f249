import { join } from 'node:path';
import { errnoOf, messageOf, ProbeError } from '../../base/errors';
import { chmod, constants, copyFile, open } from '../../base/files';
import { removeFile } from '../../base/remove-file';
import type { RemoteProbeSettings } from '../../contract/settings-remote';
import type { StagedItem } from '../probe';
import type { Call } from './client';

/** Readable by the daemon's user: who reaches the folder is its owner's matter. */
const SHARED_MODE = 0o644;

/** Puts a copy of the item's bytes into the shared folder; the name that the daemon finds it by, and how it is removed. */
export async function shareFile(
  item: StagedItem,
  uuid: string,
  { dir, as }: NonNullable<RemoteProbeSettings['sharedPath']>,
): Promise<{ readonly name: string; remove(): Promise<void> }> {
  const path = join(dir, uuid);
  try {
    await copyFile(item.path, path, constants.COPYFILE_EXCL);
    await chmod(path, SHARED_MODE);
  } catch (error) {
    await removeFile(path).catch(() => undefined); // the first error says what is wrong
    const why = errnoOf(error) ?? messageOf(error);
    throw new ProbeError('PROBE_UNAVAILABLE', `the file cannot be put into the shared folder ${dir} (${why})`, {
      cause: error,
    });
  }
  return { name: as === '' ? uuid : `${as.replace(/\/$/, '')}/${uuid}`, remove: () => removeFile(path) };
}

/** The upload of the item's bytes, opened anew for each attempt. */
export async function uploadOf({ path, size, hashes }: StagedItem, uuid: string): Promise<Call> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const opened = await file.stat();
    if (opened.size !== size) {
      await file.close();
      throw new ProbeError('SOURCE_CHANGED', 'the staged file does not have the size it was hashed with');
    }
    const stream = file.createReadStream({ highWaterMark: 256 * 1024 });
    return { method: 'PUT', path: `/file/${uuid}/${hashes.sha256}`, bytes: { size, stream } };
  } catch (error) {
    if (error instanceof ProbeError) throw error;
    const why = errnoOf(error) ?? messageOf(error);
    throw new ProbeError('SOURCE_UNREADABLE', `the staged file cannot be read (${why})`, { cause: error });
  }
}
