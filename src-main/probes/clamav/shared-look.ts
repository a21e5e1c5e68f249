import { sleep } from '../../base/clock';

/**
 * Looks at one thing for all who want to know how it is from now on: one look at a time, `restMs` between the beginnings
 * of two. Whoever comes before a look begins shares it.
 */
export class SharedLook<T> {
  private readonly look: () => Promise<T>;
  private readonly restMs: number;
  private begunAt = Number.NEGATIVE_INFINITY;
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | null = null;

  constructor(look: () => Promise<T>, restMs: number) {
    this.look = look;
    this.restMs = restMs;
  }

  /** What is seen by a look that begins after this call. Rejects as that look does. */
  fromNow(): Promise<T> {
    this.next ??= this.begin();
    return this.next;
  }

  private async begin(): Promise<T> {
    await this.running;
    const restMs = this.begunAt + this.restMs - performance.now();
    if (restMs > 0) await sleep(restMs);
    this.next = null;
    this.begunAt = performance.now();
    const seen = this.look();
    this.running = seen.catch(() => {
      // told to those who share it
    });
    return seen;
  }
}
