import type { Logger } from 'pino';
import { sleep } from '../base/clock';
import { connectEngine } from '../base/engine-client';
import { DropgateError, messageOf } from '../base/errors';
import { createLogger } from '../base/log';
import type { ResultItem } from '../contract/result';
import type { EngineOptions } from '../engine/assemble';
import { dataFolder } from '../engine/data-folder';
import { Engine } from '../engine/engine';
import { assertPrivateSocketFolder } from '../engine/private-folder';
import { EventWriter } from './event-writer';
import { endWith } from './failure';
import type { CommonOptions } from './options';
import { settingsFor } from './settings';

/** How long files in work may take to end when the gateway is told to; the rest stays durable for the next start. */
const GRACE_MS = 30_000;
/** How long a command's own engine may hold the data folder before the gateway gives up. */
const LOCK_PATIENCE_MS = 30_000;
const LOCK_LOOK_MS = 200;

type Signal = 'reload' | 'stop';

/** Signals in the order in which they came, for one reader. */
class Signals {
  private readonly queue: Signal[] = [];
  private wake: (() => void) | null = null;

  /** `input`: whose end means stop, too. */
  constructor(input: NodeJS.ReadStream | null) {
    process.on('SIGHUP', () => this.push('reload'));
    process.on('SIGTERM', () => this.push('stop'));
    process.on('SIGINT', () => this.push('stop'));
    input?.on('end', () => this.push('stop'));
    input?.on('error', () => this.push('stop'));
    input?.resume();
    input?.unref?.(); // an engine that cannot start must not stay for it
  }

  async next(): Promise<Signal> {
    for (;;) {
      const signal = this.queue.shift();
      if (signal !== undefined) return signal;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  private push(signal: Signal): void {
    this.queue.push(signal);
    this.wake?.();
  }
}

export interface RunOptions extends CommonOptions {
  readonly ndjson?: boolean;
  /** Where another gateway has the data folder, an event `joined` with its socket, and exit 0. */
  readonly orJoin?: boolean;
  /** Drain when standard input ends: for one that is started by a window, and never outlives it, however that ends. */
  readonly untilInputEnds?: boolean;
}

/**
 * `dropgate run`: the headless gateway. SIGHUP reads the configuration again: a wrong one is reported and the old one
 * stays; a right one takes over when the work in hand has ended or is safe in the ledger. SIGTERM and SIGINT drain.
 */
export async function runCommand(options: RunOptions): Promise<number> {
  const log = createLogger({ level: options.debug === true ? 'debug' : options.quiet === true ? 'warn' : 'info' });
  const events = options.ndjson === true ? new EventWriter(process.stdout) : null;
  const emit = (event: object) => events?.write(event);
  const signals = new Signals(options.untilInputEnds === true ? process.stdin : null);
  let current = engineOptions(options, log, emit);
  const { socket, root } = dataFolder(current.loaded.settings.dataDir);
  const begun = await (options.orJoin === true
    ? startPatiently(current, () => findGateway(socket, root))
    : startOwn(current));
  if ('joined' in begun) {
    emit({ event: 'joined', socket, pid: begun.joined });
    await events?.flush();
    process.exit(0); // standard input may still be open
  }
  let engine = begun;
  emit({ event: 'started', pid: process.pid, socket });
  log.info({ pid: process.pid }, 'the gateway runs');
  while ((await signals.next()) === 'reload') {
    const next = readAgain(options, log, emit);
    if (next === null) continue;
    engine = await reload(engine, next, current, log, emit);
    current = next;
  }
  log.info('draining');
  await engine.close(GRACE_MS);
  emit({ event: 'stopped' });
  if ((await events?.flush()) === false) process.exit(0); // what nobody reads must not keep the process alive
  return 0;
}

/** The gateway that listens there; null for none, or only a command's engine, which ends soon. */
async function findGateway(socket: string, root: string): Promise<{ readonly joined: number } | null> {
  assertPrivateSocketFolder(socket, root);
  const client = await connectEngine(socket);
  if (client === null) return null;
  try {
    const { pid, lasting } = await client.call('hello', {});
    return lasting === true ? { joined: pid } : null;
  } finally {
    await client.close();
  }
}

/**
 * A command that has an engine of its own for a moment is waited for; another gateway is not, and LEDGER_LOCKED says
 * so, unless `whenLocked` finds something to give instead.
 */
async function startPatiently<Instead extends object>(
  options: EngineOptions,
  whenLocked: () => Promise<Instead | null>,
): Promise<Engine | Instead> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      return await Engine.start(options);
    } catch (error) {
      if (!(error instanceof DropgateError && error.code === 'LEDGER_LOCKED')) throw error;
      const instead = await whenLocked();
      if (instead !== null) return instead;
      if (performance.now() > deadline) throw error;
      await sleep(LOCK_LOOK_MS);
    }
  }
}

/** Nothing but an engine of our own will do. */
const startOwn = (options: EngineOptions) => startPatiently<never>(options, () => Promise.resolve(null));

/** The configuration as it is now, or null when it is wrong: that is reported, and the old one stays. */
function readAgain(options: RunOptions, log: Logger, emit: (event: object) => void): EngineOptions | null {
  try {
    return engineOptions(options, log, emit);
  } catch (error) {
    log.error({ problem: messageOf(error) }, 'the configuration was not taken over; the gateway goes on as it was');
    emit({ event: 'reload-failed', problem: messageOf(error) });
    return null;
  }
}

/**
 * An engine with the new configuration; where that cannot start, one with the old. Whoever uses the gateway waits
 * meanwhile, unless the data folder is another one now.
 */
async function reload(
  engine: Engine,
  next: EngineOptions,
  old: EngineOptions,
  log: Logger,
  emit: (event: object) => void,
): Promise<Engine> {
  const { dataDir } = next.loaded.settings;
  if (dataDir !== old.loaded.settings.dataDir) {
    await engine.close(GRACE_MS);
    return startOrGoBack(startOwn, next, old, log, emit);
  }
  const standing = await engine.handOver(GRACE_MS);
  try {
    return await startOrGoBack((options) => Engine.goOn(options, standing), next, old, log, emit);
  } catch (error) {
    await standing.dismiss();
    standing.release();
    throw error;
  }
}

async function startOrGoBack(
  start: (options: EngineOptions) => Promise<Engine>,
  next: EngineOptions,
  old: EngineOptions,
  log: Logger,
  emit: (event: object) => void,
): Promise<Engine> {
  try {
    const engine = await start(next);
    log.info('the configuration was read again');
    emit({ event: 'reloaded' });
    return engine;
  } catch (error) {
    log.error(
      { problem: messageOf(error) },
      'the new configuration does not start; the gateway goes back to the old one',
    );
    emit({ event: 'reload-failed', problem: messageOf(error) });
    return start(old);
  }
}

function engineOptions(options: RunOptions, log: Logger, emit: (event: object) => void): EngineOptions {
  const onSettled = (submission: string, item: ResultItem) => {
    log.info({ submission, item: item.id, verdict: item.verdict, disposition: item.disposition }, 'file ended');
    emit({ event: 'item', submission, item });
  };
  return {
    loaded: settingsFor(options),
    log,
    watch: true,
    ...(options.ndjson === true || log.isLevelEnabled('info') ? { onSettled } : {}), // nobody hears of it: nothing is read
    onIntake: (reason) => emit({ event: 'intake', paused: reason !== null, reason }),
    onWatch: (dir, event) => emit({ event: 'watch', dir, ...event }),
    onDamaged: (error) => endWith(error, options.debug === true),
    onSettingsWritten: () => process.emit('SIGHUP'), // taken over in the one way in which a configuration is
  };
}
