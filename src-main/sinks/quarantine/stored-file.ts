import { type AnyPath, partialPath } from '../../base/atomic-file';
import { nameOf } from '../../base/display-name';
import { SinkError } from '../../base/errors';
import { rm } from '../../base/files';
import { openCart, readCartHead } from '../cart/decode';
import { exists, folderOf } from '../paths';
import { type FolderSyncs, publishExclusive } from '../publish';
import { storageError } from '../storage-error';
import { type ItemHeader, parseItemHeader } from './header';

/** Header and size of a stored file, without reading its data. Throws NOT_FOUND, INTEGRITY. */
export async function lookInto(location: Uint8Array): Promise<{ header: ItemHeader; size: number }> {
  const handle = await openCart(location);
  try {
    const { size } = await handle.stat();
    return { header: parseItemHeader((await readCartHead(handle)).header), size };
  } finally {
    await handle.close();
  }
}

function alreadyExists(shown: string): SinkError {
  return new SinkError('ALREADY_EXISTS', `${shown} exists already and is never overwritten; choose another name`);
}

/** Lets `make` fill a private file beside `to`, then gives it that name. Throws ALREADY_EXISTS. */
export async function makeBeside(
  to: AnyPath,
  syncs: FolderSyncs,
  make: (partial: Buffer) => Promise<void>,
): Promise<void> {
  const target = Buffer.from(to);
  const shown = nameOf(target).display;
  const partial = partialPath(target);
  try {
    if (await exists(target)) throw alreadyExists(shown);
    await make(partial);
    if (!(await publishExclusive(partial, target))) throw alreadyExists(shown);
    await syncs.sync(folderOf(target));
  } catch (error) {
    throw storageError(error, shown);
  } finally {
    await rm(partial, { force: true });
  }
}
