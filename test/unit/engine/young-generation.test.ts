import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const MODULE = resolve(__dirname, '../../../src-main/engine/young-generation.ts');

/** Keeps much of what it makes for a while, and prints the largest young generation in MB. */
const WORK = `
  const { getHeapSpaceStatistics } = require('node:v8');
  let kept = [];
  let most = 0;
  for (let n = 0; n < 3e6; n += 1) {
    kept.push({ n, list: [n] });
    if (kept.length > 200_000) kept = [];
    if (n % 50_000 !== 0) continue;
    most = Math.max(most, getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
  }
  console.log(String(most / 1024 ** 2));`;

/** Largest young generation, in MB, of a process, or of a thread of it, that did `first` before. */
function largest(first: string, work: string, flags: readonly string[] = []): number {
  const script = `
    const { Worker } = require('node:worker_threads');
    const { keepYoungGenerationsSmall } = require(${JSON.stringify(MODULE)});
    ${first}
    ${work}`;
  const args = [...flags, '--input-type=commonjs', '--eval', script];
  return Number(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
}

/** When V8 collects, and how much it holds in that moment, is its own affair: a figure may be odd once. */
const ODD_ONCE = { retry: 2 };

it('bounds the young generation of a process that was started without any flag', ODD_ONCE, () => {
  const bounded = largest('keepYoungGenerationsSmall();', WORK);
  expect(bounded).toBeGreaterThan(0);
  expect(bounded).toBeLessThan(largest('', WORK) / 2);
});

it('bounds that of its threads, also where the process was started with a large one', ODD_ONCE, () => {
  const thread = `new Worker(${JSON.stringify(WORK)}, { eval: true });`;
  const flags = ['--min-semi-space-size=16', '--max-semi-space-size=16'];
  expect(largest('', thread, flags)).toBeGreaterThanOrEqual(32); // more for a moment, while it is collected
  expect(largest('keepYoungGenerationsSmall();', thread, flags)).toBeLessThan(28);
});
