import { createHash } from 'node:crypto';
import type { AnyPath } from '../../base/atomic-file';
import { errnoOf, SinkError } from '../../base/errors';
import { chmod, constants, type FileHandle, link, lstat, open, rm } from '../../base/files';
import { keptName } from '../../base/kept-name';
import { makeSubfolder } from '../../base/make-folder';
import type { Hashes } from '../../contract/item';
import { PartialFiles } from '../partial-files';
import { exists, folderOf, removeIfEmpty, stagedError } from '../paths';
import { FolderSyncs } from '../publish';
import { makeBeside } from '../quarantine/stored-file';
import { type ReportText, writeReportFile } from '../quarantine/write-report';

const REPORT_SUFFIX = '.report.json';
const RESTORED_MODE = 0o600;

type Expected = Pick<Hashes, 'sha256'>;

/** What identifies a held item; see HeldStore.put. */
export interface HeldItem {
  readonly submission: string;
  readonly fileName: Uint8Array;
  readonly itemKey: string;
}

/**
 * The held folder: bytes that nothing proved clean, in plain form, with their reports, until what held them is gone or
 * a person decides: `<root>/<submission>/<filename>` and `<filename>.report.json`. For the owner alone (0700, 0400).
 */
export class HeldStore {
  private readonly root: string;
  private readonly partials: PartialFiles;
  private readonly syncs = new FolderSyncs();

  constructor(root: string) {
    this.root = root;
    this.partials = new PartialFiles(root);
  }

  /**
   * Gives staged bytes a second name in the held folder; the staged name stays until the caller removes it. A name that
   * is taken gets the item's key as its number. Idempotent: the same bytes (the same file) are found again, by their
   * hash where the staged ones are gone. Throws INTEGRITY when there are neither, SINK_REFUSED when all names are taken.
   */
  async put(item: HeldItem & { readonly path: string; readonly hashes?: Expected }): Promise<{ location: Buffer }> {
    const folder = await this.folderOf(item.submission);
    const names = this.namesFor(item).map((name) => Buffer.concat([folder, name]));
    try {
      return await this.putAs(item, folder, names);
    } catch (error) {
      if (!(error instanceof SinkError && error.code === 'INTEGRITY') || item.hashes === undefined) throw error;
      for (const location of names) if (await this.holds(location, item.hashes)) return { location };
      throw error;
    }
  }

  private async putAs(
    item: HeldItem & { readonly path: string },
    folder: Buffer,
    names: readonly Buffer[],
  ): Promise<{ location: Buffer }> {
    for (const location of names) {
      // a report without its file belongs to an item without bytes
      const free = (await exists(location)) || !(await exists(this.reportPath(location)));
      if (free && (await this.linkTo(item.path, location))) {
        await chmod(location, 0o400);
        await this.syncs.sync(folder);
        return { location };
      }
    }
    throw new SinkError('SINK_REFUSED', `the held folder has another file under every name of item ${item.itemKey}`);
  }

  /** Path of the report that belongs to a held file. */
  reportPath(location: Uint8Array): Buffer {
    const bytes = Buffer.from(location);
    const split = bytes.lastIndexOf(0x2f) + 1;
    return Buffer.concat([bytes.subarray(0, split), keptName(bytes.subarray(split), REPORT_SUFFIX)]);
  }

  /** Where the report of an item goes whose bytes could not be taken: under its number, where no file has its report. */
  async reportPathWithoutBytes(item: HeldItem): Promise<Buffer> {
    const folder = await this.folderOf(item.submission);
    for (const number of [item.itemKey, `${item.itemKey}-2`, `${item.itemKey}-3`]) {
      const location = Buffer.concat([folder, keptName(item.fileName, '', number)]);
      if (!(await exists(location))) return this.reportPath(location);
    }
    throw new SinkError('SINK_REFUSED', `the held folder has another file under every name of item ${item.itemKey}`);
  }

  /** Written whole or not at all; a second time replaces the first. */
  async writeReport(path: Uint8Array, text: ReportText): Promise<void> {
    await writeReportFile(Buffer.from(path), text, this.partials.next(), this.syncs);
  }

  /**
   * Copies the bytes to `to` (0600), verified before they get that name. Throws ALREADY_EXISTS (nothing is ever
   * overwritten), INTEGRITY, NOT_FOUND.
   */
  async restore(location: Uint8Array, options: { to: AnyPath; expectedSha256: string }): Promise<void> {
    await makeBeside(options.to, this.syncs, (partial) => readVerified(location, options.expectedSha256, partial));
  }

  /** Reads all of a held file. Throws INTEGRITY when it has not the expected hash, NOT_FOUND. */
  verify(location: Uint8Array, expectedSha256: string): Promise<void> {
    return readVerified(location, expectedSha256, null);
  }

  /** Removes what an earlier engine left half-made; called at start. */
  async sweep(): Promise<{ readonly removed: number }> {
    return { removed: await this.partials.sweep() };
  }

  async remove(location: Uint8Array | null, report: Uint8Array | null): Promise<void> {
    for (const path of [location, report]) {
      if (path === null) continue;
      await rm(Buffer.from(path), { force: true });
      await removeIfEmpty(folderOf(Buffer.from(path)));
    }
  }

  private async folderOf(submission: string): Promise<Buffer> {
    const folder = `${this.root}/${submission}`;
    if (await makeSubfolder(folder, 0o700)) {
      await this.syncs.sync(Buffer.from(this.root));
    }
    return Buffer.from(`${folder}/`);
  }

  /** A file that is called like a report never takes the plain name: that belongs to the report of another file. */
  private namesFor(item: HeldItem): Buffer[] {
    const numbered = keptName(item.fileName, '', item.itemKey);
    const looksLikeReport = Buffer.from(item.fileName).toString('latin1').endsWith(REPORT_SUFFIX);
    return looksLikeReport ? [numbered] : [keptName(item.fileName, ''), numbered];
  }

  private async holds(location: Buffer, { sha256 }: Expected): Promise<boolean> {
    try {
      await this.verify(location, sha256);
      return true;
    } catch (error) {
      if (error instanceof SinkError && (error.code === 'INTEGRITY' || error.code === 'NOT_FOUND')) return false;
      throw error;
    }
  }

  /** False when another file has the name. */
  private async linkTo(path: string, location: Buffer): Promise<boolean> {
    try {
      await link(path, location);
      return true;
    } catch (error) {
      const code = errnoOf(error);
      if (code === 'ENOENT' && !(await exists(Buffer.from(path)))) throw stagedError(error);
      if (code !== 'EEXIST') throw error;
      const [ours, there] = await Promise.all([lstat(path, { bigint: true }), lstat(location, { bigint: true })]);
      return ours.dev === there.dev && ours.ino === there.ino;
    }
  }
}

/** Reads a held file to its end, into `copy` where one is named (which must not exist), and checks its hash. */
async function readVerified(location: Uint8Array, expectedSha256: string, copy: Buffer | null): Promise<void> {
  const digest = createHash('sha256');
  const source = await openHeld(location);
  try {
    const target = copy === null ? null : await open(copy, 'wx', RESTORED_MODE);
    try {
      for await (const chunk of source.createReadStream({ autoClose: false })) {
        digest.update(chunk);
        await target?.writeFile(chunk);
      }
      await target?.sync();
    } finally {
      await target?.close();
    }
  } finally {
    await source.close();
  }
  if (digest.digest('hex') !== expectedSha256)
    throw new SinkError('INTEGRITY', 'the held bytes are not those that were scanned');
}

/** Opens held bytes to be read, without following a link. Throws NOT_FOUND. */
export async function openHeld(location: Uint8Array): Promise<FileHandle> {
  try {
    return await open(Buffer.from(location), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new SinkError('NOT_FOUND', 'the held bytes are gone', { cause: error });
    throw error;
  }
}
