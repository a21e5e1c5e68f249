import { BatchThread } from '../../base/batch-thread';
import { nameOf } from '../../base/display-name';
import { errnoOf, messageOf, SinkError } from '../../base/errors';
import { access, constants, stat } from '../../base/files';
import { Limiter } from '../../base/limiter';
import { removeFile } from '../../base/remove-file';
import { untilAborted } from '../../base/until-aborted';
import { PartialFiles } from '../partial-files';
import { FolderSyncs, publishExclusive } from '../publish';
import { namesOfRelativePath, submissionFolder } from '../relative-path';
import type { OutgoingItem, Sink, SinkHealth } from '../sink';
import { storageError } from '../storage-error';
import { copyVerified, type Expected, holdsExactly } from './copy';
import { Pace } from './pace';
import { type FolderAnswer, type FolderQuestion, fromByteText, SMALL_BYTES, toByteText } from './small-file';

/** Files at once: bounds memory (half a MiB each) and open files, and keeps the disk busy. */
const AT_ONCE = 16;
const SLASH = Buffer.from('/');
/** Read-only, as everything that is published; the umask may take more away. */
const FILE_MODE = 0o444;

/** What opening a place says that holds no file of ours. */
const NOT_OURS = new Set(['ENOENT', 'ELOOP', 'ENXIO', 'EISDIR', 'EACCES']);

type FolderThread = Pick<BatchThread<FolderQuestion, FolderAnswer>, 'ask' | 'close'>;

class FolderSink implements Sink {
  readonly kind = 'folder';
  readonly id: string;
  private readonly dir: string;
  private readonly partials: PartialFiles;
  private readonly syncs = new FolderSyncs();
  private readonly thread: FolderThread;
  private readonly pace = new Pace();
  private readonly slots = new Limiter(AT_ONCE);

  constructor(id: string, dir: string, thread: FolderThread) {
    this.id = id;
    this.dir = dir;
    this.thread = thread;
    this.partials = new PartialFiles(dir);
  }

  async describe(): Promise<SinkHealth> {
    try {
      if (!(await stat(this.dir)).isDirectory()) throw new SinkError('SINK_UNAVAILABLE', `${this.dir} is not a folder`);
      await access(this.dir, constants.W_OK | constants.X_OK);
      return { state: 'ready', problem: null, notes: [] };
    } catch (error) {
      return { state: 'not_ready', problem: messageOf(storageError(error, this.dir)), notes: [] };
    }
  }

  async put(item: OutgoingItem, signal: AbortSignal): Promise<{ readonly location: Buffer }> {
    try {
      const { location, changed } = await this.slots.run(() => this.store(item, signal), signal);
      // outside of the slot: the more wait for a folder together, the fewer times it is synced
      await Promise.all(changed.map((folder) => this.syncs.sync(folder)));
      return { location };
    } catch (error) {
      if (signal.aborted && error === signal.reason) throw error;
      throw storageError(error, this.dir);
    }
  }

  async sweep(): Promise<{ readonly removed: number }> {
    try {
      return { removed: await this.partials.sweep() };
    } catch (error) {
      throw storageError(error, this.dir);
    }
  }

  close(): Promise<void> {
    return this.thread.close();
  }

  /** Resolves with the file's place and the folders in which names are new and not yet durable. */
  private async store(item: OutgoingItem, signal: AbortSignal): Promise<{ location: Buffer; changed: Buffer[] }> {
    const names = namesOfRelativePath(item.relativePath);
    const folders = [Buffer.from(submissionFolder(item.submission)), ...names.slice(0, -1)];
    const root = Buffer.from(this.dir);
    const location = joinNames([root, ...folders, ...names.slice(-1)]);
    const changed = await this.publish(item, { root, folders, location }, signal);
    return { location, changed: [...changed] };
  }

  /** Resolves with the folders in which names are new and not yet durable. */
  private async publish(
    { path, size, hashes: { sha256 } }: OutgoingItem,
    { root, folders, location }: { root: Buffer; folders: readonly Buffer[]; location: Buffer },
    signal: AbortSignal,
  ): Promise<readonly Buffer[]> {
    const expected = { size, sha256 };
    const partial = this.partials.next();
    const names = { partial: toByteText(partial), to: toByteText(location) };
    const small = size > SMALL_BYTES || this.pace.slow ? null : { ...expected, ...names, from: path, mode: FILE_MODE };
    const asked = this.thread.ask({ root: toByteText(root), folders: folders.map(toByteText), small });
    let answer: FolderAnswer | null = null;
    try {
      answer = await untilAborted(asked, signal);
      if (small !== null) this.pace.tell(answer.tookMs);
      if (answer.kind === 'published') return [];
      const changed = [fromByteText(answer.folder)];
      if (small === null) await copyVerified(path, partial, { ...expected, mode: FILE_MODE }, signal);
      signal.throwIfAborted();
      if (await publishExclusive(partial, location)) return changed;
      if (!(await isOurs(location, expected, signal))) {
        throw new SinkError('SINK_REFUSED', `${nameOf(location).display} is there already and is something else`);
      }
      await removeFile(partial);
      return changed;
    } catch (error) {
      if (signal.aborted && answer === null) {
        // what hangs there would hold up who gave up: isOurs finds what is published late, `sweep` what stays
        const remove = () => removeFile(partial);
        asked.then(remove, remove).catch(() => undefined);
        throw error;
      }
      await removeFile(partial);
      // without its staged bytes it may have arrived before: an older ledger knows nothing of that
      if (error instanceof SinkError && error.code === 'INTEGRITY' && (await isOurs(location, expected, signal)))
        return [joinNames([root, ...folders])];
      throw error;
    }
  }
}

const joinNames = (names: readonly Buffer[]): Buffer =>
  Buffer.concat(names.flatMap((name, index) => (index === 0 ? [name] : [SLASH, name])));

async function isOurs(location: Buffer, expected: Expected, signal: AbortSignal): Promise<boolean> {
  try {
    return await holdsExactly(location, expected, signal);
  } catch (error) {
    const code = errnoOf(error);
    if (code !== null && NOT_OURS.has(code)) return false;
    throw error;
  }
}

/**
 * Clean files into `<dir>/<submission>/<relative path>`, never replacing anything, never through a link below `dir`.
 * `dir` must exist: a share that is not mounted is not made anew on the disk below it.
 */
export function createFolderSink(
  id: string,
  dir: string,
  thread: FolderThread = new BatchThread('folder-worker'),
): Sink {
  return new FolderSink(id, dir, thread);
}
