// A released gateway with one watched folder and a folder as destination, for benchmarks.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache, dropgateCommand } from './places.mjs';

/** The still time that the benchmark asks for: short, as whoever scripts a scan waits for nothing at all. */
export const SETTLE_MS = 250;
const LOOK_MS = 100;

/**
 * Empty folders and a configuration for a gateway that scans with ClamAV alone: {folder, inbox, outbox, config}. `clamd`
 * of startClamd(); `watch`: more settings of the folder.
 */
export function gatewayFolder(name, clamd, watch = {}) {
  const folder = join(cache, name);
  rmSync(folder, { recursive: true, force: true });
  const [inbox, outbox] = ['in', 'out'].map((part) => join(folder, part));
  for (const path of [inbox, outbox]) mkdirSync(path, { recursive: true });
  const config = join(folder, 'dropgate.yaml');
  const settings = {
    dataDir: join(folder, 'data'),
    destinations: { outbox: { kind: 'folder', dir: outbox } },
    profiles: { default: { probes: ['clamav'], destination: 'outbox' } },
    probes: { clamav: { socket: clamd.socket, configFile: clamd.configFile } },
    watch: [{ dir: inbox, settleMs: SETTLE_MS, ...watch }],
  };
  writeFileSync(config, JSON.stringify(settings));
  return { folder, inbox, outbox, config };
}

/** One question after the other over the gateway's socket. */
class Caller {
  #socket;
  #answers;

  constructor(socket) {
    this.#socket = socket;
    this.#answers = createInterface(socket)[Symbol.asyncIterator]();
  }

  /** Null when nobody listens there (yet). */
  static to(path) {
    return new Promise((resolve) => {
      const socket = connect(path);
      socket.once('error', () => resolve(null));
      socket.once('connect', () => resolve(new Caller(socket)));
    });
  }

  async call(name, params) {
    this.#socket.write(`${JSON.stringify({ id: 1, call: name, params })}\n`);
    const { value } = await this.#answers.next();
    const { result, error } = JSON.parse(value);
    if (error !== undefined) throw new Error(`${name}: ${error.message}`);
    return result;
  }

  close() {
    this.#socket.destroy();
  }
}

/** A connection to the gateway as soon as it listens. Throws when it ends before. */
async function joined(path, child) {
  for (;;) {
    const caller = await Caller.to(path);
    if (caller !== null) return caller;
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}`);
    await sleep(LOOK_MS);
  }
}

/**
 * Starts the gateway of gatewayFolder() and waits until it listens: {pid, call(name, params), nothingLeft(),
 * stop(), kill()}. With `onItem` it prints its events, and each file that ended is handed to it.
 */
export async function startGateway({ folder, config }, { onItem = null } = {}) {
  const [program, ...args] = dropgateCommand();
  const events = onItem === null ? [] : ['--ndjson'];
  const child = spawn(program, [...args, 'run', '--quiet', ...events, '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  createInterface(child.stdout).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.event === 'item') onItem(event.item);
  });
  const caller = await joined(join(folder, 'data', 'engine.sock'), child);
  const end = async (signal) => {
    caller.close();
    child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid,
    call: (name, params) => caller.call(name, params),
    async nothingLeft() {
      while ((await caller.call('status', {})).unsettled > 0) await sleep(LOOK_MS);
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
