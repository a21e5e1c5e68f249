/** The first step of an item's scan, taken once, when it must be. */
export class Beginning {
  private step: Promise<void> | null = null;
  private readonly take: () => Promise<void>;

  constructor(take: () => Promise<void>) {
    this.take = take;
  }

  get taken(): boolean {
    return this.step !== null;
  }

  /** Resolves when it is durable. */
  now(): Promise<void> {
    this.step ??= this.take();
    this.step.catch(() => undefined); // whatever builds on it fails with it
    return this.step;
  }
}
