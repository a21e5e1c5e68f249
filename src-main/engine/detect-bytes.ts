import type { FileType } from '../contract/item';
import { detectType } from '../intake/file-type';

/** The type of a few bytes that are all in memory. */
export function detectBytes(bytes: Uint8Array): Promise<FileType> {
  const read = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  return detectType({ head: bytes, size: bytes.length, read });
}
