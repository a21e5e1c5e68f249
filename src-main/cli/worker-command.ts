import { once } from 'node:events';
import { DropgateError } from '../base/errors';
import { createLogger } from '../base/log';
import { startDaemon } from '../engine/worker';
import { EventWriter } from './event-writer';
import type { CommonOptions } from './options';
import { settingsFor } from './settings';

/** How long detections may take to end when the worker is told to. */
const GRACE_MS = 30_000;
const END_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface WorkerOptions extends CommonOptions {
  /** HOST:PORT; true: the option alone. */
  readonly daemon?: string | true;
  readonly allowPostedCommands?: boolean;
  readonly ndjson?: boolean;
}

/** `dropgate worker`: probes for other machines, until a signal; what runs may end, a second signal ends it at once. */
export async function workerCommand(options: WorkerOptions): Promise<number> {
  const log = createLogger({ level: options.debug === true ? 'debug' : options.quiet === true ? 'warn' : 'info' });
  const events = options.ndjson === true ? new EventWriter(process.stdout) : null;
  const { settings } = settingsFor(options);
  if (options.daemon === undefined && settings.worker.daemon === undefined) {
    throw new DropgateError('BAD_USAGE', 'a worker needs something to offer: --daemon HOST:PORT, or worker.daemon');
  }
  const request = {
    listen: typeof options.daemon === 'string' ? options.daemon : null,
    allowPostedCommands: options.allowPostedCommands === true,
  };
  const told = new AbortController();
  const signalled = Promise.race(END_SIGNALS.map((signal) => once(process, signal, { signal: told.signal })));
  signalled.catch(() => undefined); // that of a worker that did not start
  try {
    const daemon = await startDaemon(settings, request, process.env, log);
    events?.write({ event: 'started', pid: process.pid, daemon: daemon.address });
    log.info({ daemon: daemon.address }, 'the worker listens');
    await signalled;
    for (const signal of END_SIGNALS) process.once(signal, () => process.exit(2));
    log.info('draining');
    await daemon.close(GRACE_MS);
    events?.write({ event: 'stopped' });
    if ((await events?.flush()) === false) process.exit(0); // what nobody reads must not keep the process alive
    return 0;
  } finally {
    told.abort();
  }
}
