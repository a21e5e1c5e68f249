import { closeSync, openSync, readSync } from '../../../base/files';

const CHUNK_BYTES = 64 * 1024;

/** Reads a file from its start to its end, in the pieces that a format asks for. */
export class FileReader {
  /** Bytes that were taken so far. */
  position = 0;
  private readonly file: number;
  private held = Buffer.alloc(0);

  constructor(path: string) {
    this.file = openSync(path, 'r');
  }

  /** The next `length` bytes, fewer at the end of the file. Shared until the next call. */
  take(length: number): Buffer {
    while (this.held.length < length && this.readMore(length - this.held.length)) {
      // until there is enough, or nothing more
    }
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(taken.length);
    this.position += taken.length;
    return taken;
  }

  close(): void {
    closeSync(this.file);
  }

  private readMore(missing: number): boolean {
    const chunk = Buffer.allocUnsafe(Math.max(missing, CHUNK_BYTES));
    const length = readSync(this.file, chunk);
    this.held = Buffer.concat([this.held, chunk.subarray(0, length)]);
    return length > 0;
  }
}
