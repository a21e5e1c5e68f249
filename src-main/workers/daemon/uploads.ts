import { join } from 'node:path';
import { readdir } from '../../base/files';
import { makeSubfolder } from '../../base/make-folder';
import { removeFile } from '../../base/remove-file';
import { type PrivateCopy, writePrivateCopy } from './private-copy';
import { busy, Refusal } from './refusal';

/** An upload that no scan asked for is removed after this. */
const KEPT_MS = 10 * 60_000;
const RETRY_AFTER_S = 5;

interface Upload {
  readonly copy: PrivateCopy;
  readonly expiry: NodeJS.Timeout;
}

/** The private copies of files that are to be looked at, each under the uuid of its detection, in a folder of its own. */
export class Uploads {
  private readonly folder: string;
  private readonly mostBytes: number;
  private readonly uploads = new Map<string, Upload>();
  private readonly coming = new Set<string>();
  private bytes = 0;
  private copies = 0;

  /** `mostBytes`: all copies together, uploaded or from the shared folder. */
  constructor(folder: string, mostBytes: number) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** Makes the folder; what an earlier worker left in it is removed. */
  async open(): Promise<void> {
    await makeSubfolder(this.folder, 0o700);
    for (const name of await readdir(this.folder)) await removeFile(join(this.folder, name));
  }

  /** Keeps `pieces` for the detection `uuid`. Throws a Refusal: 409 for other bytes or a second upload, 503 without room. */
  async receive(uuid: string, sha256: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    if (this.uploads.has(uuid) || this.coming.has(uuid)) throw new Refusal(409, 'this ID has its file already');
    this.coming.add(uuid);
    try {
      const copy = await this.write(pieces);
      if (copy.sha256 !== sha256) {
        await this.drop(copy);
        throw new Refusal(409, 'the bytes do not have the hash that they were announced with');
      }
      const expiry = setTimeout(() => void this.discard(uuid).catch(() => undefined), KEPT_MS).unref();
      this.uploads.set(uuid, { copy, expiry });
    } finally {
      this.coming.delete(uuid);
    }
  }

  /** Gives the upload of `uuid` to one detection, which calls `remove` in the end. Throws a Refusal (404, 409). */
  take(uuid: string, sha256: string): { readonly copy: PrivateCopy; remove(): Promise<void> } {
    const upload = this.uploads.get(uuid);
    if (upload === undefined) throw new Refusal(404, 'no file was uploaded for this ID');
    if (upload.copy.sha256 !== sha256) throw new Refusal(409, 'the file uploaded for this ID has another hash');
    clearTimeout(upload.expiry);
    this.uploads.delete(uuid);
    return { copy: upload.copy, remove: () => this.drop(upload.copy) };
  }

  /** Copies bytes that came in another way, for one detection. Rejects as `receive` does. */
  async copy(pieces: AsyncIterable<Uint8Array>): Promise<{ readonly copy: PrivateCopy; remove(): Promise<void> }> {
    const copy = await this.write(pieces);
    return { copy, remove: () => this.drop(copy) };
  }

  /** Removes what was uploaded under `uuid` and is not in use; nothing may be there. */
  async discard(uuid: string): Promise<void> {
    const upload = this.uploads.get(uuid);
    if (upload === undefined) return;
    clearTimeout(upload.expiry);
    this.uploads.delete(uuid);
    await this.drop(upload.copy);
  }

  async close(): Promise<void> {
    for (const uuid of [...this.uploads.keys()]) await this.discard(uuid);
  }

  /** Bytes count from when they come. */
  private async write(pieces: AsyncIterable<Uint8Array>): Promise<PrivateCopy> {
    this.copies += 1;
    const counted = { bytes: 0 };
    try {
      return await writePrivateCopy(join(this.folder, `${this.copies}`), this.counting(pieces, counted));
    } catch (error) {
      this.bytes -= counted.bytes;
      throw error;
    }
  }

  private async *counting(pieces: AsyncIterable<Uint8Array>, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.bytes += piece.length;
      counted.bytes += piece.length;
      if (this.bytes > this.mostBytes) throw busy('no room for another file now', RETRY_AFTER_S);
      yield piece;
    }
  }

  private async drop(copy: PrivateCopy): Promise<void> {
    this.bytes -= copy.size;
    await removeFile(copy.path);
  }
}
