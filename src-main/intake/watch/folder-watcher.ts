import { type Clock, systemClock } from '../../base/clock';
import type { WatchSettings } from '../../contract/settings';
import { Bursts } from './bursts';
import { DEFAULT_IGNORE, type IgnoreMatcher, ignoreMatcher } from './ignore';
import type { KnownFiles, SettledFile, WatchEvent } from './settled-file';
import { DEFAULT_TIMING, type WatchTiming } from './timing';
import { WatchSession } from './watch-session';

export type { KnownFiles, KnownIdentity, SettledFile, WatchEvent } from './settled-file';

export interface FolderWatcherOptions {
  readonly known: KnownFiles;
  /**
   * Takes over one burst, at most 1,000 files; at most two run at once. Resolves when they are durable; when it
   * rejects they are offered again later, unless `known` has them by then.
   */
  readonly onBurst: (files: SettledFile[]) => Promise<void>;
  readonly onEvent: (event: WatchEvent) => void;
  /** True path of the configuration in use: listed as refused, never taken. */
  readonly configuration?: Buffer | null;
  readonly clock?: Clock;
  readonly timing?: Partial<WatchTiming>;
}

/**
 * One watched folder. Takes every regular file whose size and mtime were still for `settleMs`, whether it came before
 * or after the start, once, and hands files over in bursts. File system events only say where to look; a full sweep at
 * start, at resume, and every minute decides, so that lost and doubled events change nothing.
 *
 * Links are never followed and special files never opened. Not taken: what matches the default or the configured
 * ignore patterns (files and folders alike). `recursive: false`: only files directly in the folder. `poll: true`: no
 * events at all, sweeps every few seconds. The folder may be missing at the start and go and come as it likes.
 */
export class FolderWatcher {
  private readonly settings: WatchSettings;
  private readonly options: FolderWatcherOptions;
  private readonly clock: Clock;
  private readonly timing: WatchTiming;
  private readonly bursts: Bursts;
  private readonly ignore: IgnoreMatcher;
  private session: WatchSession | null = null;
  private ending: Promise<void> = Promise.resolve();
  private isPaused: boolean;
  private isClosed = false;

  /** Throws when an ignore pattern is none. */
  constructor(settings: WatchSettings, options: FolderWatcherOptions) {
    this.settings = settings;
    this.options = options;
    this.clock = options.clock ?? systemClock;
    this.timing = { ...DEFAULT_TIMING, ...options.timing };
    this.ignore = ignoreMatcher([...DEFAULT_IGNORE, ...settings.ignore]);
    this.isPaused = settings.paused;
    this.bursts = new Bursts({
      known: options.known,
      onBurst: options.onBurst,
      onProblem: (problem) => options.onEvent({ kind: 'error', problem }),
      onAgain: (file) => this.session?.settleAgain(file),
      onRoom: () => this.session?.ringForRoom(),
      clock: this.clock,
      quietMs: this.timing.quietMs,
      longestMs: this.timing.longestBurstMs,
    });
  }

  /** Begins to watch, unless the settings say paused. Does not wait for the first sweep. Called twice: nothing more. */
  async start(): Promise<void> {
    await this.ending;
    if (this.isPaused || this.isClosed || this.session !== null) return;
    this.session = new WatchSession({
      settings: this.settings,
      known: this.options.known,
      bursts: this.bursts,
      ignore: this.ignore,
      configuration: this.options.configuration ?? null,
      onEvent: this.options.onEvent,
      clock: this.clock,
      timing: this.timing,
    });
  }

  /** From this call on nothing is taken. Bursts that were handed over already are not called back. */
  pause(): void {
    this.isPaused = true;
    this.endSession();
  }

  /** Watches again, beginning with a full sweep. */
  async resume(): Promise<void> {
    this.isPaused = false;
    await this.start();
  }

  /**
   * A full sweep now. Resolves when it is through: every new file has begun to settle; with very many new files that
   * waits for earlier ones to be handed over. At once while paused, closed or not started.
   */
  async sweep(): Promise<void> {
    await this.session?.sweep();
  }

  /** Ends for good; resolves when the bursts being handed over are done and nothing runs any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.endSession();
    await this.ending;
    await this.bursts.idle();
  }

  private endSession(): void {
    const { session } = this;
    this.session = null;
    if (session === null) return;
    const stopped = session.stop();
    this.bursts.dropGathered();
    this.ending = Promise.all([this.ending, stopped]).then(() => undefined);
  }
}
