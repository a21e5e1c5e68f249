import { backoffMs } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import { isSame, type KnownFiles, pathKey, type SettledFile } from './settled-file';
import { isInsideRealFolders, sight } from './sighting';

/** Files of one burst at most. */
export const MOST_FILES = 1000;
/** Bursts that are handed over at once; more wait until one is done. */
const IN_FLIGHT = 2;
const RETRY_FIRST_MS = 1000;
const RETRY_MOST_MS = 60_000;

export interface BurstOptions {
  readonly known: KnownFiles;
  /** Resolves when the files are durably somebody else's. */
  readonly onBurst: (files: SettledFile[]) => Promise<void>;
  readonly onProblem: (problem: string) => void;
  /** A file that left the hand without being taken over, as it is now: it must settle again. */
  readonly onAgain: (file: SettledFile) => void;
  /** A burst ended: there is room, and a next one may go. */
  readonly onRoom: () => void;
  readonly clock: Clock;
  /** A burst goes when no other file settles, when nothing was added for so long, */
  readonly quietMs: number;
  /** or when its first file has waited so long. */
  readonly longestMs: number;
}

/** Where a burst is checked a last time; once the signal aborted nothing more is handed over. */
export interface BurstSource {
  readonly root: Buffer;
  readonly signal: AbortSignal;
}

/**
 * Gathers settled files into bursts and hands them over. A file is `in hand` from the moment it is added until its
 * burst ended, and is checked a last time right before: changed ones settle again, vanished, moved and known ones are
 * dropped. When handing over fails nothing is lost: the files settle again, and the next try waits longer each time.
 */
export class Bursts {
  private readonly options: BurstOptions;
  private readonly inHand = new Map<string, SettledFile>();
  private gathered: SettledFile[] = [];
  private firstAt = 0;
  private lastAt = 0;
  private failures = 0;
  private retryAt = Number.NEGATIVE_INFINITY;
  private readonly running = new Set<Promise<void>>();

  constructor(options: BurstOptions) {
    this.options = options;
  }

  /** Files in hand: gathered, and being handed over. */
  get size(): number {
    return this.inHand.size;
  }

  /** Files that the burst being gathered can still take. */
  get free(): number {
    return MOST_FILES - this.gathered.length;
  }

  /** The file is in hand as it is now. */
  holds(file: SettledFile): boolean {
    const held = this.inHand.get(pathKey(file.relativePath));
    return held !== undefined && isSame(held, file);
  }

  /** A file of this path is in hand, as it is now or as it was. */
  holdsPath(file: SettledFile): boolean {
    return this.inHand.has(pathKey(file.relativePath));
  }

  add(file: SettledFile): void {
    const now = this.options.clock.monotonic();
    if (this.gathered.length === 0) this.firstAt = now;
    this.lastAt = now;
    this.gathered.push(file);
    this.inHand.set(pathKey(file.relativePath), file);
  }

  /** Forgets what was gathered and not yet handed over; a later sweep finds it again. */
  dropGathered(): void {
    this.release(this.gathered);
    this.gathered = [];
  }

  /**
   * Ms until the gathered burst may go, 0 or less when it may; null when there is none or it must wait for another.
   * `moreSettle`: other files may soon belong to it.
   */
  nextIn(now: number, moreSettle: boolean): number | null {
    if (this.gathered.length === 0 || this.running.size >= IN_FLIGHT) return null;
    const { quietMs, longestMs } = this.options;
    const ready = this.free <= 0 || !moreSettle ? now : Math.min(this.lastAt + quietMs, this.firstAt + longestMs);
    return Math.max(ready, this.retryAt) - now;
  }

  /** Hands over what was gathered. Returns at once; see `idle`. */
  send(source: BurstSource): void {
    const files = this.gathered;
    this.gathered = [];
    const run = this.handOver(files, source).finally(() => {
      this.running.delete(run);
      this.options.onRoom();
    });
    this.running.add(run);
  }

  /** Resolves when nothing is being handed over any more. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private async handOver(files: SettledFile[], source: BurstSource): Promise<void> {
    let again: SettledFile[] = files;
    try {
      const { ready, changed } = await this.check(files, source);
      if (source.signal.aborted) return;
      if (ready.length > 0) await this.options.onBurst(ready);
      this.failures = 0;
      again = changed;
    } catch (error) {
      this.failures += 1;
      const wait = backoffMs(this.failures, RETRY_FIRST_MS, RETRY_MOST_MS);
      this.retryAt = this.options.clock.monotonic() + wait;
      const seconds = Math.max(1, Math.round(wait / 1000));
      this.options.onProblem(
        `${files.length} files could not be handed on: ${messageOf(error)}; next try in ${seconds} s`,
      );
    } finally {
      this.release(files);
      for (const file of again) this.options.onAgain(file);
    }
  }

  /** The last look before the files leave: as they settled, reached through folders and no link, and not known. */
  private async check(files: SettledFile[], source: BurstSource) {
    const ready: SettledFile[] = [];
    const changed: SettledFile[] = [];
    const folders = new Map<string, boolean>();
    for (const file of files) {
      if (!(await isInsideRealFolders(source.root, file.relativePath, folders))) continue;
      const sighting = await sight(source.root, file.relativePath);
      if (sighting.kind !== 'file') continue;
      if (!isSame(sighting.file, file)) changed.push(sighting.file);
      else if (!(await this.options.known.has(file))) ready.push(file);
    }
    return { ready, changed };
  }

  private release(files: readonly SettledFile[]): void {
    for (const file of files) this.inHand.delete(pathKey(file.relativePath));
  }
}
