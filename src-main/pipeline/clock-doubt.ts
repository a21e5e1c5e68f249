import type { Clock } from '../base/clock';
import { DAY_MS, HOUR_MS } from '../contract/durations';
import type { Ledger } from '../store/ledger';

/** A clock that is further ahead than this of what has passed was set, or the machine was off. */
const JUMP_MS = 2 * DAY_MS;
const SEEN = 'clock-seen';
const DOUBTED = 'clock-doubted';

/**
 * Whether the time of day may be believed where things are removed for their age. A clock that jumps ahead makes
 * everything old: it is believed only after it has gone on for a day, in which it may still be set right. One that goes
 * back is believed, because it makes things younger.
 */
export class ClockDoubt {
  private readonly ledger: Ledger;
  private readonly clock: Clock;
  /** The last look of this process. */
  private last: { readonly at: number; readonly monotonic: number } | null = null;

  constructor(ledger: Ledger, clock: Clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A look at the clock; to be asked often. */
  async isBelieved(): Promise<boolean> {
    const now = this.clock.now();
    const doubted = this.numberOf(DOUBTED);
    const expected = this.expected();
    this.last = { at: now, monotonic: this.clock.monotonic() };
    const isOver = doubted !== null && (now < doubted || now - doubted >= DAY_MS);
    const jumped = expected !== null && now - expected > JUMP_MS && !isOver;
    if (jumped) await this.remember(now, now);
    else if (isOver) await this.remember(now, null);
    else if (Math.abs(now - (this.numberOf(SEEN) ?? 0)) >= HOUR_MS) await this.remember(now, doubted);
    return !jumped && (doubted === null || isOver);
  }

  /** What the time should be at least; null when nobody has looked yet. */
  private expected(): number | null {
    if (this.last !== null) return this.last.at + this.clock.monotonic() - this.last.monotonic;
    return this.numberOf(SEEN);
  }

  private numberOf(key: string): number | null {
    const text = this.ledger.meta.get(key);
    return text === null ? null : Number(text);
  }

  private remember(seen: number, doubted: number | null): Promise<void> {
    const { meta } = this.ledger;
    return this.ledger.commit(() => {
      meta.set(SEEN, String(seen));
      if (doubted === null) meta.clear(DOUBTED);
      else meta.set(DOUBTED, String(doubted));
    });
  }
}
