import { crc32, inflateRawSync } from 'node:zlib';
import type { FileWindow } from './file-window';
import { FLAG_ENCRYPTED, type ZipMember } from './zip-directory';

/** Unpacked in one go up to this size: half a millisecond. A stream for each would cost more than the member itself. */
const SMALL_BYTES = 128 * 1024;
const STORED = 0;
const DEFLATED = 8;
/** zlib wants at least so much room. */
const LEAST_BYTES = 64;

/**
 * The content of a small plain member whose data begins at `dataOffset`, in memory of its own. Null for every other
 * one, and where anything is not exactly as the directory says (sizes, checksum, an end before the end of the data).
 */
export async function unpackSmall(window: FileWindow, member: ZipMember, dataOffset: number): Promise<Buffer | null> {
  const { size, compressedSize, storedMethod } = member;
  if (size > SMALL_BYTES || compressedSize > SMALL_BYTES || member.isFolder || member.isLink) return null;
  if ((member.flags & FLAG_ENCRYPTED) !== 0 || (storedMethod !== STORED && storedMethod !== DEFLATED)) return null;
  const packed = await window.read(dataOffset, compressedSize);
  if (packed.length !== compressedSize) return null;
  const content = storedMethod === STORED ? Buffer.from(packed) : inflate(packed, size);
  return content !== null && content.length === size && crc32(content) === member.crc32 ? content : null;
}

function inflate(packed: Buffer, size: number): Buffer | null {
  const room = Math.max(size, LEAST_BYTES);
  try {
    const options = { chunkSize: room, maxOutputLength: room, info: true } as const;
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as Inflated;
    return engine.bytesWritten === packed.length ? Buffer.from(buffer) : null;
  } catch {
    return null; // damaged, or larger than it says: the caller's other way finds out and says so
  }
}

/** What zlib gives with `info` (its types leave it out). `bytesWritten`: how much of the input was used. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
