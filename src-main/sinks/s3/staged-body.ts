import { createHash, hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { SinkError } from '../../base/errors';
import { constants, open } from '../../base/files';
import { stagedError } from '../paths';
import type { OutgoingItem } from '../sink';

const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
const PIECE_BYTES = 1024 ** 2;

function changed(): SinkError {
  return new SinkError('INTEGRITY', 'the staged bytes are not those that were scanned; nothing was published');
}

async function openStaged(path: string) {
  try {
    return await open(path, READ_FLAGS);
  } catch (error) {
    throw stagedError(error);
  }
}

/** All bytes of a small item, proven to be the scanned ones before a single one is sent. Throws INTEGRITY. */
export async function wholeBody(item: OutgoingItem): Promise<Buffer> {
  const file = await openStaged(item.path);
  try {
    const buffer = Buffer.allocUnsafeSlow(item.size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) break;
    }
    const bytes = buffer.subarray(0, length);
    if (length !== item.size || hash('sha256', bytes) !== item.hashes.sha256) throw changed();
    return bytes;
  } finally {
    await file.close();
  }
}

async function* pieces(item: OutgoingItem, signal: AbortSignal): AsyncGenerator<Buffer> {
  const file = await openStaged(item.path);
  try {
    const digest = createHash('sha256');
    let total = 0;
    for (;;) {
      signal.throwIfAborted();
      const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      if (total > item.size) throw changed();
      digest.update(buffer.subarray(0, bytesRead));
      yield buffer.subarray(0, bytesRead);
    }
    if (total !== item.size || digest.digest('hex') !== item.hashes.sha256) throw changed();
  } finally {
    await file.close();
  }
}

/**
 * The bytes of a large item as a stream that fails with INTEGRITY at its end when they were not the scanned ones: the
 * upload is complete only behind that end, so then nothing is published.
 */
export function streamedBody(item: OutgoingItem, signal: AbortSignal): Readable {
  return Readable.from(pieces(item, signal), { objectMode: false, highWaterMark: PIECE_BYTES });
}
