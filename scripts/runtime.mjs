// Finds the Node 24 runtime that every script runs on. This file itself must run on Node 20: it is what a fresh
// machine starts with. better-sqlite3 needs Node-API 10 (Node >= 22.14); the project is tested on Node 24 alone.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED_MAJOR = 24;

/**
 * How the program is run: a young generation of fixed size, in which what a file needs dies before it is moved; an old one
 * that is collected before it grows by more than a tenth, which pays for the young one; and one malloc arena (glibc else
 * keeps freed memory for each thread apart). docs/performance.md has the figures.
 */
export const LEAN = {
  args: ['--min-semi-space-size=16', '--max-semi-space-size=16', '--heap-growing-percent=10'],
  env: { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '1' },
};

/** Path of a Node 24 binary: the one npm installed for this platform, else the running one when it is Node 24 itself. */
export function findNode24() {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    'bin',
    binary,
  );
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) === WANTED_MAJOR) return process.execPath;
  return null;
}

/** Prints why nothing can run and ends the process with 2. */
export function failWithoutNode24() {
  process.stderr.write(
    `dropgate: this needs Node ${WANTED_MAJOR}, and this is Node ${process.versions.node}.\n` +
      `  cause: the optional package node-${process.platform}-${process.arch} is not installed (npm ci with --omit=optional, or no such package for this platform)\n` +
      `  next:  run "npm ci" again without --omit=optional, or start this with Node ${WANTED_MAJOR} on PATH\n`,
  );
  process.exit(2);
}

export function isNode24() {
  return Number(process.versions.node.split('.')[0]) === WANTED_MAJOR;
}

/**
 * Runs Node 24 with `args`, standard streams inherited, Node 24 first on PATH; ends this process as the child ended.
 * Signals meant for this process are handed to the child.
 */
export function runOnNode24(args, env = {}) {
  const node = findNode24();
  if (node === null) failWithoutNode24();
  const path = [dirname(realpathSync(node)), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, ...env, PATH: path } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`dropgate: cannot start ${node}: ${error.message}\n`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + (constants.signals[signal] ?? 0)));
}
