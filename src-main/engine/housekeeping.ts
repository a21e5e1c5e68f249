import type { Logger } from 'pino';
import { messageOf } from '../base/errors';
import type { Pipeline } from '../pipeline/pipeline';
import type { CachePruner } from '../pipeline/prune-cache';

/** How often a running engine looks after what waits for something outside. */
const ROUND_MS = 10_000;

/** What an engine does again and again beside its work, one round after the other: none of it holds a file up. */
export class Housekeeping {
  private readonly pipeline: Pipeline;
  private readonly pruner: CachePruner;
  private readonly log: Logger;
  private readonly stopping = new AbortController();
  private pruning: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void>;

  /** The first round begins at once. */
  constructor(pipeline: Pipeline, pruner: CachePruner, log: Logger) {
    this.pipeline = pipeline;
    this.pruner = pruner;
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
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.round;
    await this.pruning;
  }

  private async once(): Promise<void> {
    await this.step('held files could not be looked at', () => this.retryHeld());
    await this.step('sources of moved files could not be looked at', () => this.removeSources());
    // nobody waits for this one: it goes on beside the rounds, and ends early with the engine
    this.pruning ??= this.step('the cache of reports could not be pruned', () => this.pruneCache()).finally(() => {
      this.pruning = null;
    });
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

  private async pruneCache(): Promise<void> {
    const reports = await this.pruner.runIfDue(this.stopping.signal);
    if (reports > 0) this.log.info({ reports }, 'cached reports that were not used for long are forgotten');
  }

  private async removeSources(): Promise<void> {
    const round = await this.pipeline.sources.finishDue();
    if (round === null) return;
    const { removed, left, problem } = round;
    if (removed > 0) this.log.info({ files: removed }, 'sources of moved files that had stayed are removed now');
    if (left > 0) this.log.warn({ files: left, problem }, 'sources of moved files could not be removed; tried again');
  }
}
