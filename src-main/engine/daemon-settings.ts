import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { DropgateError, errnoOf, messageOf } from '../base/errors';
import { readFileSync } from '../base/files';
import { daemonSchema } from '../contract/settings-remote';
import type { DaemonOptions } from '../workers/daemon/daemon';
import { absolute, type ResolvedSettings } from './settings-paths';

/** Where the daemon listens when nobody says it. */
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = '5000';
const SHORTEST_TOKEN = 16;

/** What the command line says; null and false: nothing. */
export interface DaemonRequest {
  readonly listen: string | null;
  readonly allowPostedCommands: boolean;
}

/** What the daemon is run with; see `worker.daemon` in docs/configuration.md. */
export interface ResolvedDaemon
  extends Omit<DaemonOptions, 'copiesBytes' | 'requestMs' | 'program' | 'detections' | 'clock' | 'log'> {
  readonly runs: DetectionSettings;
  /** Folder that no other worker uses: an address is one worker's, and any free port gets a folder for this run alone. */
  readonly privateDir: { readonly path: string; readonly forThisRun: boolean };
}

/** How commands are run; null: as `probes.command` says. */
export interface DetectionSettings {
  readonly apiRoot: string | null;
  readonly apiLogs: string | null;
  readonly retrySeconds: number;
  readonly maxAttempts: number;
}

const text = z.string().min(1).optional();
const count = (least: number) => z.coerce.number().int().min(least).optional();

/** The original daemon's variables, each for what command line and configuration leave open. */
const environmentSchema = z.object({
  SERVER_HOST: text,
  SERVER_PORT: count(0).refine((port) => port === undefined || port <= 65_535),
  DUMP_PATH: text,
  LOGS_PATH: text,
  API_ROOT: text,
  API_LOGS: text,
  INTERVAL: z.coerce.number().min(0).optional(),
  MAX_RETRY: count(1),
});

/** Throws BAD_CONFIG for an address, a variable or a file that cannot be used. */
export function resolveDaemon(
  settings: ResolvedSettings,
  request: DaemonRequest,
  env: NodeJS.ProcessEnv,
  cwd: string,
): ResolvedDaemon {
  const daemon = settings.worker.daemon ?? daemonSchema.parse({});
  const original = environmentOf(env);
  const fromEnvironment = (path: string | undefined) => (path === undefined ? null : absolute(path, cwd, env));
  const said = request.listen ?? daemon.listen;
  const { host, port } = addressOf(
    said ?? `${original.SERVER_HOST ?? DEFAULT_HOST}:${original.SERVER_PORT ?? DEFAULT_PORT}`,
  );
  const own = join(settings.dataDir, 'worker', `daemon-${host.replaceAll(/[^A-Za-z0-9.]/g, '_')}-${port}`);
  const privateDir = { path: port === 0 ? join(own, randomUUID()) : own, forThisRun: port === 0 };
  const { tokenFile, tls, dumpPath, logsPath, concurrency, queueLength, maxBytes } = daemon;
  return {
    host,
    port,
    token: tokenFile === undefined ? null : readToken(tokenFile),
    tls:
      tls === undefined
        ? null
        : {
            cert: readText(tls.certFile),
            key: readText(tls.keyFile),
            clientCa: tls.clientCaFile === undefined ? null : readText(tls.clientCaFile),
          },
    allowPosted: request.allowPostedCommands || daemon.allowPostedCommands,
    dumpPath: dumpPath ?? fromEnvironment(original.DUMP_PATH),
    logsDir: logsPath ?? fromEnvironment(original.LOGS_PATH) ?? join(own, 'logs'),
    copiesDir: join(privateDir.path, 'copies'),
    privateDir,
    concurrency,
    queueLength,
    maxBytes,
    runs: {
      apiRoot: fromEnvironment(original.API_ROOT),
      apiLogs: fromEnvironment(original.API_LOGS),
      retrySeconds: daemon.retrySeconds ?? original.INTERVAL ?? 10,
      maxAttempts: daemon.maxAttempts ?? original.MAX_RETRY ?? 3,
    },
  };
}

function environmentOf(env: NodeJS.ProcessEnv): z.infer<typeof environmentSchema> {
  const given = Object.entries(env).filter(([name, value]) => name in environmentSchema.shape && value !== '');
  const parsed = environmentSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badConfig(`${String(issue?.path[0])}: is no possible value of this variable; unset it`);
}

/** `HOST:PORT`, an IPv6 address in brackets. */
function addressOf(listen: string): { readonly host: string; readonly port: number } {
  const parts = /^(\[[0-9A-Fa-f:.]+\]|[^:\s/]+):(\d{1,5})$/.exec(listen);
  const port = Number(parts?.[2]);
  if (parts?.[1] !== undefined && port <= 65_535) return { host: parts[1], port };
  throw badConfig(`worker.daemon.listen: is the text "${listen}"; write HOST:PORT, such as 127.0.0.1:5000`);
}

function readToken(file: string): string {
  const token = readText(file).trim();
  if (token.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(token)) return token;
  const wanted = `one line of at least ${SHORTEST_TOKEN} visible characters`;
  throw badConfig(`worker.daemon.tokenFile: ${file} holds no token; write ${wanted}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = errnoOf(error) ?? messageOf(error);
    throw badConfig(`worker.daemon: ${file} cannot be read (${why}); name a file that may be read`);
  }
}

const badConfig = (message: string) => new DropgateError('BAD_CONFIG', message);
