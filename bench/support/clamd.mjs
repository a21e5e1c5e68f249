// A clamd of the benchmark's own: private socket, no result cache, EICAR and a few thousand harmless signatures.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from './random.mjs';

const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;
const SIGNATURES = 4000;
const PATTERN_BYTES = 24;

function signatures() {
  const next = seeded(4);
  const lines = [`EICAR-Test:0:*:${Buffer.from(EICAR).toString('hex')}`];
  for (let at = 0; at < SIGNATURES; at += 1) {
    const bytes = Array.from({ length: PATTERN_BYTES }, () => next(256).toString(16).padStart(2, '0')).join('');
    lines.push(`Bench-${at}:0:*:${bytes}`);
  }
  return `${lines.join('\n')}\n`;
}

/** {pid, socket, configFile, signatures, stop()}; as the user who runs the benchmark. Throws when clamd does not start. */
export async function startClamd() {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-bench-clamd-'));
  chmodSync(folder, 0o755);
  const socket = join(folder, 'clamd.sock');
  const configFile = join(folder, 'clamd.conf');
  writeFileSync(join(folder, 'bench.ndb'), signatures());
  const lines = [
    `DatabaseDirectory ${folder}`,
    `LocalSocket ${socket}`,
    'Foreground yes',
    'MaxThreads 4',
    'DisableCache yes',
    'AlertExceedsMax yes',
    'AlertEncrypted yes',
    'MaxFileSize 100M',
    'MaxScanSize 400M',
    'StreamMaxLength 100M',
  ];
  writeFileSync(configFile, `${lines.join('\n')}\n`);
  const child = spawn('clamd', ['--config-file', configFile], { stdio: 'ignore', env: withSbin() });
  let failure = null;
  child.once('error', (error) => {
    failure = error;
  });
  const exited = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !(await isAnswered(socket)); waited += 20) {
    if (failure !== null) throw failure;
    if (child.exitCode !== null || waited > 30_000) throw new Error('clamd did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { pid: child.pid, socket, configFile, signatures: SIGNATURES + 1, stop };
}

/** Whether somebody listens: the socket is there a moment before clamd takes connections. */
function isAnswered(socket) {
  return new Promise((resolve) => {
    const connection = connect(socket, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });
}

function withSbin() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}
