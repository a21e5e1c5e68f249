import type { Clock } from '../base/clock';

const LOOK_MS = 1000;
/** So much more than was to pass between two looks, and the engine was stopped; a busy machine delays it by less. */
const GAP_MS = 5000;

/**
 * Notices that the engine goes on after it was stopped: with the machine, which stops the monotonic clock too on some
 * systems, or alone (SIGSTOP). A time of day that is set forward looks like it and is taken for it.
 */
export class WakeWatch {
  private readonly timer: NodeJS.Timeout;

  /** `onWake` gets the milliseconds for which nothing was done. */
  constructor(clock: Clock, onWake: (ms: number) => void) {
    let [now, monotonic] = [clock.now(), clock.monotonic()];
    this.timer = setInterval(() => {
      const passed = Math.max(clock.now() - now, clock.monotonic() - monotonic) - LOOK_MS;
      [now, monotonic] = [clock.now(), clock.monotonic()];
      if (passed >= GAP_MS) onWake(passed);
    }, LOOK_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
