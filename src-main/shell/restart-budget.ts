/** How often something may be started again by itself, before only a person can help. */
export class RestartBudget {
  private readonly most: number;
  private readonly withinMs: number;
  private readonly now: () => number;
  private times: number[] = [];

  constructor(most: number, withinMs: number, now: () => number) {
    this.most = most;
    this.withinMs = withinMs;
    this.now = now;
  }

  /** Takes one start; its number within the time, or null when there is none left. */
  take(): number | null {
    const now = this.now();
    this.times = this.times.filter((at) => now - at < this.withinMs);
    if (this.times.length >= this.most) return null;
    this.times.push(now);
    return this.times.length;
  }

  /** A person asked: everything is allowed again. */
  reset(): void {
    this.times = [];
  }
}
