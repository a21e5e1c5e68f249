/** How often running time is looked at; what passes between two looks counts for no more than twice as long. */
export const TICK_MS = 250;

/**
 * Milliseconds that this process has run, as far as somebody calls `tick` every TICK_MS: a process that was stopped
 * (SIGSTOP, a paused machine) finds that almost none have passed when it goes on, and gives those it waits for, who may
 * have been stopped with it, the time that they had left.
 */
export class RunningTime {
  private counted = 0;
  private last = performance.now();

  now(): number {
    return this.counted + Math.min(performance.now() - this.last, 2 * TICK_MS);
  }

  tick(): void {
    this.counted = this.now();
    this.last = performance.now();
  }
}

/** Calls `late` once, after `ms` of running time, unless the function that it returns is called before. */
export function afterRunning(ms: number, late: () => void): () => void {
  const time = new RunningTime();
  let timer: NodeJS.Timeout;
  const wait = () => {
    const look = () => {
      time.tick();
      if (time.now() >= ms) late();
      else wait();
    };
    timer = setTimeout(look, Math.min(ms - time.now(), TICK_MS));
  };
  wait();
  return () => clearTimeout(timer);
}
