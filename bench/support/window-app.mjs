// Starts the built window in an Electron, on an X server of its own, for benchmarks. Linux only.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { ensureBuild } from '../../scripts/builds.mjs';
import { electronArguments, findElectron } from '../../scripts/electron.mjs';
import { cache } from './places.mjs';

const PATIENCE_MS = 120_000;

/** A screen of its own; `{display, stop()}`. */
export async function startScreen() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Xvfb: ${error.message} (apt install xvfb)`)));
    server.once('exit', (status) => reject(new Error(`Xvfb ended with ${status}`)));
    server.stdio[3].once('data', (text) => resolve(String(text).trim()));
  });
  return { display: `:${number}`, stop: () => server.kill() };
}

/** What every start needs, found once: `{electron, build}`. */
export async function windowParts() {
  const electron = await findElectron((text) => process.stderr.write(`${text}\n`));
  return { electron, build: ensureBuild('window') };
}

/** A window that knows nothing of earlier ones: `{app, page, started}`; `started` is when its process was asked for. */
export async function startWindow({ electron, build }, display, name = 'window') {
  const folder = join(cache, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'dropgate.yaml');
  writeFileSync(config, '');
  const started = Date.now();
  const app = await _electron.launch({
    executablePath: electron.path,
    args: [...electronArguments(), build, '--data-dir', join(folder, 'data'), '--config', config],
    cwd: folder,
    timeout: PATIENCE_MS,
    env: {
      ...process.env,
      DISPLAY: display,
      DROPGATE_NODE: process.execPath,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_DATA_HOME: join(folder, 'share'),
    },
  });
  const page = await app.firstWindow({ timeout: PATIENCE_MS });
  page.setDefaultTimeout(PATIENCE_MS);
  return { app, page, started, folder };
}

/** Asks the engine through the window's own channel; throws when it answers with an error. */
export async function askEngine(page, call, params) {
  const answer = await page.evaluate(
    ([name, question]) => window.dropgate.call('engine', name, question),
    [call, params],
  );
  if (!answer.ok) throw new Error(`${call}: ${answer.error.message}`);
  return answer.result;
}

/** Proportional set size of a process and all below it: `{processes, pssMiB}`. */
export function memoryOf(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const status = readOrNull(`/proc/${name}/status`);
    if (status !== null) parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
  }
  const family = [pid];
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member && !family.includes(child)) family.push(child);
  const sizes = family.map((member) => readOrNull(`/proc/${member}/smaps_rollup`));
  const kib = sizes.reduce((sum, text) => sum + Number(/^Pss:\s+(\d+)/m.exec(text ?? '')?.[1] ?? 0), 0);
  return { processes: sizes.filter((text) => text !== null).length, pssMiB: kib / 1024 };
}

function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null; // it ended between two looks
    throw error;
  }
}
