import type { Logger } from 'pino';
import { DropgateError, messageOf } from '../base/errors';

interface Walk {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** The walks of submissions whose files are still being named. Each ends: by itself, by a cancel, or with its engine. */
export class Receiving {
  private readonly walks = new Map<string, Walk>();
  private readonly failures = new Map<string, string>();
  private readonly log: Logger;

  constructor(log: Logger) {
    this.log = log;
  }

  /** Begins a walk, which must end soon when `signal` aborts, with its reason. */
  start(submission: string, walk: (signal: AbortSignal) => Promise<void>): void {
    const stop = new AbortController();
    const ended = walk(stop.signal)
      .catch((error: unknown) => {
        if (stop.signal.aborted && error === stop.signal.reason) return; // it was told to end
        this.failures.set(submission, messageOf(error));
        this.log.error({ submission, err: error }, 'the walk over the named files failed');
      })
      .finally(() => this.walks.delete(submission));
    this.walks.set(submission, { stop, ended });
  }

  /** Submissions whose files are still being named. */
  submissions(): string[] {
    return [...this.walks.keys()];
  }

  /** Throws LEDGER_FAILED when a walk failed: what it did not reach must never pass for looked at. */
  assertWhole(submission: string): void {
    const problem = this.failures.get(submission);
    if (problem === undefined) return;
    throw new DropgateError(
      'LEDGER_FAILED',
      `not all named files could be taken (${problem}); those that were go on, name the paths again for the others`,
    );
  }

  /** Resolves when nothing more is received for the submission. */
  async stop(submission: string): Promise<void> {
    const walk = this.walks.get(submission);
    walk?.stop.abort();
    await walk?.ended;
  }

  /** Stops all. */
  async close(): Promise<void> {
    await Promise.all([...this.walks.keys()].map((submission) => this.stop(submission)));
  }
}
