import { backoffMs } from '../base/backoff';

/** Items of one lane that may be in work at once, of all that an engine has in work. */
export const LANE_PLACES = 16;
/** After so many vain knocks nobody is kept waiting for a lane; it is knocked at on and on. */
export const KNOCKS_BEFORE_WAITING = 3;
const KNOCKS = { firstMs: 500, mostMs: 60_000 } as const;
/** When all places are taken and nothing moved for this long, whoever comes next is parked. */
export const STALLED_AFTER_MS = 2000;
const MOST_SUSPECTS = 64;

/** Shut, with what is known of it. `knocks`: how many were in vain. */
interface Shut {
  knocks: number;
  /** When the next one may knock, on the monotonic clock. */
  until: number;
  problem: string;
  /** The last one that knocked: the next one behind it is next. */
  lastKnock: number;
  /** Ids that it refused. */
  readonly refused: Set<number>;
}

interface Waiter {
  readonly id: number;
  /** True: it has a place; false: it is to be parked. */
  readonly answer: (admitted: boolean) => void;
}

/**
 * The way to one destination. Open, it has a few places; whoever finds them taken waits for a moment in memory, and is
 * parked when nothing moves. Shut, all are parked but one that knocks from time to time. Those that are parked go first,
 * the oldest first. Knows ids only; who is parked stands in the ledger.
 */
export class DestinationLane {
  /** How many the ledger has parked here, those that are in work now included. */
  parked = 0;
  private readonly monotonic: () => number;
  /** In work, and whether the ledger has it parked. */
  private readonly inside = new Map<number, boolean>();
  private waiters: Waiter[] = [];
  private shut: Shut | null = null;
  private knocking: number | null = null;
  /** Refused while the lane was shut, which others found open afterwards. */
  private suspects: ReadonlySet<number> = new Set();
  private lastMove: number;

  constructor(monotonic: () => number) {
    this.monotonic = monotonic;
    this.lastMove = monotonic();
  }

  /** As a dead engine left it: shut, and to be knocked at now. */
  restore(parked: number, problem: string): void {
    this.parked = parked;
    this.shut = { knocks: 0, until: this.monotonic(), problem, lastKnock: 0, refused: new Set() };
  }

  /** Why it is shut; null when it is open. */
  get problem(): string | null {
    return this.shut?.problem ?? null;
  }

  /** Milliseconds until the next one may knock; null while it is open. */
  get nextKnockMs(): number | null {
    return this.shut === null ? null : Math.max(0, this.shut.until - this.monotonic());
  }

  /** What is parked waits for something outside, and nobody waits for it. */
  get isGivenUp(): boolean {
    return this.shut !== null && this.shut.knocks >= KNOCKS_BEFORE_WAITING;
  }

  get isFull(): boolean {
    return this.inside.size >= LANE_PLACES;
  }

  get isStalled(): boolean {
    return this.isFull && this.monotonic() - this.lastMove >= STALLED_AFTER_MS;
  }

  /** Parked ones that nobody works on. */
  private get left(): number {
    return this.parked - [...this.inside.values()].filter((isParked) => isParked).length;
  }

  /** Behind which id the next parked one is to be taken up; null when none may be now. */
  nextBehind(): number | null {
    if (this.parked === 0 || this.left <= 0) return null;
    if (this.shut === null) return this.isFull ? null : 0;
    return this.knocking === null && this.shut.until <= this.monotonic() ? this.shut.lastKnock : null;
  }

  /** A parked one is taken up: into a place, or to knock. */
  takeUp(id: number): void {
    this.enter(id, true);
  }

  holds(id: number): boolean {
    return this.inside.has(id);
  }

  /**
   * An item that is not parked comes. True: it has a place; false: it is to be parked. Resolves at once, or while
   * others in their places move.
   */
  ask(id: number): Promise<boolean> {
    if (this.inside.has(id)) return Promise.resolve(true);
    if (this.shut !== null) {
      if (this.parked > 0 || this.knocking !== null || this.nextKnockMs !== 0) return Promise.resolve(false);
    } else if ((this.parked > 0 && this.left > 0) || this.isStalled) {
      return Promise.resolve(false);
    } else if (this.isFull) {
      return new Promise((answer) => this.waiters.push({ id, answer }));
    }
    this.enter(id, false);
    return Promise.resolve(true);
  }

  /** Work on an item is over, whatever came of it. */
  leave(id: number): void {
    if (!this.inside.delete(id)) return;
    this.lastMove = this.monotonic();
    if (this.knocking === id) this.knocking = null;
    if (this.shut !== null) return;
    this.waiters.sort((one, other) => one.id - other.id);
    while (!this.isFull) {
      const next = this.waiters.shift();
      if (next === undefined) return;
      this.enter(next.id, false);
      next.answer(true);
    }
  }

  /** One that waits for a place gives up. */
  withdraw(id: number): void {
    const waiter = this.waiters.find((each) => each.id === id);
    this.waiters = this.waiters.filter((each) => each !== waiter);
    waiter?.answer(false);
  }

  /** Nothing moves: whoever waits for a place is parked instead. */
  clearWaiters(): void {
    for (const { answer } of this.waiters.splice(0)) answer(false);
  }

  /** The destination took something. True when the lane was shut before. */
  open(id: number): boolean {
    this.lastMove = this.monotonic();
    if (this.shut === null) return false;
    this.shut.refused.delete(id);
    this.suspects = this.shut.refused;
    this.shut = null;
    return true;
  }

  /**
   * The destination could not take an item. False when that is the item's own failure: others found the lane open
   * after it was refused before. Else the lane is shut, and the item is to be parked.
   */
  refuse(id: number, problem: string): boolean {
    if (this.shut === null) {
      if (this.suspects.has(id)) return false;
      this.shut = { knocks: 0, until: 0, problem, lastKnock: 0, refused: new Set() };
      this.clearWaiters();
      this.putOff(this.shut, problem);
    } else if (this.knocking === id) {
      this.shut.lastKnock = id;
      this.putOff(this.shut, problem);
    }
    if (this.shut.refused.size < MOST_SUSPECTS) this.shut.refused.add(id);
    return true;
  }

  /** Somebody wants it to be tried now. */
  hurry(): void {
    if (this.shut !== null) this.shut.until = this.monotonic();
  }

  private enter(id: number, isParked: boolean): void {
    if (this.inside.size === 0) this.lastMove = this.monotonic();
    this.inside.set(id, isParked);
    if (this.shut !== null) this.knocking = id;
  }

  private putOff(shut: Shut, problem: string): void {
    shut.knocks += 1;
    shut.problem = problem;
    shut.until = this.monotonic() + backoffMs(shut.knocks, KNOCKS.firstMs, KNOCKS.mostMs);
  }
}
