import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../base/atomic-file';
import { errnoOf } from '../../base/errors';
import { readdir, readFile, rm } from '../../base/files';
import { PartialFiles } from '../partial-files';

const entrySchema = z.strictObject({
  owner: z.string(),
  bucket: z.string(),
  key: z.string(),
  /** Null until the server gave one. */
  uploadId: z.string().nullable(),
});
export type JournalEntry = z.infer<typeof entrySchema>;

/** An entry and the file that it lies in. */
export interface PendingUpload {
  readonly file: string;
  readonly entry: JournalEntry;
}

/**
 * Multipart uploads under way, one small file each in the data folder: written before the server is asked for an
 * upload, removed when it ended. So after a crash exactly our own uploads are known, and nobody else's are touched: an
 * entry holds the id, or, when the crash was quicker than the server's answer, a key with the GUID of a submission of ours.
 */
export class UploadJournal {
  private readonly folder: string;
  private readonly prefix: string;
  private readonly owner: string;

  /** `sinkId`: keeps the entries of destinations apart; `owner`: names the data folder. */
  constructor(folder: string, sinkId: string, owner: string) {
    this.folder = folder;
    this.owner = owner;
    this.prefix = `s3-upload-${createHash('sha256').update(sinkId).digest('hex').slice(0, 12)}-`;
  }

  /** One entry a key: what an earlier attempt left must have been cleared away (see `earlier`). */
  async begin(bucket: string, key: string): Promise<PendingUpload> {
    const entry = { owner: this.owner, bucket, key, uploadId: null };
    const pending = { file: this.fileFor(bucket, key), entry };
    await this.write(pending);
    return pending;
  }

  /** The entry that an earlier attempt at this key left, or null. */
  async earlier(bucket: string, key: string): Promise<PendingUpload | null> {
    return this.read(this.fileFor(bucket, key));
  }

  /** Notes the id that the server gave. */
  async note(pending: PendingUpload, uploadId: string): Promise<void> {
    await this.write({ file: pending.file, entry: { ...pending.entry, uploadId } });
  }

  async end(pending: PendingUpload): Promise<void> {
    await rm(pending.file, { force: true });
  }

  /** Uploads of this destination and data folder that never ended. A file that is none of ours is left alone. */
  async pending(): Promise<PendingUpload[]> {
    const names = (await this.names()).filter((name) => name.startsWith(this.prefix) && name.endsWith('.json'));
    const found: PendingUpload[] = [];
    for (const name of names) {
      const pending = await this.read(join(this.folder, name));
      if (pending !== null) found.push(pending);
    }
    return found;
  }

  /** Removes entries that a dead engine had half written, and says how many. */
  sweepHalfMade(): Promise<number> {
    return new PartialFiles(this.folder).sweep();
  }

  private fileFor(bucket: string, key: string): string {
    const name = createHash('sha256').update(`${bucket}\0${key}`).digest('hex').slice(0, 32);
    return join(this.folder, `${this.prefix}${name}.json`);
  }

  private async read(file: string): Promise<PendingUpload | null> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
    const parsed = entrySchema.safeParse(parseJson(text));
    return parsed.success && parsed.data.owner === this.owner ? { file, entry: parsed.data } : null;
  }

  private write({ file, entry }: PendingUpload): Promise<void> {
    return writeFileAtomic(file, (handle) => handle.writeFile(JSON.stringify(entry)), { mode: 0o600 });
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no entry: the schema refuses it
  }
}
