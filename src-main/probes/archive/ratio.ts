import { ProbeError } from '../../base/errors';
import { type Limits, RATIO_FROM_BYTES } from '../../contract/settings';

/** Below this much output nobody asks what was read for it: an ordinary disk image may begin with so many zeros. */
const FROM_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_BYTES = 1024 * 1024;

/** What is too much of what an archive of `size` bytes says that it unpacks to, as a clause; null when nothing is. */
export function saysTooMuch(total: number, size: number, { archiveBytes, archiveRatio }: Limits): string | null {
  if (total > archiveBytes) return `it says that it unpacks to ${total} bytes, more than limits.archiveBytes`;
  if (total > RATIO_FROM_BYTES && total > size * archiveRatio)
    return `it says that it unpacks to more than ${archiveRatio} times its size`;
  return null;
}

/**
 * The same bytes, while they are not too many for what was read so far: a large file that is all bomb is told by its
 * beginning. `bytesRead`: null where that is not known, and the size of the whole file alone decides. Throws PROBE_LIMIT.
 */
export async function* withinRatio<T extends Uint8Array>(
  content: AsyncIterable<T>,
  bytesRead: () => number | null,
  ratio: number,
): AsyncGenerator<T, void> {
  let total = 0;
  let lookAt = FROM_BYTES;
  for await (const part of content) {
    total += part.length;
    if (total > lookAt) {
      const read = bytesRead();
      if (read !== null && total > read * ratio)
        throw new ProbeError('PROBE_LIMIT', `it unpacks to more than ${ratio} times what was read of it`);
      lookAt = total + LOOK_EVERY_BYTES;
    }
    yield part;
  }
}
