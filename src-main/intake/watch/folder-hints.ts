import { type FSWatcher, watch } from 'chokidar';

export interface HintListener {
  /** Something happened to `name` in `folder` (absolute), or, with null, somewhere in it. Names may be mangled. */
  onHint(folder: string, name: string | null): void;
  /** Every folder that was there at the start is being listened to now. */
  onReady(): void;
  onError(error: unknown): void;
}

/**
 * File system events of one folder tree. chokidar is given folders only: it keeps nothing about files, so that its
 * memory grows with the folders (one inotify watch each), and the plain events of those folders are the hints.
 * Hints get lost and doubled; whoever listens must look for himself, now and then without any hint.
 */
export class FolderHints {
  private readonly watcher: FSWatcher;
  private closed = false;

  constructor(root: string, recursive: boolean, listener: HintListener) {
    this.watcher = watch(root, {
      followSymlinks: false,
      ignoreInitial: true,
      atomic: false,
      ignored: (_path, stats) => stats !== undefined && !stats.isDirectory(),
      ...(recursive ? {} : { depth: 0 }),
    });
    const whenOpen = (act: () => void) => {
      if (!this.closed) act();
    };
    this.watcher.on('raw', (_event, name, details) => {
      const folder = watchedPathOf(details);
      if (folder !== null) whenOpen(() => listener.onHint(folder, typeof name === 'string' ? name : null));
    });
    // files that came between mkdir and the start of listening gave no event
    this.watcher.on('addDir', (folder) => whenOpen(() => listener.onHint(folder, null)));
    this.watcher.on('ready', () => whenOpen(() => listener.onReady()));
    this.watcher.on('error', (error) => whenOpen(() => listener.onError(error)));
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.watcher.close();
  }
}

function watchedPathOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('watchedPath' in details)) return null;
  return typeof details.watchedPath === 'string' ? details.watchedPath : null;
}
