/** From here on many threads that wait beside each other are faster than one: a share answers each call after a round trip. */
const SLOW_MS = 5;
/** Files that the running mean goes back. */
const MEMORY = 8;

/**
 * Whether a destination answers too slowly for one thread with plain calls, where all files wait for each call: told what
 * those of each file took, in ms. One that hesitates once is not slow; what was found slow is so for good.
 */
export class Pace {
  private mean = 0;
  private found = false;

  tell(ms: number): void {
    this.mean += (Math.min(ms, 2 * SLOW_MS) - this.mean) / MEMORY;
    if (this.mean > SLOW_MS) this.found = true;
  }

  get slow(): boolean {
    return this.found;
  }
}
