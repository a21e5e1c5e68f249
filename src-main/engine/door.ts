import { DropgateError } from '../base/errors';

/**
 * The way to the parts of an engine for those who outlive its reload: callers behind the socket, and walks over the
 * files that they named. While it is shut they wait.
 */
export class Door<Parts> {
  private parts: Parts | null = null;
  private opened = quiet<void>();
  private emptied = quiet<void>();
  private inside = 0;

  /** Those who wait, and all who come later, work with `parts`. */
  open(parts: Parts): void {
    this.parts = parts;
    this.opened.resolve();
  }

  /** Lets nobody in any more; resolves when nobody is inside. */
  async shut(): Promise<void> {
    if (this.parts !== null) this.opened = quiet();
    this.parts = null;
    while (this.inside > 0) await this.emptied.promise;
  }

  /** Shut for good: those who wait, and all who come later, get ENGINE_GONE. Whoever is inside is left alone. */
  lock(): void {
    if (this.parts !== null) this.opened = quiet();
    this.parts = null;
    this.opened.reject(new DropgateError('ENGINE_GONE', 'the engine ended'));
  }

  /** Does `work` as soon as it is open. Rejects with the signal's reason when that aborts before, or with ENGINE_GONE. */
  async use<T>(work: (parts: Parts) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    while (this.parts === null) await unlessAborted(this.opened.promise, signal);
    this.inside += 1;
    try {
      return await work(this.parts);
    } finally {
      this.inside -= 1;
      if (this.inside === 0) {
        this.emptied.resolve();
        this.emptied = quiet();
      }
    }
  }
}

/** A promise whose rejection is no fault when nobody waits for it. */
function quiet<T>(): PromiseWithResolvers<T> {
  const made = Promise.withResolvers<T>();
  made.promise.catch(() => undefined);
  return made;
}

function unlessAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
