import { errnoOf, messageOf, ProbeError } from '../../base/errors';
import { type FileHandle, open } from '../../base/files';

/** Read at once for a small piece: what comes behind it is mostly asked for next. */
const AHEAD_BYTES = 128 * 1024;
const SMALL_BYTES = AHEAD_BYTES / 2;

/** An open staged file that is read in pieces, wherever a format sends its reader. */
export class FileWindow {
  readonly size: number;
  private readonly handle: FileHandle;
  private ahead: { readonly from: number; readonly bytes: Buffer } = { from: 0, bytes: Buffer.alloc(0) };

  private constructor(handle: FileHandle, size: number) {
    this.handle = handle;
    this.size = size;
  }

  /** Throws ProbeError SOURCE_UNREADABLE, or SOURCE_CHANGED when the file has not `size` bytes. */
  static async open(path: string, size: number): Promise<FileWindow> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (error) {
      throw unreadable(error);
    }
    try {
      if ((await handle.stat()).size === size) return new FileWindow(handle, size);
    } catch (error) {
      await handle.close();
      throw unreadable(error);
    }
    await handle.close();
    throw new ProbeError('SOURCE_CHANGED', 'the staged file does not have the size it was hashed with');
  }

  /**
   * The bytes from `offset`, at most `length` and at most to the end; empty outside the file. They are shared: never
   * write into them. Throws SOURCE_UNREADABLE.
   */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (offset < 0 || wanted === 0) return Buffer.alloc(0);
    const known = this.readAhead(offset, wanted);
    if (known !== null) return known;
    if (wanted > SMALL_BYTES) return this.readWhole(offset, wanted);
    const bytes = await this.readWhole(offset, Math.min(AHEAD_BYTES, this.size - offset));
    this.ahead = { from: offset, bytes };
    return bytes.subarray(0, wanted);
  }

  private readAhead(offset: number, wanted: number): Buffer | null {
    const { from, bytes } = this.ahead;
    const at = offset - from;
    return at >= 0 && at + wanted <= bytes.length ? bytes.subarray(at, at + wanted) : null;
  }

  private async readWhole(offset: number, wanted: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(wanted);
    let done = 0;
    while (done < wanted) {
      const { bytesRead } = await this.readOnce(buffer, done, offset + done);
      if (bytesRead === 0) throw new ProbeError('SOURCE_CHANGED', 'the staged file became shorter while it was read');
      done += bytesRead;
    }
    return buffer;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async readOnce(buffer: Buffer, at: number, position: number): Promise<{ bytesRead: number }> {
    try {
      return await this.handle.read(buffer, at, buffer.length - at, position);
    } catch (error) {
      throw unreadable(error);
    }
  }
}

function unreadable(error: unknown): ProbeError {
  const why = errnoOf(error) ?? messageOf(error);
  return new ProbeError('SOURCE_UNREADABLE', `the staged file cannot be read (${why})`, { cause: error });
}
