import type { Clock } from '../base/clock';

const BUCKET_MS = 250;
const BUCKETS = 20;

/** A single moment is no rate. */
const LEAST_BUCKETS = 4;

/**
 * How much of something there was a second, over the last five (or since it began after a rest): sums of quarter
 * seconds in a ring.
 */
export class RateWindow {
  private readonly sums = new Float64Array(BUCKETS);
  private readonly clock: Clock;
  private readonly began: number;
  /** The bucket that was written or read last, counted from the beginning. */
  private newest = 0;
  /** The bucket in which something came after a window of nothing. */
  private first = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.began = clock.monotonic();
  }

  add(amount: number): void {
    const now = this.advance();
    if (this.sum() === 0) this.first = now;
    const at = now % BUCKETS;
    this.sums[at] = (this.sums[at] ?? 0) + amount;
  }

  perSecond(): number {
    const buckets = Math.min(Math.max(this.advance() - this.first + 1, LEAST_BUCKETS), BUCKETS);
    return (this.sum() * 1000) / (buckets * BUCKET_MS);
  }

  private sum(): number {
    return this.sums.reduce((total, each) => total + each, 0);
  }

  /** Empties what is older than the window; the bucket of now. */
  private advance(): number {
    const now = Math.floor((this.clock.monotonic() - this.began) / BUCKET_MS);
    for (let bucket = Math.max(this.newest + 1, now - BUCKETS + 1); bucket <= now; bucket += 1) {
      this.sums[bucket % BUCKETS] = 0;
    }
    this.newest = Math.max(this.newest, now);
    return this.newest;
  }
}
