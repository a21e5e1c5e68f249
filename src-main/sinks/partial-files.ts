import { join } from 'node:path';
import { PARTIAL_PREFIX, partialPath } from '../base/atomic-file';
import { systemClock } from '../base/clock';
import { errnoOf } from '../base/errors';
import { lstat, readdir, rm } from '../base/files';

/** Nobody alive has written a file so far in the future: it was left before the clock was set back. */
const FUTURE_MS = 60 * 60 * 1000;

/** Exactly the names that partialPath gives: `.dropgate-partial-` and 16 hex digits. */
const PARTIAL_NAME = new RegExp(`^${PARTIAL_PREFIX.replaceAll('.', '\\.')}[0-9a-f]{16}$`);

/**
 * Half-made files of one place. They lie at its top, where nothing but folders of submissions is kept: so a file with
 * a name like theirs is never mistaken for one, and a sweep reads one folder however much is kept there.
 */
export class PartialFiles {
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Path for a new one. */
  next(): Buffer {
    return partialPath(join(this.root, 'partial'));
  }

  /**
   * Removes those that were last written before this engine started, or in the future, and says how many. Others may
   * belong to work in hand, also of another engine that shares the place. A place that does not exist has none.
   */
  async sweep(): Promise<number> {
    let removed = 0;
    for (const name of await this.names()) {
      const path = join(this.root, name);
      const stats = await lstat(path).catch((error: unknown) => {
        if (errnoOf(error) === 'ENOENT') return null; // its owner was quicker
        throw error;
      });
      if (stats === null || !stats.isFile() || isRecent(stats.mtimeMs)) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  private async names(): Promise<string[]> {
    try {
      // latin1: one character a byte, so that no name of any bytes can be read as one of ours
      return (await readdir(this.root, { encoding: 'latin1' })).filter((name) => PARTIAL_NAME.test(name));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

function isRecent(writtenMs: number): boolean {
  return writtenMs >= performance.timeOrigin && writtenMs < systemClock.now() + FUTURE_MS;
}
