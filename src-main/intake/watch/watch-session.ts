import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import type { WatchSettings } from '../../contract/settings';
import { Bell } from './bell';
import type { Bursts } from './bursts';
import type { IgnoreMatcher } from './ignore';
import { Listening } from './listening';
import { LookQueue } from './look-queue';
import { Looker } from './looker';
import { Refusals } from './refusals';
import { findRoot, type RootFolder } from './root-folder';
import type { KnownFiles, SettledFile, WatchEvent } from './settled-file';
import { Settling } from './settling';
import type { WatchTiming } from './timing';

/** After a full sweep the next one is at least so many times its duration away, */
const SWEEP_REST = 20;
/** after following hints the next look so many times, */
const HINT_REST = 2;
/** but hints are gathered for at least so long and wait for no longer than that, */
const LEAST_REST_MS = 50;
const MOST_REST_MS = 5000;
/** and are followed for so long without a look at the folder itself. */
const MOST_LOOKING_MS = 1000;
/** How long the settling loop sleeps at most. */
const IDLE_MS = 1000;

export interface SessionOptions {
  readonly settings: WatchSettings;
  readonly known: KnownFiles;
  readonly bursts: Bursts;
  readonly ignore: IgnoreMatcher;
  readonly configuration: Buffer | null;
  readonly onEvent: (event: WatchEvent) => void;
  readonly clock: Clock;
  readonly timing: WatchTiming;
}

/**
 * Watching from start (or resume) to pause (or close). Two loops: one looks (full sweeps, and where events hint), one
 * moves files that settled into bursts. Both end when the session stops; what still settles is forgotten then, because
 * the first sweep of the next session finds it again.
 */
export class WatchSession {
  private readonly options: SessionOptions;
  private readonly stopping = new AbortController();
  private readonly looks = new LookQueue();
  private readonly settling: Settling;
  private readonly looker: Looker;
  private readonly listening: Listening;
  private readonly lookBell = new Bell();
  private readonly settleBell = new Bell();
  private readonly loops: readonly Promise<void>[];
  private sweepsAsked: (() => void)[] = [];
  private root: RootFolder | null = null;
  private nextSweepAt = Number.NEGATIVE_INFINITY;
  private restUntil = Number.NEGATIVE_INFINITY;

  constructor(options: SessionOptions) {
    const { settings, onEvent } = options;
    this.options = options;
    this.settling = new Settling(settings.settleMs);
    this.looker = new Looker({
      ...options,
      recursive: settings.recursive,
      settling: this.settling,
      refusals: new Refusals((name, problem) => onEvent({ kind: 'refused', name, problem })),
      signal: this.stopping.signal,
      onFolder: (folder, inode) => this.listening.enter(folder, inode),
      onFile: () => this.settleBell.ring(),
    });
    this.listening = new Listening({
      looks: this.looks,
      onHint: () => this.lookBell.ring(),
      onProblem: (problem) => onEvent({ kind: 'error', problem }),
    });
    this.loops = [this.lookLoop(), this.settleLoop()];
  }

  /** A file that was in hand and was not taken over settles again. */
  settleAgain(file: SettledFile): void {
    this.settling.see(file, this.options.clock.monotonic());
    this.settleBell.ring();
  }

  /** A burst ended: files that waited for it may go. */
  ringForRoom(): void {
    this.settleBell.ring();
  }

  /**
   * Resolves when a full sweep that begins from now on is through (every new file has begun to settle), when the folder
   * is not there to be swept, or when the session stops.
   */
  sweep(): Promise<void> {
    if (this.stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.sweepsAsked.push(resolve);
      this.nextSweepAt = Number.NEGATIVE_INFINITY;
      this.restUntil = Number.NEGATIVE_INFINITY;
      this.lookBell.ring();
    });
  }

  /** From this call on nothing more is handed over; resolves when nothing of the session runs any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.lookBell.ring();
    this.settleBell.ring();
    await Promise.all(this.loops);
    this.listening.stop();
  }

  private async lookLoop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      let wait: number;
      try {
        wait = await this.lookOnce();
      } catch (error) {
        const problem = `looking at the folder failed: ${messageOf(error)}; it is tried again`;
        this.options.onEvent({ kind: 'error', problem });
        wait = this.options.timing.rootMs;
        this.looks.wantAll();
      }
      if (wait > 0 && !this.stopping.signal.aborted) await this.lookBell.wait(wait);
    }
    this.answerSweeps(this.sweepsAsked.splice(0));
  }

  /** One step of looking. Returns the ms until the next one is due; a ring of the bell shortens them. */
  private async lookOnce(): Promise<number> {
    const { timing, settings, clock } = this.options;
    const asked = this.sweepsAsked.splice(0);
    try {
      const root = await findRoot(settings.dir);
      this.report(root);
      if (root.kind !== 'there') {
        this.listening.stop();
        return timing.rootMs;
      }
      if (!settings.poll && this.listening.follow(root)) this.looks.wantAll();
      const now = clock.monotonic();
      const isSweepDue = now >= this.nextSweepAt || asked.length > 0;
      if (isSweepDue) this.looks.wantAll();
      else if (now < this.restUntil) return this.restUntil - now;
      return (await this.followLooks(root.path, isSweepDue)) ? 0 : Math.min(this.nextSweepAt - now, timing.rootMs);
    } finally {
      this.answerSweeps(asked);
    }
  }

  /** Does what the queue wants, and makes looking rest in proportion to what it cost. False when there was nothing. */
  private async followLooks(root: Buffer, isSweepDue: boolean): Promise<boolean> {
    const { clock, timing, settings } = this.options;
    const began = clock.monotonic();
    const waitedBefore = this.looker.waitedMs;
    const worked = () => clock.monotonic() - began - (this.looker.waitedMs - waitedBefore);
    let look = this.looks.take();
    if (look === null) return false;
    for (
      ;
      look !== null && !this.stopping.signal.aborted;
      look = worked() < MOST_LOOKING_MS ? this.looks.take() : null
    ) {
      if (look.kind === 'all') this.listening.sweepBegins();
      await this.looker.look(root, look);
      if (look.kind !== 'all' || this.stopping.signal.aborted) continue;
      this.listening.sweepEnds();
      const interval = settings.poll || !this.listening.isReliable ? timing.pollMs : timing.sweepMs;
      this.nextSweepAt = clock.monotonic() + Math.max(interval, worked() * SWEEP_REST);
    }
    // a sweep that was due has its own rest: hints need not wait for it
    const rest = isSweepDue ? LEAST_REST_MS : Math.max(LEAST_REST_MS, worked() * HINT_REST);
    this.restUntil = clock.monotonic() + Math.min(MOST_REST_MS, rest);
    return true;
  }

  private answerSweeps(asked: readonly (() => void)[]): void {
    for (const answer of asked) answer();
  }

  private report(root: RootFolder): void {
    const before = this.root;
    this.root = root;
    if (before?.kind === root.kind) return;
    if (root.kind !== 'there') this.options.onEvent({ kind: root.kind, problem: root.problem });
    else if (before !== null) this.options.onEvent({ kind: 'returned' });
  }

  private async settleLoop(): Promise<void> {
    while (!this.stopping.signal.aborted) await this.settleBell.wait(this.moveSettled());
  }

  /** Moves due files into the burst and sends it when it may go. Returns the ms until there is more to do. */
  private moveSettled(): number {
    const { bursts, clock } = this.options;
    const now = clock.monotonic();
    for (const file of this.settling.takeDue(now, bursts.free)) {
      // an older state of this path is still in hand: one after the other
      if (bursts.holdsPath(file)) this.settling.restart(file, now);
      else bursts.add(file);
    }
    const sendIn = bursts.nextIn(now, this.settling.size > 0);
    if (sendIn !== null && sendIn <= 0 && this.root?.kind === 'there') {
      bursts.send({ root: this.root.path, signal: this.stopping.signal });
      return 0;
    }
    const dueIn = bursts.free > 0 ? this.settling.nextDueIn(now) : null;
    return Math.max(1, Math.min(sendIn ?? IDLE_MS, dueIn ?? IDLE_MS, IDLE_MS));
  }
}
