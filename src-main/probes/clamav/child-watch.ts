import { AsyncLocalStorage } from 'node:async_hooks';
import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { abortError } from '../deadline';

/** Node tells of every new child there (`child_process`, in the manual of diagnostics_channel). */
const CHANNEL = 'child_process';

/** What work came to, and how each child that it started ended (null: by a signal, or not yet). */
export interface Watched<T> {
  readonly result: T;
  readonly exitCodes: readonly (number | null)[];
}

/**
 * Ends children that a library starts and keeps to itself: whatever starts within `run` is killed when its signal
 * aborts. npm clamscan has no other way to stop a scan.
 */
export class ChildWatch {
  private readonly scope = new AsyncLocalStorage<Set<ChildProcess>>();
  private readonly notice = (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('process' in message)) return;
    if (message.process instanceof ChildProcess) this.scope.getStore()?.add(message.process);
  };

  constructor() {
    subscribe(CHANNEL, this.notice);
  }

  /** Rejects with the signal's ProbeError as soon as it aborts, whether or not `work` ever ends. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<Watched<T>> {
    const children = new Set<ChildProcess>();
    return new Promise((resolve, reject) => {
      const abort = () => {
        for (const child of children) child.kill('SIGKILL');
        reject(abortError(signal));
      };
      if (signal.aborted) {
        abort();
        return;
      }
      signal.addEventListener('abort', abort, { once: true });
      this.scope
        .run(children, work)
        .then((result) => resolve({ result, exitCodes: [...children].map(({ exitCode }) => exitCode) }), reject)
        .finally(() => signal.removeEventListener('abort', abort));
    });
  }

  close(): void {
    unsubscribe(CHANNEL, this.notice);
  }
}
