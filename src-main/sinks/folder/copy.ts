import { createHash, hash } from 'node:crypto';
import { SinkError } from '../../base/errors';
import { constants, type FileHandle, open } from '../../base/files';
import { stagedError } from '../paths';

/** Up to here a file is read, hashed and written in one piece: fewer trips to the disk threads for the many small ones. */
const WHOLE_BYTES = 256 * 1024;
/** One piece of a larger file: 0.4 ms of hashing at a time, so that the event loop goes on between them. */
const PIECE_BYTES = 512 * 1024;

const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What the bytes must be. */
export interface Expected {
  readonly size: number;
  readonly sha256: string;
}

function changed(): SinkError {
  return new SinkError('INTEGRITY', 'the staged bytes are not those that were scanned');
}

/** Reads until `buffer` is full or the file ends; says how much there was. */
async function fill(file: FileHandle, buffer: Buffer): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

async function copyWhole(source: FileHandle, target: FileHandle, expected: Expected): Promise<void> {
  // one byte more than there should be: a short answer is then the end, without asking again
  const buffer = Buffer.allocUnsafe(expected.size + 1);
  let length = 0;
  for (let count = 1; count > 0 && length < expected.size; length += count) {
    count = (await source.read(buffer, length, buffer.length - length, null)).bytesRead;
  }
  const bytes = buffer.subarray(0, length);
  if (length !== expected.size || hash('sha256', bytes) !== expected.sha256) throw changed();
  await target.writeFile(bytes);
}

async function copyPieces(
  source: FileHandle,
  target: FileHandle,
  expected: Expected,
  signal: AbortSignal,
): Promise<void> {
  const digest = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const length = await fill(source, buffer);
    if (length === 0) break;
    total += length;
    if (total > expected.size) throw changed();
    const piece = buffer.subarray(0, length);
    digest.update(piece);
    await target.writeFile(piece);
  }
  if (total !== expected.size || digest.digest('hex') !== expected.sha256) throw changed();
}

/** Opens a staged copy without following a link. Throws INTEGRITY when it is gone. */
export async function openStaged(path: string): Promise<FileHandle> {
  try {
    return await open(path, READ_FLAGS);
  } catch (error) {
    throw stagedError(error);
  }
}

/**
 * Copies a staged file to `destination`, which must not exist; hashes exactly the bytes that are written. Whole, synced
 * and of the expected size when this resolves; the caller removes it when this rejects. Throws INTEGRITY when the staged
 * bytes are not the expected ones, SINK_MISMATCH when the destination holds fewer than were written.
 */
export async function copyVerified(
  path: string,
  destination: Buffer,
  options: Expected & { mode: number },
  signal: AbortSignal,
): Promise<void> {
  const source = await openStaged(path);
  try {
    const target = await open(destination, 'wx', options.mode);
    try {
      if (options.size <= WHOLE_BYTES) await copyWhole(source, target, options);
      else await copyPieces(source, target, options, signal);
      await target.sync();
      const { size } = await target.stat();
      if (size !== options.size) {
        throw new SinkError('SINK_MISMATCH', `${size} of ${options.size} bytes arrived at the destination`);
      }
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Whether a regular file with exactly these bytes is at `path`; links are not followed. Throws what the file system says. */
export async function holdsExactly(path: Buffer, expected: Expected, signal: AbortSignal): Promise<boolean> {
  const file = await open(path, READ_FLAGS);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size !== expected.size) return false;
    const digest = createHash('sha256');
    const buffer = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, expected.size + 1));
    for (;;) {
      signal.throwIfAborted();
      const length = await fill(file, buffer);
      if (length === 0) break;
      digest.update(buffer.subarray(0, length));
    }
    return digest.digest('hex') === expected.sha256;
  } finally {
    await file.close();
  }
}
