import { chmod, link, lstat, mkdir, rm, rmdir } from 'node:fs/promises';
import { writeFileAtomic } from '../../base/atomic-file';
import { errnoOf, SinkError } from '../../base/errors';
import { keptName } from '../../base/kept-name';

const REPORT_SUFFIX = '.report.json';

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

  constructor(root: string) {
    this.root = root;
  }

  /**
   * Gives staged bytes a second name in the held folder; the staged name stays until the caller removes it. A name that
   * is taken gets the item's key as its number. Idempotent: the same bytes (the same file) are found again.
   */
  async put(item: HeldItem & { readonly path: string }): Promise<{ location: Buffer }> {
    const folder = await this.folderOf(item.submission);
    for (const name of this.namesFor(item)) {
      const location = Buffer.concat([folder, name]);
      if (await this.linkTo(item.path, location)) {
        await chmod(location, 0o400);
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

  /** Where the report of an item goes whose bytes could not be taken. Its own number keeps it apart from all others. */
  async reportPathWithoutBytes(item: HeldItem): Promise<Buffer> {
    const folder = await this.folderOf(item.submission);
    return Buffer.concat([folder, keptName(keptName(item.fileName, '', item.itemKey), REPORT_SUFFIX)]);
  }

  /** Written whole or not at all; a second time replaces the first. */
  async writeReport(path: Uint8Array, report: object): Promise<void> {
    await writeFileAtomic(Buffer.from(path), (handle) => handle.writeFile(`${JSON.stringify(report, null, 2)}\n`), {
      mode: 0o400,
    });
  }

  async remove(location: Uint8Array | null, report: Uint8Array | null): Promise<void> {
    for (const path of [location, report]) {
      if (path === null) continue;
      await rm(Buffer.from(path), { force: true });
      await removeIfEmpty(path);
    }
  }

  private async folderOf(submission: string): Promise<Buffer> {
    const folder = `${this.root}/${submission}`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return Buffer.from(`${folder}/`);
  }

  /** A file that is called like a report never takes the plain name: that belongs to the report of another file. */
  private namesFor(item: HeldItem): Buffer[] {
    const numbered = keptName(item.fileName, '', item.itemKey);
    const looksLikeReport = Buffer.from(item.fileName).toString('latin1').endsWith(REPORT_SUFFIX);
    return looksLikeReport ? [numbered] : [keptName(item.fileName, ''), numbered];
  }

  /** False when another file has the name. */
  private async linkTo(path: string, location: Buffer): Promise<boolean> {
    try {
      await link(path, location);
      return true;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      const [ours, there] = await Promise.all([lstat(path, { bigint: true }), lstat(location, { bigint: true })]);
      return ours.dev === there.dev && ours.ino === there.ino;
    }
  }
}

async function removeIfEmpty(path: Uint8Array): Promise<void> {
  const bytes = Buffer.from(path);
  try {
    await rmdir(bytes.subarray(0, bytes.lastIndexOf(0x2f)));
  } catch (error) {
    const code = errnoOf(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}
