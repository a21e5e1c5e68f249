import { createHash } from 'node:crypto';
import { SinkError } from '../../base/errors';
import { constants, type FileHandle, open } from '../../base/files';
import { stagedError } from '../paths';

/** One piece of a file: 0.4 ms of hashing at a time, so that the event loop goes on between them. */
const PIECE_BYTES = 512 * 1024;

export const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What the bytes must be. */
export interface Expected {
  readonly size: number;
  readonly sha256: string;
}

export function changedBytes(): SinkError {
  return new SinkError('INTEGRITY', 'the staged bytes are not those that were scanned');
}

export function shortfall(arrived: number, expected: number): SinkError {
  return new SinkError('SINK_MISMATCH', `${arrived} of ${expected} bytes arrived at the destination`);
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
    if (total > expected.size) throw changedBytes();
    const piece = buffer.subarray(0, length);
    digest.update(piece);
    await target.writeFile(piece);
  }
  if (total !== expected.size || digest.digest('hex') !== expected.sha256) throw changedBytes();
}

/** Opens a staged copy without following a link. Throws INTEGRITY when it is gone. */
async function openStaged(path: string): Promise<FileHandle> {
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
      await copyPieces(source, target, options, signal);
      await target.sync();
      const { size } = await target.stat();
      if (size !== options.size) throw shortfall(size, options.size);
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
