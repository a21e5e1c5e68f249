import { unpackCommand } from './command';
import { UnpackingChild } from './unpacking-child';

/**
 * The unpacking children of one probe: started when one is needed and none waits, ended when one has waited for a while.
 * There are never more than files are opened at once, which the probe's concurrency bounds: none has to wait behind another.
 */
export class UnpackingChildren {
  private readonly command: readonly string[];
  private readonly idleMs: number;
  private readonly idle = new Map<UnpackingChild, NodeJS.Timeout>();
  private readonly closing = new AbortController();

  /** `command`: starts a child. `idleMs`: how long it waits for its next file. */
  constructor(command = unpackCommand(), idleMs = 5000) {
    this.command = command;
    this.idleMs = idleMs;
  }

  /** One that waits and has bounds like these, else a new one. The caller gives it back. */
  take(cpuSeconds: number): UnpackingChild {
    for (const child of this.idle.keys()) {
      this.forget(child);
      if (child.takesMore && child.cpuSeconds === cpuSeconds) return child;
      child.kill();
    }
    return this.start(cpuSeconds);
  }

  /** A new one, as `take`. */
  start(cpuSeconds: number): UnpackingChild {
    const child = new UnpackingChild(this.command, cpuSeconds, this.closing.signal);
    void child.ended.then(() => this.forget(child));
    return child;
  }

  /** Keeps a child for the next file, or sees it to its end. */
  async giveBack(child: UnpackingChild): Promise<void> {
    if (child.takesMore && !this.closing.signal.aborted) {
      this.idle.set(
        child,
        setTimeout(() => child.kill(), this.idleMs),
      );
      return;
    }
    child.kill();
    await child.ended;
  }

  /** Ends them all. */
  close(): void {
    this.closing.abort();
  }

  private forget(child: UnpackingChild): void {
    clearTimeout(this.idle.get(child));
    this.idle.delete(child);
  }
}
