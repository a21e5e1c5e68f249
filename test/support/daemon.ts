import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src-main/base/clock';
import { createLogger } from '../../src-main/base/log';
import { Daemon, type DaemonOptions } from '../../src-main/workers/daemon/daemon';
import { CommandDetections, type TestDefinition } from './detection-commands';
import { tempFolder } from './temp-folder';

export const TOKEN = 'a-token-of-the-tests-0123456789';

export interface TestDaemon {
  readonly daemon: Daemon;
  readonly url: string;
  readonly port: number;
  readonly dumpPath: string;
  readonly folder: string;
  readonly detections: CommandDetections;
}

/** A daemon on a port of its own over definitions whose commands are run; ended after the test. */
export async function startTestDaemon(
  definitions: Readonly<Record<string, TestDefinition>>,
  options: Partial<DaemonOptions> = {},
): Promise<TestDaemon> {
  const started = await startDaemonIn(tempFolder(), definitions, options);
  onTestFinished(() => started.daemon.close(0));
  return started;
}

/** The same in a given folder, until it is closed. */
export async function startDaemonIn(
  folder: string,
  definitions: Readonly<Record<string, TestDefinition>>,
  options: Partial<DaemonOptions> = {},
): Promise<TestDaemon> {
  const dumpPath = join(folder, 'dump');
  mkdirSync(dumpPath);
  const detections = new CommandDetections(definitions);
  const daemon = new Daemon({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    tls: null,
    allowPosted: false,
    dumpPath,
    copiesDir: join(folder, 'copies'),
    logsDir: join(folder, 'logs'),
    concurrency: 2,
    queueLength: 2,
    maxBytes: 1024 * 1024,
    copiesBytes: 8 * 1024 * 1024,
    requestMs: 2000,
    program: 'dropgate test',
    detections,
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    ...options,
  });
  const port = await daemon.start();
  const scheme = options.tls === undefined || options.tls === null ? 'http' : 'https';
  return { daemon, url: `${scheme}://127.0.0.1:${port}`, port, dumpPath, folder, detections };
}

/** A whole body of `POST /scan`, for the definition `text/plain` whose report is `true`. */
export function scanBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'a.txt',
    mime: 'text/plain',
    uuid: randomUUID(),
    report: 'true',
    shared: 'text/plain',
    inited: false,
    workdir: '.',
    environ: {},
    install: [],
    scripts: [],
    ...changes,
  };
}

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const BEARER = { authorization: `Bearer ${TOKEN}` };

export function call(url: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${url}/api/v1.0${path}`, { ...init, headers: { ...BEARER, ...init.headers } });
}

export function post(url: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return call(url, '/scan', { method: 'POST', body: JSON.stringify(body), headers, ...init });
}

/** Everything that comes back for `bytes` until the daemon closes, or says nothing for a while. */
export function raw(bytes: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let answer = '';
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
    });
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
