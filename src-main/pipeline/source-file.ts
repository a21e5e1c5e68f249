import { type BigIntStats, constants, open } from '../base/files';
import type { FileIdentity } from '../contract/submission';

/** One look at a file saw the very file, unchanged, that has this identity. */
export function isThatFile(stats: BigIntStats, identity: FileIdentity): boolean {
  return (
    stats.isFile() &&
    String(stats.dev) === identity.dev &&
    String(stats.ino) === identity.ino &&
    Number(stats.size) === identity.size &&
    String(stats.mtimeNs) === identity.mtimeNs
  );
}

/**
 * When anything about the file last changed, its rights included (ctime in ns); null when it cannot be opened for
 * reading now, or is not that file. Opened without following a link and without waiting (FIFOs). Never throws.
 */
export async function readableSince(path: Uint8Array, identity: FileIdentity): Promise<bigint | null> {
  try {
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const file = await open(Buffer.from(path), flags);
    try {
      const stats = await file.stat({ bigint: true });
      return isThatFile(stats, identity) ? stats.ctimeNs : null;
    } finally {
      await file.close();
    }
  } catch {
    return null; // whatever the reason: it cannot be taken now, and is looked at again
  }
}
