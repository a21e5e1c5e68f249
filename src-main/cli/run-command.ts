import type { Logger } from 'pino';
import { sleep } from '../base/clock';
import { DropgateError, messageOf } from '../base/errors';
import { createLogger } from '../base/log';
import type { ResultItem } from '../contract/result';
import { Engine, type EngineOptions } from '../engine/engine';
import { EventWriter } from './event-writer';
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

  constructor() {
    process.on('SIGHUP', () => this.push('reload'));
    process.on('SIGTERM', () => this.push('stop'));
    process.on('SIGINT', () => this.push('stop'));
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

/**
 * `dropgate run`: the headless gateway. SIGHUP reads the configuration again: a wrong one is reported and the old one
 * stays; a right one takes over when the work in hand has ended or is safe in the ledger. SIGTERM and SIGINT drain.
 */
export async function runCommand(options: CommonOptions & { ndjson?: boolean }): Promise<number> {
  const log = createLogger({ level: options.debug === true ? 'debug' : options.quiet === true ? 'warn' : 'info' });
  const events = options.ndjson === true ? new EventWriter(process.stdout) : null;
  const emit = (event: object) => events?.write(event);
  const signals = new Signals();
  let current = engineOptions(options, log, emit);
  let engine = await startPatiently(current);
  emit({ event: 'started', pid: process.pid });
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

/** A command that has an engine of its own for a moment is waited for; another gateway is not, and LEDGER_LOCKED says so. */
async function startPatiently(options: EngineOptions): Promise<Engine> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      return await Engine.start(options);
    } catch (error) {
      const locked = error instanceof DropgateError && error.code === 'LEDGER_LOCKED';
      if (!locked || performance.now() > deadline) throw error;
      await sleep(LOCK_LOOK_MS);
    }
  }
}

/** The configuration as it is now, or null when it is wrong: that is reported, and the old one stays. */
function readAgain(options: CommonOptions, log: Logger, emit: (event: object) => void): EngineOptions | null {
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
    return startOrGoBack(startPatiently, next, old, log, emit);
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

function engineOptions(options: CommonOptions, log: Logger, emit: (event: object) => void): EngineOptions {
  return {
    loaded: settingsFor(options),
    log,
    watch: true,
    onSettled: (submission: string, item: ResultItem) => {
      log.info({ submission, item: item.id, verdict: item.verdict, disposition: item.disposition }, 'file ended');
      emit({ event: 'item', submission, item });
    },
    onWatch: (dir, event) => emit({ event: 'watch', dir, ...event }),
  };
}
