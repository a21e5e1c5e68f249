import { DropgateError, ProbeError } from '../../base/errors';
import type { Finding } from '../../contract/finding';

/** One file on its way through the pool: settled once, by an answer, an error or its own signal. */
export class ScanTask {
  readonly path: string;
  readonly size: number;
  readonly result: Promise<Finding[]>;
  private readonly signal: AbortSignal;
  private readonly onAbort: () => void;
  private readonly onBegin: () => void;
  private settle: { resolve(findings: Finding[]): void; reject(error: Error): void } | null;

  /** `onAbort` is called after the task was rejected because its signal aborted. */
  constructor(
    path: string,
    size: number,
    signal: AbortSignal,
    events: { readonly onBegin: () => void; readonly onAbort: (task: ScanTask) => void },
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<Finding[]>();
    this.path = path;
    this.size = size;
    this.result = promise;
    this.settle = { resolve, reject };
    this.signal = signal;
    this.onAbort = () => {
      this.fail(abortError(signal));
      events.onAbort(this);
    };
    this.onBegin = events.onBegin;
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  /** False as soon as nobody waits for the answer any more. */
  get open(): boolean {
    return this.settle !== null;
  }

  /** A child works on it from now on. */
  begin(): void {
    if (this.open) this.onBegin();
  }

  succeed(findings: Finding[]): void {
    this.take()?.resolve(findings);
  }

  fail(error: Error): void {
    this.take()?.reject(error);
  }

  private take() {
    const { settle } = this;
    this.settle = null;
    this.signal.removeEventListener('abort', this.onAbort);
    return settle;
  }
}

/** What an aborted scan rejects with: the error that the signal carries, else what its reason stands for. */
export function abortError(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  if (reason instanceof DropgateError) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    return new ProbeError('PROBE_TIMEOUT', 'YARA did not answer in time', { cause: reason });
  }
  return new ProbeError('CANCELLED', 'the scan was cancelled', { cause: reason });
}
