import type { Logger } from 'pino';
import { messageOf } from '../base/errors';
import type { Plan } from '../contract/submission';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { Aborts } from './aborts';
import { Delays } from './delays';
import type { DestinationLanes } from './destination-lanes';
import { Feed } from './feed';
import { NoRoom, Parked, Postponed } from './postponed';
import { PostponementLog } from './postponement-log';
import type { StagingRoom } from './staging-room';

export interface SchedulerOptions {
  readonly ledger: Ledger;
  readonly log: Logger;
  /** Where items wait that cannot go on. */
  readonly lanes: DestinationLanes;
  /** Room for the bytes of new files; null where it is not looked after. */
  readonly room: StagingRoom | null;
  /** Files that are worked on at once. */
  readonly window: number;
  /** Takes an item as far as it can; rejects with Parked, Postponed, or with anything else when the work itself is broken. */
  readonly work: (item: Item, plan: Plan, signal: AbortSignal) => Promise<void>;
}

/**
 * Keeps a bounded number of items in work. The ledger is the queue: nothing but ids of what is in work or delayed is
 * held in memory, so a backlog of any length costs nothing; nor does what is parked in the lanes.
 */
export class Scheduler {
  private readonly active = new Set<number>();
  private readonly delays = new Delays((id) => {
    this.due.add(id);
    this.feed();
  });
  private readonly due = new Set<number>();
  /** In work, and moved again by somebody else meanwhile: to be taken once more. */
  private readonly again = new Set<number>();
  private readonly aborts = new Aborts();
  private readonly queue: Feed;
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
    this.queue = new Feed(options.ledger.items);
    options.lanes.onReady = () => this.feed();
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
    if (from !== undefined) this.queue.goBackTo(from);
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
    this.queue.readAnew();
  }

  /** As `abort`, for one item. */
  abortItem(itemId: number): void {
    this.aborts.item(itemId);
    this.queue.readAnew();
  }

  /** An item was settled by somebody else: it waits for nothing any more. */
  forget(itemId: number): void {
    this.delays.end(itemId);
    this.due.delete(itemId);
  }

  /** An item that is delayed, or the lane in which it waits, is tried now. False when it waits for nothing. */
  hurry(itemId: number): boolean {
    if (!this.delays.cutShort(itemId)) return this.options.lanes.hurry(itemId);
    if (!this.active.has(itemId)) this.due.add(itemId);
    this.feed();
    return true;
  }

  /** Everything that is delayed, and every lane in which something waits, is tried now. */
  hurryAll(): void {
    for (const id of this.delays.ids()) this.hurry(id);
    this.options.lanes.hurryAll();
  }

  /** Why nothing new is taken; null while everything is. */
  intakePause(): string | null {
    return this.options.room?.reason ?? null;
  }

  /** Items that wait for something outside, of all submissions. */
  waitingCount(): number {
    if (this.isStuck()) return this.options.ledger.items.countUnsettled();
    return this.delays.waitingCount() + this.options.lanes.waitingCount();
  }

  /** Items of a submission that wait for something outside (a destination, a disk), with the reason of one of them. */
  waitingOf(submissionId: number): { count: number; problem: string | null } {
    if (this.isStuck()) {
      return { count: this.options.ledger.items.countOpen(submissionId), problem: this.intakePause() };
    }
    const delayed = this.delays.waitingOf(submissionId);
    const parked = this.options.lanes.waitingOf(submissionId);
    return { count: delayed.count + parked.count, problem: parked.problem ?? delayed.problem };
  }

  problemOf(itemId: number): string | null {
    return this.delays.problemOf(itemId) ?? this.options.lanes.problemOf(itemId);
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
    this.delays.stop();
    this.options.lanes.stop();
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

  /** The next item that may be worked on: one whose delay is over, one that a lane lets go on, else the next of the ledger. */
  private next(): Item | null {
    for (const id of this.due) {
      this.due.delete(id);
      const item = this.options.ledger.items.find(id);
      if (item !== null && item.settledSeq === null) return item;
      this.delays.end(id);
    }
    const parked = this.options.lanes.next((id) => this.active.has(id));
    if (parked !== null) return parked;
    return this.queue.next((id) => this.active.has(id) || this.delays.has(id), this.intakePause() !== null);
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
    let isQueued = false;
    try {
      await work(item, ledger.submissions.get(item.submissionId).plan, signal);
      this.delays.end(item.id);
    } catch (error) {
      isQueued = error instanceof NoRoom && item.state === 'received';
      if (isQueued) this.delays.end(item.id);
      else await this.putOff(item, error);
      if (!signal.aborted) this.tellFailed(item, error);
    } finally {
      this.options.lanes.leave(item.id);
      this.active.delete(item.id);
      this.aborts.end(item.id);
      if (isQueued) this.queue.goBackTo(item.id);
      if (this.again.delete(item.id) && !this.delays.has(item.id)) this.due.add(item.id);
    }
  }

  /** What is parked waits in its lane; whatever failed for a reason of its own waits by itself, and keeps nobody else. */
  private async putOff(item: Item, error: unknown): Promise<void> {
    if (error instanceof Parked) return this.delays.end(item.id);
    if (this.stopped) return;
    this.delays.add(item.id, item.submissionId, messageOf(error));
    try {
      await this.options.lanes.takeOut(item.id);
    } catch (problem) {
      this.options.log.error({ item: String(item.id), err: problem }, 'an item could not be taken out of its lane');
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

  /** Nothing moves that could make room for what is not taken yet: all of it waits for something outside. */
  private isStuck(): boolean {
    if (this.intakePause() === null || this.due.size > 0) return false;
    const { lanes } = this.options;
    const waits = (id: number) => lanes.isKnocking(id) || this.delays.has(id);
    return !lanes.isRestless() && !this.delays.isRestless() && [...this.active].every(waits);
  }

  private tellIdle(): void {
    if (this.idleWaiters.length === 0 || this.active.size > 0) return;
    const restless = () => this.delays.isRestless() || this.options.lanes.isRestless();
    if (!this.stopped && (this.due.size > 0 || this.queue.isReading || restless())) return;
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }
}
