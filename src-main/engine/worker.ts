import { join } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from '../base/clock';
import { rm } from '../base/files';
import { isLoopback } from '../base/host';
import { makeFolder } from '../base/make-folder';
import { Daemon } from '../workers/daemon/daemon';
import { type DaemonRequest, resolveDaemon } from './daemon-settings';
import { createDetections } from './detections';
import type { ResolvedSettings } from './settings-paths';
import { PROGRAM } from './version';

/** Private copies of all files that wait or are looked at, together; a single larger file fits too. */
const COPIES_BYTES = 8 * 1024 ** 3;
const REQUEST_MS = 10_000;

export interface RunningDaemon {
  /** HOST:PORT that it listens on. */
  readonly address: string;
  /** Ends it: what runs may end within `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Starts a detection daemon as settings, command line and the original's environment say. Throws BAD_CONFIG. */
export async function startDaemon(
  settings: ResolvedSettings,
  request: DaemonRequest,
  env: NodeJS.ProcessEnv,
  log: Logger,
): Promise<RunningDaemon> {
  const { runs, privateDir, ...resolved } = resolveDaemon(settings, request, env, process.cwd());
  const { command } = settings.probes;
  warn(resolved, log);
  const daemon = new Daemon({
    ...resolved,
    maxBytes: Math.min(resolved.maxBytes, command?.maxBytes ?? resolved.maxBytes),
    copiesBytes: Math.max(COPIES_BYTES, resolved.maxBytes),
    requestMs: REQUEST_MS,
    program: PROGRAM,
    detections: createDetections(command, runs, join(privateDir.path, 'commands')),
    clock: systemClock,
    log,
  });
  makeFolder(settings.dataDir, 0o750);
  const port = await daemon.start();
  return {
    address: `${resolved.host}:${port}`,
    close: async (graceMs) => {
      await daemon.close(graceMs);
      if (privateDir.forThisRun) await rm(privateDir.path, { recursive: true, force: true });
    },
  };
}

type Reach = Pick<ReturnType<typeof resolveDaemon>, 'token' | 'tls' | 'host' | 'allowPosted'>;

function warn({ token, tls, host, allowPosted }: Reach, log: Logger): void {
  const anyone = token === null && tls?.clientCa === undefined;
  if (anyone && allowPosted) log.warn('every user of this machine can run commands as the user of this worker');
  else if (anyone) log.warn('without a tokenFile every user of this machine can use this worker');
  if (tls === null && !isLoopback(host)) log.warn('without TLS the token can be read on the way');
  if (allowPosted) log.warn('posted commands are run: whoever can ask this worker can run anything as its user');
}
