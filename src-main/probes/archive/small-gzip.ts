import { promisify } from 'node:util';
import { gunzip, type InputType, type ZlibOptions } from 'node:zlib';
import type { FileWindow } from './file-window';
import { unpackedSchema } from './trial-unpack';

/** Packed and unpacked. A 7-Zip of its own would cost such a file far more than its content does. */
const MOST_PACKED = 256 * 1024;
const MOST_UNPACKED = 1024 * 1024;

const unpack = promisify<InputType, ZlibOptions, unknown>(gunzip);

/**
 * The content of a small gzip file (RFC 1952), of all its members together, in memory of its own. Null for every other
 * one, and where anything is wrong with it: its header, data, checksums and sizes, an end that is missing, or bytes
 * behind it. Throws SOURCE_UNREADABLE.
 */
export async function unpackSmallGzip(window: FileWindow): Promise<Buffer | null> {
  if (window.size > MOST_PACKED) return null;
  const packed = await window.read(0, window.size);
  try {
    const { buffer, engine } = unpackedSchema.parse(
      await unpack(packed, { info: true, maxOutputLength: MOST_UNPACKED }),
    );
    return engine.bytesWritten === packed.length ? buffer : null;
  } catch {
    return null; // damaged, or larger than that: the caller's other way finds out and says so
  }
}
