import type { Logger } from 'pino';
import { messageOf } from '../base/errors';
import type { Pipeline } from '../pipeline/pipeline';

/** How often a running engine looks after what waits for something outside. */
const ROUND_MS = 10_000;

/** What an engine does again and again beside its work, one round after the other: none of it holds a file up. */
export class Housekeeping {
  private readonly pipeline: Pipeline;
  private readonly log: Logger;
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void>;

  /** The first round begins at once. */
  constructor(pipeline: Pipeline, log: Logger) {
    this.pipeline = pipeline;
    this.log = log;
    this.round = this.once();
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.once());
    }, ROUND_MS);
    this.timer.unref();
  }

  /** Resolves when the round that runs now is through. */
  idle(): Promise<void> {
    return this.round;
  }

  /** No further round begins; resolves when the last one is through. */
  stop(): Promise<void> {
    clearInterval(this.timer);
    return this.round;
  }

  private async once(): Promise<void> {
    await this.step('held files could not be looked at', () => this.retryHeld());
    await this.step('sources of moved files could not be looked at', () => this.removeSources());
  }

  /** One that fails is told, and hinders no other. */
  private async step(failure: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ problem: messageOf(error) }, failure);
    }
  }

  private async retryHeld(): Promise<void> {
    const retried = await this.pipeline.retrier.run();
    if (retried > 0) this.log.info({ retried }, 'held files are scanned again: what held them is gone');
  }

  private async removeSources(): Promise<void> {
    const round = await this.pipeline.sources.finishDue();
    if (round === null) return;
    const { removed, left, problem } = round;
    if (removed > 0) this.log.info({ files: removed }, 'sources of moved files that had stayed are removed now');
    if (left > 0) this.log.warn({ files: left, problem }, 'sources of moved files could not be removed; tried again');
  }
}
