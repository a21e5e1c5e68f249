import type { Logger } from 'pino';
import { messageOf } from '../base/errors';
import { waitAtMost } from '../base/wait-at-most';
import type { Pipeline } from '../pipeline/pipeline';
import type { Retention } from '../pipeline/retention';
import type { SearchFiller } from '../pipeline/search-filler';
import type { StagingLeftovers } from '../pipeline/staging-leftovers';
import type { Backups } from './backups';

/** How often a running engine looks after what waits for something outside. */
const ROUND_MS = 10_000;
/** How long an end waits for sources that are being removed: they may hang, in a folder on a network. */
const SOURCES_MS = 2000;

export interface HousekeepingParts {
  readonly pipeline: Pick<Pipeline, 'scheduler' | 'retrier' | 'sources'>;
  readonly retention: Pick<Retention, 'runIfDue'>;
  readonly leftovers: Pick<StagingLeftovers, 'runIfDue'>;
  readonly backups: Pick<Backups, 'runIfDue'>;
  readonly filler: Pick<SearchFiller, 'run'>;
  readonly log: Logger;
}

/** What an engine does again and again beside its work, one round after the other: none of it holds a file up. */
export class Housekeeping {
  private readonly pipeline: HousekeepingParts['pipeline'];
  private readonly retention: HousekeepingParts['retention'];
  private readonly leftovers: HousekeepingParts['leftovers'];
  private readonly backups: HousekeepingParts['backups'];
  private readonly filler: HousekeepingParts['filler'];
  private readonly log: Logger;
  private readonly stopping = new AbortController();
  private sources: Promise<void> | null = null;
  private backup: Promise<void> | null = null;
  private pruning: Promise<void> | null = null;
  private filling: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void>;

  /** The first round begins at once. */
  constructor({ pipeline, retention, leftovers, backups, filler, log }: HousekeepingParts) {
    this.pipeline = pipeline;
    this.retention = retention;
    this.leftovers = leftovers;
    this.backups = backups;
    this.filler = filler;
    this.log = log;
    this.round = this.once();
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.once());
    }, ROUND_MS);
    this.timer.unref();
  }

  /** Resolves when the round that runs now is through, with the backup that it may have begun: who ends often must wait for it once a day. */
  async idle(): Promise<void> {
    await this.round;
    await this.backup;
  }

  /** No further round begins; resolves when the last one is through, but waits only a moment for sources that may hang. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.round;
    await Promise.all([this.backup, this.pruning, this.filling, waitAtMost(SOURCES_MS, this.sources)]);
  }

  private async once(): Promise<void> {
    await this.step('held files could not be looked at', () => this.retryHeld());
    // nobody waits for these: they go on beside the rounds, and end early with the engine
    this.sources ??= this.step('sources of moved files could not be looked at', () => this.removeSources()).finally(
      () => {
        this.sources = null;
      },
    );
    this.backup ??= this.step('the ledger could not be backed up', () => this.backUp()).finally(() => {
      this.backup = null;
    });
    await this.step('staging could not be looked at', () => this.sweepStaging());
    this.pruning ??= this.step('what is old could not be pruned', () => this.prune()).finally(() => {
      this.pruning = null;
    });
    this.filling ??= this.step('what ended could not be made ready for searching', () => this.fill()).finally(() => {
      this.filling = null;
    });
  }

  private async sweepStaging(): Promise<void> {
    const removed = await this.leftovers.runIfDue();
    if (removed > 0) this.log.info({ removed }, 'staged copies that no file needs were removed');
  }

  private backUp(): Promise<void> {
    return this.backups.runIfDue(this.stopping.signal);
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
    if (this.pipeline.scheduler.intakePause() !== null) return; // what works again needs room for a copy
    const retried = await this.pipeline.retrier.run();
    if (retried > 0) this.log.info({ retried }, 'held files are scanned again: what held them is gone');
  }

  private async prune(): Promise<void> {
    const pruned = await this.retention.runIfDue(this.stopping.signal);
    if (pruned !== null) this.log.info(pruned, 'what is older than retention allows was removed');
  }

  private fill(): Promise<void> {
    return this.filler.run(this.stopping.signal);
  }

  private async removeSources(): Promise<void> {
    const round = await this.pipeline.sources.finishDue(this.stopping.signal);
    if (round === null) return;
    const { removed, left, problem } = round;
    if (removed > 0) this.log.info({ files: removed }, 'sources of moved files that had stayed are removed now');
    if (left > 0) this.log.warn({ files: left, problem }, 'sources of moved files could not be removed; tried again');
  }
}
