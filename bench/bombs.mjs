// Files that unpack to far more than they are: what the released command says of them, how long it takes, the memory of all
// its processes together, and what it leaves on disk (docs/detection.md).
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchTree } from '../test/support/tree-memory.ts';
import { cache, dropgateCommand, root } from './support/places.mjs';
import { keep, machine, printTable } from './support/report.mjs';

const GOALS = { seconds: 10, MiB: 512 };
/** A scan that has no verdict then is ended, and its row says so. */
const DEADLINE_MS = 60_000;

function made(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('python3', ['-B', join(root, 'bench', 'detection', 'bombs.py'), folder], { stdio: 'inherit' });
  return readdirSync(folder).sort();
}

/** One scan with a temporary folder of its own. */
async function scanBomb(path, place) {
  const temporary = join(place, 'tmp');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const config = join(place, 'dropgate.yaml');
  writeFileSync(config, JSON.stringify({ dataDir: join(place, 'data') }));
  const [program, ...args] = dropgateCommand();
  const started = performance.now();
  const child = spawn(program, [...args, 'scan', '--json', '--config', config, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temporary },
  });
  const memory = watchTree(child.pid);
  const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  let stdout = '';
  child.stdout.on('data', (data) => {
    stdout += String(data);
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(deadline);
  const seconds = (performance.now() - started) / 1000;
  const MiB = memory.peakMiB();
  const used = { exit: status ?? 'ended by us', seconds, 'CPU seconds': memory.cpuSeconds(), 'MiB together': MiB };
  if (status === null) return { verdict: 'none', reason: '', ...used, 'left behind': '-' };
  const named = JSON.parse(stdout).items.filter(({ parent }) => parent === null);
  const [{ verdict, reason }] = named;
  const left = readdirSync(temporary).length;
  return { verdict, reason: reason ?? '', ...used, 'left behind': left };
}

export async function run() {
  const start = machine();
  const folder = join(cache, 'bombs');
  const rows = [];
  for (const name of made(folder)) {
    const path = join(folder, name);
    const result = await scanBomb(path, join(cache, 'bombs-place'));
    rows.push({ bomb: name, bytes: statSync(path).size, ...result });
  }
  rmSync(join(cache, 'bombs-place'), { recursive: true, force: true });
  printTable(`Bombs; goals: never clean, ${GOALS.seconds} s, ${GOALS.MiB} MiB, nothing left behind`, rows);
  keep('bombs', start, { goals: GOALS, rows });
}
