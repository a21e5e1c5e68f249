import { folderOf } from '../base/atomic-file';
import { nameOf } from '../base/display-name';
import { errnoOf } from '../base/errors';
import { link, lstat, rename, unlink } from '../base/files';
import { openRealFolder } from '../base/real-folder';
import type { FileIdentity } from '../contract/submission';
import { isThatFile } from './source-file';

/** Somebody who plants so many files with our private names keeps a source from being removed, and that is told. */
const MOST_NAMES = 10;

async function isStill(path: Uint8Array, identity: FileIdentity): Promise<boolean> {
  return isThatFile(await lstat(Buffer.from(path), { bigint: true }), identity);
}

/**
 * The private name in the source's own folder under which it waits to be unlinked; ours to find again after a
 * crash. `number`: the next one, where something that is not ours has that name.
 */
export function privateName(source: Uint8Array, itemId: number, number = 1): Buffer {
  const bytes = Buffer.from(source);
  const folder = bytes.subarray(0, bytes.lastIndexOf(0x2f) + 1);
  return Buffer.concat([folder, Buffer.from(`.dropgate-taken-${itemId}${number > 1 ? `-${number}` : ''}`)]);
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
 * Returns `removed`, or `replaced` when another file stands there (it stays, and is a new file), or another folder in
 * the place of its own, or a link that leads away: nothing is touched then. Rejects when it cannot be removed now.
 */
export async function removeSource(
  source: Uint8Array,
  identity: FileIdentity,
  itemId: number,
): Promise<'removed' | 'replaced'> {
  const path = Buffer.from(source);
  const parent = folderOf(path);
  const name = path.subarray(parent.length + (parent.at(-1) === 0x2f ? 0 : 1));
  const folder = await openRealFolder(parent);
  if (folder.kind !== 'there') return folder.kind === 'gone' ? 'removed' : 'replaced';
  try {
    return await removeBelow(folder.pathOf(name), identity, itemId);
  } catch (error) {
    throw folder.told(error);
  } finally {
    await folder.close();
  }
}

async function removeBelow(source: Buffer, identity: FileIdentity, itemId: number): Promise<'removed' | 'replaced'> {
  let foreign: Buffer | null = null;
  let removed = false;
  let aside = privateName(source, itemId);
  for (let number = 2; await exists(aside); number += 1) {
    if (await isStill(aside, identity)) {
      await unlink(aside);
      removed = true;
      break;
    }
    if (number > MOST_NAMES) throw new Error(`every private name beside it is taken, up to ${nameOf(aside).display}`);
    foreign ??= aside;
    aside = privateName(source, itemId, number);
  }
  if (!(await exists(source))) {
    if (removed || foreign === null) return 'removed';
    await putBack(foreign, source);
    return 'replaced';
  }
  if (!(await isStill(source, identity))) return removed ? 'removed' : 'replaced';
  await rename(Buffer.from(source), aside);
  if (await isStill(aside, identity)) {
    await unlink(aside);
    return 'removed';
  }
  await putBack(aside, source);
  return 'replaced';
}
