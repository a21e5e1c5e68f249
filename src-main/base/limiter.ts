/**
 * A counting gate for asynchronous work: at most `slots` run at once, the others wait in order.
 * `run` rejects with the signal's reason when it aborts before a slot is free.
 */
export class Limiter {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(slots: number) {
    this.free = slots;
  }

  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.acquire(signal);
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  /** Resolves with what gives the slot back, to be called once. Rejects as `run` does. */
  async take(signal?: AbortSignal): Promise<() => void> {
    await this.acquire(signal);
    return () => this.release();
  }

  private release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }

  private acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(signal?.reason);
      };
      const start = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      this.waiting.push(start);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
