import { syncFolder } from '../base/atomic-file';
import { errnoOf } from '../base/errors';
import { link, rename } from '../base/files';
import { removeFile } from '../base/remove-file';
import { exists } from './paths';

/** What file systems without hard links answer (exFAT, some network shares). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

let lastRename: Promise<unknown> = Promise.resolve();

/** One after the other, so that two names that are one there (case twins) never replace each other. */
function renameExclusive(partial: Buffer, target: Buffer): Promise<boolean> {
  const work = async () => {
    if (await exists(target)) return false;
    await rename(partial, target);
    return true;
  };
  const turn = lastRename.then(work, work); // that an earlier one failed was told to its own caller
  lastRename = turn;
  return turn;
}

/**
 * Gives the whole and synced file `partial` its name `target` (same file system). False, and nothing is changed, when
 * anything has that name. Where there are no hard links the name is looked at first and then taken by a rename: two
 * engines that publish the same name in the same instant are not kept apart there.
 */
export async function publishExclusive(partial: Buffer, target: Buffer): Promise<boolean> {
  try {
    await link(partial, target);
  } catch (error) {
    const code = errnoOf(error) ?? '';
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code)) throw error;
    return renameExclusive(partial, target);
  }
  await removeFile(partial);
  return true;
}

/**
 * Makes new names in folders durable. Many files that are published into one folder at once share few fsyncs: a call
 * that comes while one is running waits for the next, which covers all that came before it began.
 */
export class FolderSyncs {
  private readonly running = new Map<string, Promise<void>>();
  private readonly queued = new Map<string, Promise<void>>();
  private readonly syncOne: (folder: Buffer) => Promise<void>;

  constructor(syncOne: (folder: Buffer) => Promise<void> = syncFolder) {
    this.syncOne = syncOne;
  }

  sync(folder: Buffer): Promise<void> {
    const key = folder.toString('latin1');
    const running = this.running.get(key);
    if (running === undefined) return this.start(key, folder);
    const queued = this.queued.get(key);
    if (queued !== undefined) return queued;
    const next = running.then(
      () => this.startQueued(key, folder),
      () => this.startQueued(key, folder), // that failure was told to those who waited for it
    );
    this.queued.set(key, next);
    return next;
  }

  /** Resolves when every sync of `folder` that was asked for has ended; rejects as the last of them does. */
  async underWay(folder: Buffer): Promise<void> {
    const key = folder.toString('latin1');
    await (this.queued.get(key) ?? this.running.get(key));
  }

  private startQueued(key: string, folder: Buffer): Promise<void> {
    this.queued.delete(key);
    return this.start(key, folder);
  }

  private start(key: string, folder: Buffer): Promise<void> {
    const work = this.syncOne(folder).finally(() => {
      if (this.running.get(key) === work) this.running.delete(key);
    });
    this.running.set(key, work);
    return work;
  }
}
