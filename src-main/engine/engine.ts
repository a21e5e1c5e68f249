import { systemClock } from '../base/clock';
import type { EngineClient } from '../base/engine-client';
import { DropgateError, messageOf } from '../base/errors';
import { Retention } from '../pipeline/retention';
import { SearchFiller } from '../pipeline/search-filler';
import { StagingLeftovers } from '../pipeline/staging-leftovers';
import { assemble, type EngineOptions } from './assemble';
import { Backups } from './backups';
import { type Closer, closeAll } from './close-all';
import { Housekeeping } from './housekeeping';
import { keepingPlace } from './keeping-place';
import { LedgerRescue } from './ledger-rescue';
import { localClient } from './local-client';
import type { EngineParts } from './parts';
import { Standing } from './standing';
import { WakeWatch } from './wake-watch';

/**
 * One engine of one data folder: the only owner of its ledger. Started by `dropgate run`, by the window's shell, or by
 * a command for its own duration.
 */
export class Engine {
  private readonly parts: EngineParts;
  private readonly standing: Standing;
  private readonly closers: readonly Closer[];
  private readonly housekeeping: Housekeeping;
  private readonly wakeWatch: WakeWatch;

  private constructor(parts: EngineParts, standing: Standing, closers: readonly Closer[], isDoubtful: boolean) {
    this.parts = parts;
    this.standing = standing;
    this.closers = closers;
    const { ledger, transitions, scheduler } = parts.pipeline;
    const { retention } = parts.loaded.settings;
    const pruning = { ledger, transitions, clock: systemClock, retention, quarantine: keepingPlace(parts.quarantine) };
    const { folder, log, onLedgerDamage: onDamage } = parts;
    const { minFreeBytes } = parts.loaded.settings.staging;
    const backups = new Backups({ ledger, folder, clock: systemClock, log, minFreeBytes, isDoubtful, onDamage });
    this.housekeeping = new Housekeeping({
      pipeline: parts.pipeline,
      retention: new Retention(pruning),
      leftovers: new StagingLeftovers({ ledger, stagingDir: folder.staging, clock: systemClock }),
      backups,
      filler: new SearchFiller({ ledger, clock: systemClock, isBusy: () => scheduler.activeCount() > 0 }),
      log,
    });
    this.wakeWatch = new WakeWatch(systemClock, (ms) => this.wake(ms));
  }

  /**
   * Takes the data folder, recovers, listens, works. A damaged ledger is replaced by its backup. Throws LEDGER_LOCKED
   * when another engine has the folder, LEDGER_NEWER, LEDGER_FAILED, or LEDGER_CORRUPT where there is no sound backup;
   * nothing stays open then.
   */
  static async start(options: EngineOptions): Promise<Engine> {
    const standing = Standing.take(options.loaded.settings.dataDir, options.log);
    try {
      return await Engine.goOn(options, standing);
    } catch (error) {
      await standing.dismiss();
      standing.release();
      throw error;
    }
  }

  /** Composes an engine on what another one left standing; when that fails, it stands as before. Throws as `start`. */
  static async goOn(options: EngineOptions, standing: Standing): Promise<Engine> {
    const rescue = new LedgerRescue(standing.folder, options.log);
    await rescue.beforeOpening();
    try {
      return await Engine.compose(options, standing, rescue);
    } catch (error) {
      if (!(error instanceof DropgateError && error.code === 'LEDGER_CORRUPT')) throw error;
      await rescue.restore(messageOf(error.cause ?? error));
      return await Engine.compose(options, standing, rescue);
    }
  }

  private static async compose(options: EngineOptions, standing: Standing, rescue: LedgerRescue): Promise<Engine> {
    const { parts, closers } = await assemble(options, standing, rescue);
    return new Engine(parts, standing, closers, rescue.isDoubtful);
  }

  /** The engine as its users see it, without the socket. */
  client(): EngineClient {
    return localClient((call, params) => this.standing.call(call, params));
  }

  /** Resolves when nothing is left that can be done now; files that wait for something outside are left. */
  async idle(): Promise<void> {
    await this.housekeeping.idle();
    await this.parts.pipeline.scheduler.idle();
  }

  /** How many others use this engine through its socket. */
  clients(): number {
    return this.standing.clients();
  }

  /** Resolves when no other uses this engine any more; from then on nobody finds it. */
  lastClient(): Promise<void> {
    return this.standing.lastClient();
  }

  /** A full look at all watched folders now. */
  sweep(): Promise<void> {
    return this.parts.watching.sweep();
  }

  unsettled(): number {
    return this.parts.pipeline.ledger.items.countUnsettled();
  }

  /** Takes nothing new, gives what is in work `graceMs` to end, leaves the rest durable, and closes everything. */
  async close(graceMs: number): Promise<void> {
    await closeAll([
      () => this.parts.receiving.close(),
      () => this.drain(graceMs),
      () => this.standing.dismiss(),
      ...this.closers,
      () => this.standing.release(),
    ]);
  }

  /**
   * Ends as `close` does, but for what the next engine of this data folder goes on with. Whoever uses the socket, or is
   * naming files, waits for that one and notices nothing else.
   */
  async handOver(graceMs: number): Promise<Standing> {
    await this.drain(graceMs);
    await this.standing.door.shut();
    await closeAll(this.closers);
    return this.standing;
  }

  /** After sleep much may have happened that nobody told: folders are looked at, and what waited is tried. */
  private wake(ms: number): void {
    const { pipeline, watching, log } = this.parts;
    log.info({ seconds: Math.round(ms / 1000) }, 'the gateway goes on after it was stopped');
    pipeline.scheduler.hurryAll();
    void watching.sweep();
  }

  private async drain(graceMs: number): Promise<void> {
    this.wakeWatch.stop();
    this.parts.pipeline.room?.stop();
    const housekept = this.housekeeping.stop();
    await this.parts.watching.close();
    await this.parts.pipeline.scheduler.stop(graceMs);
    await housekept;
  }
}
