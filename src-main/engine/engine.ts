import type { Logger } from 'pino';
import { systemClock } from '../base/clock';
import type { EngineClient } from '../base/engine-client';
import { makeFolder } from '../base/make-folder';
import type { ResultItem } from '../contract/result';
import { Stager } from '../intake/stager';
import type { WatchEvent } from '../intake/watch/folder-watcher';
import { Pipeline } from '../pipeline/pipeline';
import { CachePruner } from '../pipeline/prune-cache';
import { Reader } from '../pipeline/reading/reader';
import { CartWorker } from '../sinks/cart/worker-client';
import { HeldStore } from '../sinks/held/store';
import { QuarantineStore } from '../sinks/quarantine/store';
import { isClamavExpected } from './clamav-expected';
import { detectBytes } from './detect-bytes';
import { Housekeeping } from './housekeeping';
import { keepingPlace } from './keeping-place';
import type { LoadedSettings } from './load-settings';
import { localClient } from './local-client';
import { realFile } from './own-places';
import { type EngineParts, gateOf, planOf } from './parts';
import { createProbes } from './probes';
import { PulseSource } from './pulse';
import { createSinks, sweepSinks } from './sinks';
import { Standing } from './standing';
import { PROGRAM } from './version';
import { Watching } from './watching';

/** Files worked on at once; each costs a little memory and keeps probes and disk busy while others wait for a commit. */
const WINDOW = 64;
const SWEEP_SINKS_MS = 30_000;

export interface EngineOptions {
  readonly loaded: LoadedSettings;
  readonly log: Logger;
  /** Watch the configured folders. */
  readonly watch: boolean;
  readonly onSettled?: (submission: string, item: ResultItem) => void;
  readonly onWatch?: (dir: string, event: WatchEvent) => void;
  /** The configuration was changed through a call; this engine goes on with the old one until it is closed. */
  readonly onSettingsWritten?: () => void;
}

/** Ends everything that was opened, in the order given, whatever fails. */
type Closer = () => Promise<void> | void;

/**
 * One engine of one data folder: the only owner of its ledger. Started by `dropgate run`, by the window's shell, or by
 * a command for its own duration.
 */
export class Engine {
  private readonly parts: EngineParts;
  private readonly standing: Standing;
  private readonly closers: readonly Closer[];
  private readonly housekeeping: Housekeeping;

  private constructor(parts: EngineParts, standing: Standing, closers: readonly Closer[]) {
    this.parts = parts;
    this.standing = standing;
    this.closers = closers;
    const { ledger } = parts.pipeline;
    const days = parts.loaded.settings.retention.historyDays;
    const pruner = new CachePruner({ ledger, clock: systemClock, days });
    this.housekeeping = new Housekeeping(parts.pipeline, pruner, parts.log);
  }

  /**
   * Takes the data folder, recovers, listens, works. Throws LEDGER_LOCKED when another engine has the folder,
   * LEDGER_NEWER or LEDGER_CORRUPT when its ledger cannot be used; nothing stays open then.
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
    const { parts, closers } = await assemble(options, standing);
    return new Engine(parts, standing, closers);
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
    await this.parts.receiving.close();
    await this.drain(graceMs);
    await this.standing.dismiss();
    for (const close of this.closers) await close();
    this.standing.release();
  }

  /**
   * Ends as `close` does, but for what the next engine of this data folder goes on with. Whoever uses the socket, or is
   * naming files, waits for that one and notices nothing else.
   */
  async handOver(graceMs: number): Promise<Standing> {
    await this.drain(graceMs);
    await this.standing.door.shut();
    for (const close of this.closers) await close();
    return this.standing;
  }

  private async drain(graceMs: number): Promise<void> {
    const housekept = this.housekeeping.stop();
    await this.parts.watching.close();
    await this.parts.pipeline.scheduler.stop(graceMs);
    await housekept;
  }
}

async function assemble(
  options: EngineOptions,
  standing: Standing,
): Promise<{ readonly parts: EngineParts; readonly closers: readonly Closer[] }> {
  const { loaded, log } = options;
  const { folder, receiving, door } = standing;
  const { settings } = loaded;
  makeFolder(settings.quarantine.dir, 0o700);
  const sinks = createSinks(settings, folder);
  const cart = new CartWorker();
  const quarantine = new QuarantineStore(settings.quarantine.dir, cart);
  const held = new HeldStore(folder.held);
  const stager = new Stager();
  const pipeline = new Pipeline({
    ledgerFile: folder.ledger,
    stagingDir: folder.staging,
    probes: createProbes(settings, folder),
    take: (request) => stager.stage(request),
    detectType: detectBytes,
    disposal: { sinks, quarantine: keepingPlace(quarantine), held: keepingPlace(held) },
    limitsOf: (profile) => settings.profiles[profile]?.limits ?? null,
    probesNow: (profile) => (Object.hasOwn(settings.profiles, profile) ? planOf(parts, gateOf(profile)) : null),
    takesFrom: (watchFolder) => watching.takesFrom(watchFolder),
    clock: systemClock,
    log,
    window: WINDOW,
    program: PROGRAM,
    ...(options.onSettled === undefined ? {} : { onSettled: options.onSettled }),
  });
  const clamavExpected = await isClamavExpected(loaded, pipeline.ledger);
  const watching = new Watching({
    settings,
    pipeline,
    log,
    planFor: ({ profile, source, dir: watchFolder }) => planOf(parts, { ...gateOf(profile), source, watchFolder }),
    onEvent: (dir, event) => options.onWatch?.(dir, event),
    configuration: await realFile(loaded.file),
  });
  const pulse = new PulseSource({
    pipeline,
    watching,
    required: () => planOf(parts, gateOf('default')).required,
    clock: systemClock,
    program: PROGRAM,
    feed: standing.feed,
    log,
  });
  const reader = new Reader(folder.ledger);
  const kept = { sinks, quarantine, held };
  const onSettingsWritten = () => {
    pulse.settingsChanged();
    options.onSettingsWritten?.();
  };
  const state = { clamavExpected, lasting: options.watch, pulse, reader, onSettingsWritten };
  const parts: EngineParts = { loaded, folder, pipeline, ...kept, watching, receiving, door, ...state, log };
  const closeSinks = async () => {
    for (const sink of sinks.values()) await sink.close();
  };
  const closers: Closer[] = [
    () => pulse.close(),
    () => reader.close(),
    () => pipeline.close(),
    () => stager.close(),
    () => cart.close(),
    closeSinks,
  ];
  try {
    await quarantine.sweep();
    await held.sweep();
    await sweepSinks(sinks, AbortSignal.timeout(SWEEP_SINKS_MS), log);
    await pipeline.start(receiving.submissions());
    await standing.listen();
    door.open(parts);
    void pulse.begin();
    if (options.watch) await watching.start();
    return { parts, closers };
  } catch (error) {
    // an engine that could not begin works on nothing: its data folder is about to be somebody else's
    await door.shut();
    await watching.close();
    await pipeline.scheduler.stop(0);
    for (const close of closers) await close();
    throw error;
  }
}
