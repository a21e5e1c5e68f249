import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const MODULE = resolve(__dirname, '../../../src-main/engine/disk-threads.ts');

/** Threads that wait for the disk, in a process that used the file system after it did `first`. */
function diskThreads(first: string, env: NodeJS.ProcessEnv = {}): number {
  const script = `
    const { readdirSync, readFileSync } = require('node:fs');
    const { stat } = require('node:fs/promises');
    const { useManyDiskThreads } = require(${JSON.stringify(MODULE)});
    ${first}
    const names = () => readdirSync('/proc/self/task').map((id) => readFileSync('/proc/self/task/' + id + '/comm', 'utf8'));
    stat('/').then(() => console.log(names().filter((name) => name.startsWith('libuv')).length));`;
  const { UV_THREADPOOL_SIZE: _, ...clean } = process.env;
  const args = ['--input-type=commonjs', '--eval', script];
  return Number(spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...clean, ...env } }).stdout);
}

it.runIf(process.platform === 'linux')('waits for the disk in more threads than a process has by itself', () => {
  const few = diskThreads('');
  expect(few).toBeGreaterThan(0);
  expect(diskThreads('useManyDiskThreads();')).toBe(4 * few);
  expect(diskThreads('useManyDiskThreads();', { UV_THREADPOOL_SIZE: '3' })).toBe(3);
});
