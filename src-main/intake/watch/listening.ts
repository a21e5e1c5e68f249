import { decodeUtf8 } from '../../base/display-name';
import { errnoOf, messageOf } from '../../base/errors';
import { FolderHints } from './folder-hints';
import type { LookQueue } from './look-queue';
import type { RootFolder } from './root-folder';

type Root = Extract<RootFolder, { kind: 'there' }>;

export interface ListeningOptions {
  readonly recursive: boolean;
  readonly looks: LookQueue;
  /** There is something new in `looks`. */
  readonly onHint: () => void;
  readonly onProblem: (problem: string) => void;
  /** A folder that just appeared is looked at again after so many ms. */
  readonly secondLookMs: number;
}

/** The system has no more watches or handles: folders are no longer all listened to. */
const EXHAUSTED = ['ENOSPC', 'EMFILE', 'ENFILE'];
/** Different problems that are reported in one session. */
const MOST_PROBLEMS = 100;

/**
 * Listens to the watched folder that is there now, and to the new one when another takes its place (a mount, a folder
 * made anew). Turns what it hears into looks.
 */
export class Listening {
  private readonly options: ListeningOptions;
  private readonly problems = new Set<string>();
  private readonly appeared = new Set<string>();
  private root: Root | null = null;
  private hints: FolderHints | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** False once the system ran out of watches: sweeps must come more often. */
  isReliable = true;

  constructor(options: ListeningOptions) {
    this.options = options;
  }

  /** True when this is another folder than before (or the first): everything in it must be looked at. */
  async follow(root: Root): Promise<boolean> {
    const before = this.root;
    if (before !== null && before.dev === root.dev && before.ino === root.ino && before.path.equals(root.path)) {
      return false;
    }
    await this.stop();
    this.root = root;
    const path = decodeUtf8(root.path);
    this.isReliable = path !== null;
    if (path !== null) this.listen(path);
    return true;
  }

  /** Hears nothing any more, until `follow`. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.appeared.clear();
    this.root = null;
    const hints = this.hints;
    this.hints = null;
    await hints?.close();
  }

  private listen(path: string): void {
    const { recursive, looks, onHint } = this.options;
    this.hints = new FolderHints(path, recursive, {
      onHint: (folder, name) => {
        looks.hint(path, folder, name);
        if (name === null) this.lookAgain(path, folder);
        onHint();
      },
      onReady: () => {
        looks.wantAll();
        onHint();
      },
      onError: (error) => this.fail(error),
    });
  }

  /** The system begins to listen to a new folder a moment after it appeared; what came in between gave no event. */
  private lookAgain(root: string, folder: string): void {
    this.appeared.add(folder);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      for (const one of this.appeared) this.options.looks.hint(root, one, null);
      this.appeared.clear();
      this.options.onHint();
    }, this.options.secondLookMs);
  }

  private fail(error: unknown): void {
    const errno = errnoOf(error) ?? '';
    const exhausted = EXHAUSTED.includes(errno);
    if (exhausted) this.isReliable = false;
    const problem = exhausted
      ? `the system has no more file watches (${errno}): raise fs.inotify.max_user_watches; until then the folder is searched every few seconds`
      : `file events: ${messageOf(error)}; nothing is lost, the folder is searched now and then`;
    if (this.problems.has(problem) || this.problems.size >= MOST_PROBLEMS) return;
    this.problems.add(problem);
    this.options.onProblem(problem);
  }
}
