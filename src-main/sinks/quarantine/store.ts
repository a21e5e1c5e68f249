import { join } from 'node:path';
import type { AnyPath } from '../../base/atomic-file';
import { nameOf } from '../../base/display-name';
import { DropgateError, errnoOf, SinkError } from '../../base/errors';
import { lstat, rm } from '../../base/files';
import { makeSubfolder } from '../../base/make-folder';
import type { Hashes } from '../../contract/item';
import type { Footer } from '../cart/format';
import type { Peeked } from '../cart/peek';
import type { CartWorker } from '../cart/worker-client';
import { PartialFiles } from '../partial-files';
import { exists, folderOf, removeIfEmpty, stagedError } from '../paths';
import { FolderSyncs, publishExclusive } from '../publish';
import { submissionFolder } from '../relative-path';
import { storageError } from '../storage-error';
import { itemHeader, parseItemHeader } from './header';
import { CART_SUFFIX, REPORT_SUFFIX, reportPathOf, stemsFor } from './names';
import { lookInto, makeBeside } from './stored-file';
import { type ReportText, writeReportFile } from './write-report';

/** One item on its way into the quarantine. `itemKey` is unique in the ledger and makes doing it twice harmless. */
export interface QuarantinedFile {
  readonly path: string;
  readonly submission: string;
  readonly fileName: Uint8Array;
  readonly relativePath: Uint8Array;
  readonly itemKey: string;
  readonly hashes: Pick<Hashes, 'sha256'>;
}

const PRIVATE_FOLDER = 0o700;
const STORED_MODE = 0o400;
const RESTORED_MODE = 0o600;

/**
 * The quarantine: `<root>/<submission>/<filename>.cart` (0400, folders 0700), defanged as CaRT, its report beside it as
 * `<filename>.report.json`. Locations are absolute paths as true bytes.
 *
 * Doing a `put` twice is harmless without any reservation: the header of every file names its item and hash, a file
 * gets its name only when it is whole and synced, and an item has few names that it may have (see stemsFor). So a
 * repeated put finds its finished file by those names, or makes it anew; half-made files lie at the top of the root under
 * names of their own until `sweep`.
 */
export class QuarantineStore {
  private readonly root: string;
  private readonly cart: CartWorker;
  private readonly partials: PartialFiles;
  private readonly syncs = new FolderSyncs();

  /** `root`: absolute; made by the caller or with the first put. */
  constructor(root: string, cart: CartWorker) {
    this.root = root;
    this.cart = cart;
    this.partials = new PartialFiles(root);
  }

  /** Stores the bytes at `path`, which stay where they are. Throws INTEGRITY (not the scanned bytes), SINK_UNAVAILABLE. */
  async put(file: QuarantinedFile): Promise<{ readonly location: Buffer }> {
    return this.telling(async () => {
      const folder = await this.folderOf(file.submission);
      const names = stemsFor(file.fileName, file.itemKey).map((stem) => Buffer.concat([folder, stem]));
      for (const stem of names) {
        const location = Buffer.concat([stem, Buffer.from(CART_SUFFIX)]);
        if (!(await this.holds(location, file))) continue;
        // whoever made it may have died before its folders were synced
        await Promise.all([this.syncs.sync(folder), this.syncs.sync(Buffer.from(this.root))]);
        return { location };
      }
      return { location: await this.store(file, folder, names) };
    });
  }

  /** Path of the report that belongs to a stored file. */
  reportPath(location: Uint8Array): Buffer {
    return reportPathOf(location);
  }

  /** Where the report of an item without bytes goes: under its number, where no stored file has its report. */
  async reportPathWithoutBytes(file: Omit<QuarantinedFile, 'path' | 'hashes'>): Promise<Buffer> {
    return this.telling(async () => {
      const folder = await this.folderOf(file.submission);
      for (const stem of stemsFor(file.fileName, file.itemKey).slice(1)) {
        if (!(await exists(Buffer.concat([folder, stem, Buffer.from(CART_SUFFIX)])))) {
          return Buffer.concat([folder, stem, Buffer.from(REPORT_SUFFIX)]);
        }
      }
      throw nameless(file);
    });
  }

  /** Writes a report (0400) whole or not at all; a second time replaces the first. */
  async writeReport(path: Uint8Array, text: ReportText): Promise<void> {
    await this.telling(() => writeReportFile(Buffer.from(path), text, this.partials.next(), this.syncs));
  }

  /** Writes the report that belongs to a stored file, and says where. */
  async writeSidecar(location: Uint8Array, text: ReportText): Promise<Buffer> {
    const path = this.reportPath(location);
    await this.writeReport(path, text);
    return path;
  }

  /**
   * Puts the plain bytes at `to` (0600), verified before they get that name. Throws ALREADY_EXISTS (nothing is ever
   * overwritten), NOT_FOUND, INTEGRITY, SINK_UNAVAILABLE (the folder of `to`).
   */
  async restore(location: Uint8Array, options: { to: AnyPath; expectedSha256: string }): Promise<void> {
    const { to, expectedSha256 } = options;
    const { size } = await lookInto(location);
    await makeBeside(to, this.syncs, async (destination) => {
      await this.cart.unpack({ source: location, destination, mode: RESTORED_MODE, expectedSha256 }, size);
    });
  }

  /** A piece of the plain bytes, in memory only and for nothing but to be looked at; see peekCart. */
  peek(location: Uint8Array, offset: number, length: number): Promise<Peeked> {
    return this.reading(() => this.cart.peek({ source: location, offset, length }, offset + length));
  }

  /** Size and hashes of a stored file after reading all of it. Throws INTEGRITY, NOT_FOUND. */
  async verify(location: Uint8Array, expectedSha256: string | null = null): Promise<Footer> {
    const { size } = await lookInto(location);
    const request = { source: location, destination: null, mode: RESTORED_MODE, expectedSha256 };
    const { header, footer } = await this.reading(() => this.cart.unpack(request, size));
    if (parseItemHeader(header).dropgate_sha256 === footer.sha256) return footer;
    throw new SinkError('INTEGRITY', 'the CaRT file is damaged: header and footer tell different hashes');
  }

  /**
   * Writes a zip (AES-256, 0600) of the original, under its display name, and `report.json` to `to`. Throws as restore.
   * The password keeps scanners and mail filters off; it is no secret.
   */
  async exportZip(location: Uint8Array, to: AnyPath, report: object, password = 'infected'): Promise<void> {
    const { size, header } = await lookInto(location);
    const contents = { entryName: header.name, report: `${JSON.stringify(report, null, 2)}\n`, password };
    const expectedSha256 = header.dropgate_sha256;
    await makeBeside(to, this.syncs, async (destination) => {
      const request = { source: location, destination, mode: RESTORED_MODE, expectedSha256, ...contents };
      await this.cart.export(request, size);
    });
  }

  /** Removes a stored file and its report; nothing there is fine. Without `report` that is the one beside it. */
  async remove(location: Uint8Array | null, report?: Uint8Array | null): Promise<void> {
    const beside = location === null ? null : this.reportPath(location);
    await this.telling(async () => {
      for (const path of [location, report === undefined ? beside : report]) {
        if (path === null) continue;
        await rm(Buffer.from(path), { force: true });
        await removeIfEmpty(folderOf(Buffer.from(path)));
      }
    });
  }

  /** Removes what an earlier engine left half-made; called at start, before any put. */
  async sweep(): Promise<{ readonly removed: number }> {
    return this.telling(async () => ({ removed: await this.partials.sweep() }));
  }

  private async store(file: QuarantinedFile, folder: Buffer, stems: readonly Buffer[]): Promise<Buffer> {
    const partial = this.partials.next();
    try {
      const size = await stagedSize(file.path);
      const { sha256 } = file.hashes;
      await this.cart.encode(
        {
          source: Buffer.from(file.path),
          destination: partial,
          mode: STORED_MODE,
          header: itemHeader({ ...file, sha256 }),
          expectedSha256: sha256,
        },
        size,
      );
      for (const stem of stems) {
        if (await exists(Buffer.concat([stem, Buffer.from(REPORT_SUFFIX)]))) continue; // of an item without bytes
        const location = Buffer.concat([stem, Buffer.from(CART_SUFFIX)]);
        if (!(await publishExclusive(partial, location)) && !(await this.holds(location, file))) continue;
        await this.syncs.sync(folder);
        return location;
      }
      throw nameless(file);
    } finally {
      await rm(partial, { force: true });
    }
  }

  /** True when `location` is the finished file of this very item. Anything else there belongs to another. */
  private async holds(location: Buffer, file: QuarantinedFile): Promise<boolean> {
    try {
      const { header } = await lookInto(location);
      return header.dropgate_item === file.itemKey && header.dropgate_sha256 === file.hashes.sha256;
    } catch (error) {
      const code = error instanceof DropgateError ? error.code : errnoOf(error);
      if (code === 'NOT_FOUND' || code === 'INTEGRITY' || code === 'ELOOP' || code === 'EISDIR') return false;
      throw error;
    }
  }

  /** Folder of a submission, with a `/` at its end, durable. */
  private async folderOf(submission: string): Promise<Buffer> {
    const path = join(this.root, submissionFolder(submission));
    if (await makeSubfolder(path, PRIVATE_FOLDER)) {
      await this.syncs.sync(Buffer.from(this.root));
    }
    return Buffer.from(`${path}/`);
  }

  private async reading<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw storageError(error);
    }
  }

  private async telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw storageError(error, `the quarantine ${this.root}`);
    }
  }
}

async function stagedSize(path: string): Promise<number> {
  try {
    return (await lstat(path)).size;
  } catch (error) {
    throw stagedError(error);
  }
}

function nameless({ fileName, submission }: Pick<QuarantinedFile, 'fileName' | 'submission'>): SinkError {
  const shown = nameOf(fileName).display;
  return new SinkError(
    'SINK_REFUSED',
    `every name that "${shown}" may have in the quarantine of ${submission} is taken`,
  );
}
