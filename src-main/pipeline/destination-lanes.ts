import type { Logger } from 'pino';
import type { Clock } from '../base/clock';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { DestinationLane, STALLED_AFTER_MS } from './destination-lane';
import { Parked, Postponed } from './postponed';

export interface DestinationLanesOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is told of one lane. Times in milliseconds; null where nothing waits, or nobody is about to try. */
export interface LaneStatus {
  readonly waiting: number;
  readonly oldestReceivedAt: number | null;
  readonly nextTryInMs: number | null;
}

/** Lane of a destination, and of a gate that is closed because of one probe. Both stand in the ledger. */
export const laneTo = (destination: string): string => `destination ${destination}`;
export const laneBehind = (probe: string): string => `gate ${probe}`;

/**
 * Where items wait that are decided and cannot go on: one lane for each destination. An item that waits costs one row
 * that says so; memory and timers are those of lanes. What comes back, comes back oldest first.
 */
export class DestinationLanes {
  /** Told when something that waited may go on; set by who works on it. */
  onReady: () => void = () => undefined;
  private readonly lanes = new Map<string, DestinationLane>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly options: DestinationLanesOptions;
  private stopped = false;

  constructor(options: DestinationLanesOptions) {
    this.options = options;
  }

  /** Takes over what an earlier engine left waiting: each lane is knocked at once. */
  restore(): void {
    for (const { lane, count, problem } of this.options.ledger.waiting.lanes()) {
      this.laneOf(lane).restore(count, problem ?? lane);
    }
  }

  /** No timer is left. */
  stop(): void {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  /** A parked item that may be worked on now; its lane counts it from then on. `isBusy`: it is in work still. */
  next(isBusy: (id: number) => boolean): Item | null {
    for (const [key, lane] of this.lanes) {
      const id = this.nextIn(key, lane);
      const item = id === null || isBusy(id) ? null : this.options.ledger.items.find(id);
      if (item === null) continue;
      lane.takeUp(item.id);
      this.watchForStall(key, lane);
      return item;
    }
    return null;
  }

  /**
   * Resolves when the item has a place in the lane; rejects with Parked, and with the signal's reason. `busy`: what is
   * told while others go first.
   */
  async enter(key: string, item: Item, busy: string, signal: AbortSignal): Promise<void> {
    const lane = this.laneOf(key);
    const asked = lane.ask(item.id);
    const withdraw = () => lane.withdraw(item.id);
    signal.addEventListener('abort', withdraw, { once: true });
    this.watchForStall(key, lane);
    const admitted = await asked;
    signal.removeEventListener('abort', withdraw);
    signal.throwIfAborted();
    if (!admitted) throw await this.park(key, item, lane.problem ?? busy);
  }

  /** An item went through: whatever waited there follows. */
  opened(key: string, id: number): void {
    if (!(this.lanes.get(key)?.open(id) ?? false)) return;
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.options.log.info({ lane: key }, 'what waited goes on');
  }

  /** An item could not go through. Resolves with what to reject with: parked, unless the failure is its own. */
  async refused(key: string, item: Item, problem: string): Promise<Postponed> {
    const lane = this.laneOf(key);
    if (!lane.refuse(item.id, problem)) return new Postponed(problem);
    const parked = await this.park(key, item, problem);
    this.wakeAtNextKnock(key, lane);
    return parked;
  }

  /** Work on an item is over, whatever came of it. */
  leave(id: number): void {
    for (const lane of this.lanes.values()) lane.leave(id);
  }

  /** An item failed for a reason of its own: it waits in no lane any more. */
  async takeOut(id: number): Promise<void> {
    if (this.parkedCount() === 0) return;
    const { ledger } = this.options;
    const lane = await ledger.commit(() => ledger.waiting.take(id));
    if (lane !== null) this.laneOf(lane).parked -= 1;
  }

  /** It is the one that tries whether a destination that was given up is back. */
  isKnocking(id: number): boolean {
    return this.givenUp().some(([, lane]) => lane.holds(id));
  }

  /** An item ended: it waits no more, as its row says. */
  ended({ waitingFor }: Item): void {
    if (waitingFor !== null) this.laneOf(waitingFor).parked -= 1;
  }

  /** The lane in which an item waits is tried now. False when it waits in none. */
  hurry(itemId: number): boolean {
    const key = this.parkedCount() === 0 ? null : this.options.ledger.waiting.of(itemId);
    if (key === null) return false;
    this.laneOf(key).hurry();
    this.onReady();
    return true;
  }

  /** Every lane is tried now. */
  hurryAll(): void {
    for (const lane of this.lanes.values()) if (lane.parked > 0) lane.hurry();
    this.onReady();
  }

  /** Something waits that is about to be tried. */
  isRestless(): boolean {
    return [...this.lanes.values()].some((lane) => lane.parked > 0 && !lane.isGivenUp);
  }

  waitingCount(): number {
    return this.givenUp().reduce((sum, [, lane]) => sum + lane.parked, 0);
  }

  /** Of one submission, with the reason of one of them. */
  waitingOf(submissionId: number): { count: number; problem: string | null } {
    let count = 0;
    let problem: string | null = null;
    for (const [key, lane] of this.givenUp()) {
      const here = this.options.ledger.waiting.countOf(key, submissionId);
      count += here;
      if (here > 0) problem = lane.problem;
    }
    return { count, problem };
  }

  /** Why an item waits, as its lane says it now. */
  problemOf(itemId: number): string | null {
    const key = this.parkedCount() === 0 ? null : this.options.ledger.waiting.of(itemId);
    return key === null ? null : this.laneOf(key).problem;
  }

  statusOf(key: string): LaneStatus {
    const lane = this.lanes.get(key);
    if (lane === undefined || lane.parked === 0) return { waiting: 0, oldestReceivedAt: null, nextTryInMs: null };
    const oldestReceivedAt = this.options.ledger.waiting.oldestReceivedAt(key);
    return { waiting: lane.parked, oldestReceivedAt, nextTryInMs: lane.nextKnockMs };
  }

  private givenUp(): [string, DestinationLane][] {
    return [...this.lanes].filter(([, lane]) => lane.parked > 0 && lane.isGivenUp);
  }

  private parkedCount(): number {
    let count = 0;
    for (const lane of this.lanes.values()) count += lane.parked;
    return count;
  }

  private nextIn(key: string, lane: DestinationLane): number | null {
    const behind = lane.nextBehind();
    if (behind === null) return null;
    const { waiting } = this.options.ledger;
    let id = waiting.next(key, behind);
    if (id === null && behind > 0) id = waiting.next(key, 0); // all have knocked: the oldest again
    while (id !== null && lane.holds(id)) id = waiting.next(key, id);
    return id;
  }

  private async park(key: string, item: Item, problem: string): Promise<Parked> {
    const { ledger } = this.options;
    if (item.waitingFor !== key) {
      const before = await ledger.commit(() => ledger.waiting.park(item.id, key, problem));
      if (before !== null) this.laneOf(before).parked -= 1;
      this.laneOf(key).parked += 1;
    }
    return new Parked(problem);
  }

  private laneOf(key: string): DestinationLane {
    let lane = this.lanes.get(key);
    if (lane === undefined) {
      lane = new DestinationLane(() => this.options.clock.monotonic());
      this.lanes.set(key, lane);
    }
    return lane;
  }

  private wakeAtNextKnock(key: string, lane: DestinationLane): void {
    const ms = lane.nextKnockMs;
    if (ms === 0) this.onReady();
    // timers know whole milliseconds, and are early sometimes
    else if (ms !== null) this.wakeIn(key, Math.ceil(ms), () => this.wakeAtNextKnock(key, lane));
  }

  private watchForStall(key: string, lane: DestinationLane): void {
    if (!lane.isFull || this.timers.has(key)) return;
    this.wakeIn(key, STALLED_AFTER_MS, () => {
      if (lane.isStalled) lane.clearWaiters();
      this.watchForStall(key, lane);
    });
  }

  private wakeIn(key: string, ms: number, wake: () => void): void {
    if (this.stopped) return;
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      wake();
    }, ms);
    timer.unref();
    this.timers.set(key, timer);
  }
}
