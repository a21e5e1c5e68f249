import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { FileType } from '../../../src-main/contract/item';
import { detectType, HEAD_BYTES } from '../../../src-main/intake/file-type';

/** The type of a file as the intake finds it: by its head, and a reader for the rest. */
export async function typeOfFile(path: string): Promise<FileType> {
  const file = openSync(path, 'r');
  const read = (offset: number, length: number) => {
    const part = Buffer.alloc(length);
    return part.subarray(0, readSync(file, part, 0, length, offset));
  };
  try {
    return await detectType({ head: read(0, HEAD_BYTES), size: statSync(path).size, read });
  } finally {
    closeSync(file);
  }
}
