import { createHash } from 'node:crypto';
import { DropgateError, messageOf } from '../../base/errors';
import { type FileHandle, open } from '../../base/files';
import { type IndexFooter, indexFooterSchema, MAGIC, MOST_FOOTER_BYTES, TRAILER_BYTES } from './index-format';

const READ_BYTES = 1024 * 1024;

/** Reads exactly `bytes` bytes at `position`; rejects with INTEGRITY when the file has fewer. */
export async function readExactly(handle: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  await fillFrom(handle, position, buffer);
  return buffer;
}

async function fillFrom(handle: FileHandle, position: number, buffer: Buffer): Promise<void> {
  const bytes = buffer.length;
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await handle.read(buffer, done, bytes - done, position + done);
    if (bytesRead === 0) throw new DropgateError('INTEGRITY', 'an index of a hash list ends early');
    done += bytesRead;
  }
}

/** The footer of an open index. Rejects with INTEGRITY when it is none of ours or cut short. */
export async function readFooter(handle: FileHandle): Promise<IndexFooter> {
  const { size } = await handle.stat();
  if (size < MAGIC.length + TRAILER_BYTES) throw new DropgateError('INTEGRITY', 'an index of a hash list is too short');
  const trailer = await readExactly(handle, size - TRAILER_BYTES, TRAILER_BYTES);
  const length = trailer.readUInt32LE(0);
  const whole = trailer.subarray(TRAILER_BYTES - MAGIC.length).equals(MAGIC);
  if (!whole || length > MOST_FOOTER_BYTES || length > size - TRAILER_BYTES)
    throw new DropgateError('INTEGRITY', 'this is no index of a hash list');
  const text = await readExactly(handle, size - TRAILER_BYTES - length, length);
  try {
    return indexFooterSchema.parse(JSON.parse(text.toString('utf8')));
  } catch (error) {
    throw new DropgateError('INTEGRITY', `the footer of an index is damaged: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * The footer of the index at `path` after every byte of it was checked against its hash. Rejects with INTEGRITY when
 * it is damaged, with ENOENT when there is none. Reads the whole file: for child processes.
 */
export async function verifyIndex(path: string): Promise<IndexFooter> {
  const handle = await open(path, 'r');
  try {
    const footer = await readFooter(handle);
    const { size } = await handle.stat();
    const hashed = size - TRAILER_BYTES + 4;
    const sum = createHash('sha256');
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (let position = 0; position < hashed; position += READ_BYTES) {
      const piece = buffer.subarray(0, Math.min(READ_BYTES, hashed - position));
      await fillFrom(handle, position, piece);
      sum.update(piece);
    }
    const expected = await readExactly(handle, hashed, 32);
    if (!sum.digest().equals(expected)) throw new DropgateError('INTEGRITY', 'an index of a hash list is damaged');
    return footer;
  } finally {
    await handle.close();
  }
}
