import type { Logger } from 'pino';
import { systemClock } from '../base/clock';
import type { DropgateError } from '../base/errors';
import { makeFolder } from '../base/make-folder';
import type { ResultItem } from '../contract/result';
import { Stager } from '../intake/stager';
import type { WatchEvent } from '../intake/watch/folder-watcher';
import { Pipeline } from '../pipeline/pipeline';
import { Reader } from '../pipeline/reading/reader';
import { CartWorker } from '../sinks/cart/worker-client';
import { HeldStore } from '../sinks/held/store';
import { QuarantineStore } from '../sinks/quarantine/store';
import { isClamavExpected } from './clamav-expected';
import { type Closer, closeAfter } from './close-all';
import { DamageWatch } from './damage-watch';
import { detectBytes } from './detect-bytes';
import { keepingPlace } from './keeping-place';
import type { LedgerRescue } from './ledger-rescue';
import type { LoadedSettings } from './load-settings';
import { realFile } from './own-places';
import { type EngineParts, gateOf, planOf } from './parts';
import { createProbes } from './probes';
import { PulseSource } from './pulse';
import { rereadStaging } from './reread-staging';
import { createSinks, sweepSinks } from './sinks';
import type { Standing } from './standing';
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
  /** Nothing new is taken for want of room, and why; null: it is again. */
  readonly onIntake?: (reason: string | null) => void;
  /** The ledger turned out to be damaged: nothing more can be done but to end, and the next start restores it. */
  readonly onDamaged: (error: DropgateError) => void;
  /** The configuration was changed through a call; this engine goes on with the old one until it is closed. */
  readonly onSettingsWritten?: () => void;
}

/**
 * Puts the parts of an engine together on its data folder, recovers, listens, begins. What was opened is closed again
 * when that fails. Throws LEDGER_NEWER, LEDGER_FAILED or LEDGER_CORRUPT.
 */
export async function assemble(
  options: EngineOptions,
  standing: Standing,
  rescue: LedgerRescue,
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
  const damage = new DamageWatch(rescue, (error) => options.onDamaged(error));
  const pipeline = new Pipeline({
    ledgerFile: folder.ledger,
    onLedgerDamage: damage.met,
    stagingDir: folder.staging,
    probes: createProbes(settings, folder),
    take: (request) => stager.stage(request),
    detectType: detectBytes,
    disposal: { sinks, quarantine: keepingPlace(quarantine), held: keepingPlace(held) },
    limitsOf: (profile) => settings.profiles[profile]?.limits ?? null,
    probesNow: (profile) => (Object.hasOwn(settings.profiles, profile) ? planOf(parts, gateOf(profile)) : null),
    takesFrom: (watchFolder) => watching.takesFrom(watchFolder),
    roomLimits: {
      limits: settings.staging,
      places: [folder.staging, folder.root, folder.held, settings.quarantine.dir],
    },
    onIntake: (reason) => options.onIntake?.(reason),
    clock: systemClock,
    log,
    window: WINDOW,
    program: PROGRAM,
    ...(options.onSettled === undefined ? {} : { onSettled: options.onSettled }),
  });
  rescue.noteOpen();
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
  const reader = new Reader(folder.ledger, damage.met);
  const kept = { sinks, quarantine, held };
  const onSettingsWritten = () => {
    pulse.settingsChanged();
    options.onSettingsWritten?.();
  };
  const state = { clamavExpected, lasting: options.watch, pulse, reader, onSettingsWritten };
  const recoveredPlan = () => ({ ...planOf(parts, gateOf('default')), source: 'move', destination: null }) as const;
  const parts: EngineParts = {
    loaded,
    folder,
    pipeline,
    ...kept,
    watching,
    receiving,
    door,
    ...state,
    log,
    onLedgerDamage: damage.met,
  };
  const sweepingSinks = new AbortController();
  let swept = Promise.resolve();
  const closeSinks = async () => {
    sweepingSinks.abort();
    await swept;
    for (const sink of sinks.values()) await sink.close();
  };
  const closers: Closer[] = [
    () => pulse.close(),
    () => reader.close(),
    // before it is: a ledger that is marked as open and has no -wal has lost its newest changes
    () => rescue.noteClosed(),
    () => pipeline.close(),
    () => damage.end(),
    () => stager.close(),
    () => cart.close(),
    closeSinks,
  ];
  try {
    await quarantine.sweep();
    await held.sweep();
    // beside the work: a server that is away keeps nobody waiting
    swept = sweepSinks(sinks, AbortSignal.any([sweepingSinks.signal, AbortSignal.timeout(SWEEP_SINKS_MS)]), log);
    const reread = await rereadStaging(pipeline, {
      folder,
      kept: [folder.held, settings.quarantine.dir],
      plan: recoveredPlan,
    });
    if (reread !== null)
      log.warn(reread, 'staging was read again, because the ledger is not the one that worked with it');
    await pipeline.start(receiving.submissions());
    await standing.listen();
    door.open(parts);
    void pulse.begin();
    if (options.watch) await watching.start();
    damage.begin();
    return { parts, closers };
  } catch (error) {
    // an engine that could not begin works on nothing: its data folder is about to be somebody else's
    const works: Closer[] = [
      () => door.shut(),
      () => pipeline.room?.stop(),
      () => watching.close(),
      () => pipeline.scheduler.stop(0),
    ];
    return await closeAfter(error, [...works, ...closers], log);
  }
}
