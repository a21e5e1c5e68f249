import { link, lstat, rename, unlink } from 'node:fs/promises';
import { errnoOf } from '../base/errors';
import type { FileIdentity } from '../contract/submission';

async function isStill(path: Uint8Array, identity: FileIdentity): Promise<boolean> {
  const now = await lstat(Buffer.from(path), { bigint: true });
  return (
    now.isFile() &&
    String(now.dev) === identity.dev &&
    String(now.ino) === identity.ino &&
    Number(now.size) === identity.size &&
    String(now.mtimeNs) === identity.mtimeNs
  );
}

/** The private name in the source's own folder under which it waits to be unlinked; ours to find again after a crash. */
export function privateName(source: Uint8Array, itemId: number): Buffer {
  const bytes = Buffer.from(source);
  const folder = bytes.subarray(0, bytes.lastIndexOf(0x2f) + 1);
  return Buffer.concat([folder, Buffer.from(`.dropgate-taken-${itemId}`)]);
}

async function exists(path: Uint8Array): Promise<boolean> {
  try {
    await lstat(Buffer.from(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** Puts a file that is not ours to remove back under its name, without overwriting what may have come there meanwhile. */
async function putBack(aside: Buffer, source: Uint8Array): Promise<void> {
  try {
    await link(aside, Buffer.from(source));
    await unlink(aside);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error; // both stay: nothing of a user's is ever removed for a name
  }
}

/**
 * Removes the source of a moved item, whose disposition is durable: renamed aside first, looked at again under that
 * private name, unlinked only when it is the very file that was taken. Idempotent, also after a crash in the middle.
 * Returns `removed`, or `replaced` when another file stands there (it stays, and is a new file).
 */
export async function removeSource(
  source: Uint8Array,
  identity: FileIdentity,
  itemId: number,
): Promise<'removed' | 'replaced'> {
  const aside = privateName(source, itemId);
  if (!(await exists(aside))) {
    if (!(await exists(source))) return 'removed';
    if (!(await isStill(source, identity))) return 'replaced';
    await rename(Buffer.from(source), aside);
  }
  if (await isStill(aside, identity)) {
    await unlink(aside);
    return 'removed';
  }
  await putBack(aside, source);
  return 'replaced';
}
