import { type BigIntStats, lstatSync } from '../base/files';
import type { IntakeProblem } from '../contract/submission';
import type { Item } from '../store/item-row';

/** A scan looks at the file where it is: was it the same one all the time? */
export function changedInPlace(item: Item): IntakeProblem | null {
  const before = item.sourceIdentity;
  if (item.stagedPath !== null || item.sourcePath === null || before === null) return null;
  const now = lookAt(item.sourcePath);
  const same =
    now !== null &&
    String(now.dev) === before.dev &&
    String(now.ino) === before.ino &&
    Number(now.size) === before.size &&
    String(now.mtimeNs) === before.mtimeNs;
  return same ? null : { reason: 'changed', detail: 'it changed while it was scanned' };
}

/** Null for a file that is gone or can no longer be reached: either way it is not the one that was scanned. */
function lookAt(path: Buffer): BigIntStats | null {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return null; // whatever the reason, the caller calls the file changed
  }
}
