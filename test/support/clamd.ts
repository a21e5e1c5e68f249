import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findComponent } from './components';
import { EICAR } from './temp-folder';

/** A real clamd of our own, with a one-line EICAR database, on a private unix socket and a TCP port of 127.0.0.1. */
export interface Clamd {
  readonly socket: string;
  readonly port: number;
  readonly configFile: string;
  readonly databaseDir: string;
  readonly process: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A TCP port of 127.0.0.1 that nobody listened on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Whether somebody listens: the socket is there a moment before clamd takes connections. */
export function isAnswered(place: string | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(typeof place === 'string' ? { path: place } : place, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });
}

/** `folder`: reuse a folder (a restarted clamd keeps its socket path). `extra`: more lines of clamd.conf, first wins. */
export async function startClamd(options: { folder?: string; extra?: string[]; port?: number } = {}): Promise<Clamd> {
  const program = findComponent('clamd');
  if (program === null) throw new Error('clamd is not installed');
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'dropgate-clamd-'));
  chmodSync(folder, 0o755);
  const socket = join(folder, 'clamd.sock');
  const configFile = join(folder, 'clamd.conf');
  const port = options.port ?? (await freePort());
  const extra = options.extra ?? [];
  const defaults = [
    `DatabaseDirectory ${folder}`,
    `LocalSocket ${socket}`,
    'FixStaleSocket yes',
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    'Foreground yes',
    'MaxThreads 4',
    'AlertExceedsMax yes',
    'AlertEncrypted yes',
  ];
  const keys = new Set(extra.map((line) => line.split(' ')[0]));
  writeFileSync(join(folder, 'eicar.ndb'), `EICAR-Test:0:*:${EICAR.toString('hex')}\n`);
  writeFileSync(configFile, `${[...extra, ...defaults.filter((line) => !keys.has(line.split(' ')[0]))].join('\n')}\n`);
  rmSync(socket, { force: true });
  const child = spawn(program, ['--config-file', configFile], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += String(data)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let waited = 0; !(await isAnswered(socket)); waited += 20) {
    if (child.exitCode !== null || waited > 20_000) throw new Error(`clamd did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    socket,
    port,
    configFile,
    databaseDir: folder,
    process: child,
    async stop(signal = 'SIGKILL') {
      child.kill(signal);
      await exited;
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
