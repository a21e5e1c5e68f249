import type { Logger } from 'pino';
import { backoffMs } from '../base/backoff';
import { messageOf } from '../base/errors';
import type { Plan } from '../contract/submission';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { Aborts } from './aborts';
import { PostponementLog } from './postponement-log';

/** After so many vain attempts an item counts as waiting: nobody is kept waiting for it, and it is tried on and on. */
export const ATTEMPTS_BEFORE_WAITING = 3;
const DELAY = { firstMs: 500, mostMs: 60_000 } as const;
const PAGE = 128;

/** Thrown by the work on an item: not now, for a reason that is not the item's. */
export class Postponed extends Error {}

interface Delayed {
  readonly submissionId: number;
  readonly attempts: number;
  readonly problem: string;
  readonly timer: NodeJS.Timeout;
}

export interface SchedulerOptions {
  readonly ledger: Ledger;
  readonly log: Logger;
  /** Files that are worked on at once. */
  readonly window: number;
  /** Takes an item as far as it can; rejects with Postponed, or with anything else when the work itself is broken. */
  readonly work: (item: Item, plan: Plan, signal: AbortSignal) => Promise<void>;
}

/**
 * Keeps a bounded number of items in work. The ledger is the queue: nothing but ids of what is in work or delayed is
 * held in memory, so a backlog of any length costs nothing.
 */
export class Scheduler {
  private readonly active = new Set<number>();
  private readonly delayed = new Map<number, Delayed>();
  private waiting = 0;
  private readonly due = new Set<number>();
  /** In work, and moved again by somebody else meanwhile: to be taken once more. */
  private readonly again = new Set<number>();
  private readonly aborts = new Aborts();
  private page: Item[] = [];
  private cursor = 0;
  private started = false;
  private stopped = false;
  private paused = false;
  private feeding = false;
  /** An item of a dead engine is being run, with the notes in the ledger before and after. */
  private alone = false;
  private idleWaiters: (() => void)[] = [];
  private readonly postponements: PostponementLog;
  private readonly options: SchedulerOptions;

  constructor(options: SchedulerOptions) {
    this.options = options;
    this.postponements = new PostponementLog(options.log);
  }

  /**
   * Begins. `inFlight` are the items that a dead engine had in its hands: they are run one by one before anything
   * else, so that if one of them brought it down, its neighbours are not blamed. That it runs alone is durable before
   * it begins, and taken back when the engine outlives it: an item that does not let engines live is given up.
   */
  async start(inFlight: readonly number[]): Promise<void> {
    for (const id of inFlight) {
      if (this.stopped) return;
      const item = this.options.ledger.items.find(id);
      if (item !== null) await this.runAlone(item);
    }
    this.started = true;
    this.feed();
  }

  /** New items are in the ledger, or an old one moves again (`from` is its id). */
  wake(from?: number): void {
    if (from !== undefined) this.cursor = Math.min(this.cursor, from - 1);
    if (from !== undefined) this.page = [];
    if (from !== undefined && this.active.has(from)) this.again.add(from);
    this.feed();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.feed();
  }

  isPaused(): boolean {
    return this.paused;
  }

  /**
   * Aborts what is in work for a submission. The caller cancels what is undecided of it next; what is left unsettled
   * then (it was on its way out already) is taken up again after a while.
   */
  abort(submissionId: number): void {
    this.aborts.submission(submissionId);
    this.page = []; // read ahead before the abort: what the ledger says now counts
  }

  /** As `abort`, for one item. */
  abortItem(itemId: number): void {
    this.aborts.item(itemId);
    this.page = [];
  }

  /** An item was settled by somebody else: it waits for nothing any more. */
  forget(itemId: number): void {
    clearTimeout(this.delayed.get(itemId)?.timer);
    this.undelay(itemId);
    this.due.delete(itemId);
  }

  /** An item that is delayed is tried now. False when it is not delayed. */
  hurry(itemId: number): boolean {
    const delayed = this.delayed.get(itemId);
    if (delayed === undefined) return false;
    clearTimeout(delayed.timer);
    if (!this.active.has(itemId)) this.due.add(itemId);
    this.feed();
    return true;
  }

  /** Items that wait for something outside, of all submissions. */
  waitingCount(): number {
    return this.waiting;
  }

  /** Items of a submission that wait for something outside (a destination, a disk), with the newest reason. */
  waitingOf(submissionId: number): { count: number; problem: string | null } {
    let count = 0;
    let problem: string | null = null;
    for (const delayed of this.delayed.values()) {
      if (delayed.submissionId !== submissionId || delayed.attempts < ATTEMPTS_BEFORE_WAITING) continue;
      count += 1;
      problem = delayed.problem;
    }
    return { count, problem };
  }

  problemOf(itemId: number): string | null {
    return this.delayed.get(itemId)?.problem ?? null;
  }

  activeCount(): number {
    return this.active.size;
  }

  /** Resolves when nothing is left that can be done now: all settled, or waiting for something outside, or stopped. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.idleWaiters.push(resolve);
      this.feed();
    });
  }

  /**
   * Ends: takes nothing new, gives what is in work `graceMs`, then aborts it; aborted items stay where they are in the
   * ledger, and the next engine goes on with them.
   */
  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.delayed.values()) clearTimeout(timer);
    const deadline = setTimeout(() => {
      this.aborts.all();
    }, graceMs);
    while (this.active.size > 0 || this.alone) await new Promise((resolve) => setTimeout(resolve, 5));
    clearTimeout(deadline);
    this.tellIdle();
  }

  private feed(): void {
    if (!this.started || this.feeding) return;
    this.feeding = true;
    try {
      while (!this.stopped && !this.paused && this.active.size < this.options.window) {
        const item = this.next();
        if (item === null) break;
        void this.process(item).then(() => this.feed());
      }
    } finally {
      this.feeding = false;
    }
    this.tellIdle();
  }

  /** The next item that may be worked on: one whose delay is over, else the next of the ledger. */
  private next(): Item | null {
    for (const id of this.due) {
      this.due.delete(id);
      const item = this.options.ledger.items.find(id);
      if (item !== null && item.settledSeq === null) return item;
      this.undelay(id);
    }
    for (;;) {
      const item = this.page.shift();
      if (item === undefined) {
        this.page = this.options.ledger.items.unsettled({ after: this.cursor, limit: PAGE });
        if (this.page.length === 0) return null;
        continue;
      }
      this.cursor = item.id;
      if (!this.active.has(item.id) && !this.delayed.has(item.id)) return item;
    }
  }

  private async runAlone(item: Item): Promise<void> {
    const { ledger, log } = this.options;
    this.alone = true;
    try {
      await ledger.commit(() => ledger.marks.beginAlone(item.id));
      await this.process(item);
      await ledger.commit(() => ledger.marks.endAlone(item.id));
    } catch (error) {
      log.error({ item: String(item.id), err: error }, 'what a dead engine had in its hands could not be run alone');
    } finally {
      this.alone = false;
    }
  }

  private async process(item: Item): Promise<void> {
    const { ledger, work } = this.options;
    this.active.add(item.id);
    const signal = this.aborts.begin(item);
    try {
      await work(item, ledger.submissions.get(item.submissionId).plan, signal);
      this.undelay(item.id);
    } catch (error) {
      if (!this.stopped) this.delay(item, error);
      if (!signal.aborted) this.tellFailed(item, error);
    } finally {
      this.active.delete(item.id);
      this.aborts.end(item.id);
      if (this.again.delete(item.id) && !this.delayed.has(item.id)) this.due.add(item.id);
    }
  }

  private tellFailed(item: Item, error: unknown): void {
    const submission = this.guidOf(item);
    if (error instanceof Postponed) this.postponements.tell(submission, item, error.message);
    else this.options.log.error({ submission, item: String(item.id), err: error }, 'work on an item failed');
  }

  /** For the log, which also tells of a submission that cannot be read. */
  private guidOf(item: Item): string {
    try {
      return this.options.ledger.submissions.get(item.submissionId).guid;
    } catch {
      return `unreadable submission ${item.submissionId}`;
    }
  }

  private delay(item: Item, error: unknown): void {
    const attempts = (this.delayed.get(item.id)?.attempts ?? 0) + 1;
    const timer = setTimeout(
      () => {
        this.due.add(item.id);
        this.feed();
      },
      backoffMs(attempts, DELAY.firstMs, DELAY.mostMs),
    );
    timer.unref();
    if (attempts === ATTEMPTS_BEFORE_WAITING) this.waiting += 1;
    this.delayed.set(item.id, { submissionId: item.submissionId, attempts, problem: messageOf(error), timer });
  }

  private undelay(itemId: number): void {
    if ((this.delayed.get(itemId)?.attempts ?? 0) >= ATTEMPTS_BEFORE_WAITING) this.waiting -= 1;
    this.delayed.delete(itemId);
  }

  private tellIdle(): void {
    if (this.idleWaiters.length === 0 || this.active.size > 0) return;
    const restless = () => [...this.delayed.values()].some(({ attempts }) => attempts < ATTEMPTS_BEFORE_WAITING);
    if (!this.stopped && (this.due.size > 0 || this.page.length > 0 || restless())) return;
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }
}
