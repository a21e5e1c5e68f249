import { backoffMs } from '../base/backoff';

/** After so many vain attempts an item counts as waiting: nobody is kept waiting for it, and it is tried on and on. */
export const ATTEMPTS_BEFORE_WAITING = 3;
const DELAY = { firstMs: 500, mostMs: 60_000 } as const;

interface Delayed {
  readonly submissionId: number;
  readonly attempts: number;
  readonly problem: string;
  readonly timer: NodeJS.Timeout;
}

/** Items that failed for a reason of their own, each with the time at which it is tried again. */
export class Delays {
  private readonly delayed = new Map<number, Delayed>();
  private waiting = 0;
  private readonly onDue: (itemId: number) => void;

  constructor(onDue: (itemId: number) => void) {
    this.onDue = onDue;
  }

  /** All that are delayed. */
  ids(): number[] {
    return [...this.delayed.keys()];
  }

  has(itemId: number): boolean {
    return this.delayed.has(itemId);
  }

  /** One more vain attempt. */
  add(itemId: number, submissionId: number, problem: string): void {
    const attempts = (this.delayed.get(itemId)?.attempts ?? 0) + 1;
    const timer = setTimeout(() => this.onDue(itemId), backoffMs(attempts, DELAY.firstMs, DELAY.mostMs));
    timer.unref();
    if (attempts === ATTEMPTS_BEFORE_WAITING) this.waiting += 1;
    this.delayed.set(itemId, { submissionId, attempts, problem, timer });
  }

  /** It is not delayed any more: it went on, or somebody else settled it. */
  end(itemId: number): void {
    const delayed = this.delayed.get(itemId);
    if (delayed === undefined) return;
    clearTimeout(delayed.timer);
    if (delayed.attempts >= ATTEMPTS_BEFORE_WAITING) this.waiting -= 1;
    this.delayed.delete(itemId);
  }

  /** Its time is now. False when it is not delayed. */
  cutShort(itemId: number): boolean {
    const delayed = this.delayed.get(itemId);
    if (delayed === undefined) return false;
    clearTimeout(delayed.timer);
    return true;
  }

  stop(): void {
    for (const { timer } of this.delayed.values()) clearTimeout(timer);
  }

  /** Some are about to be tried, and somebody waits for that. */
  isRestless(): boolean {
    return this.delayed.size > this.waiting;
  }

  waitingCount(): number {
    return this.waiting;
  }

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
}
