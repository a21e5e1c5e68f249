import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { describeWith } from '../../../support/components';
import { type Random, randomFrom } from '../../../support/random';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { CONTAINERS, make } from './containers';
import { scanIn } from './support';

/** More of them: DROPGATE_MUTANTS=5000. */
const MUTANTS = Number(process.env.DROPGATE_MUTANTS ?? '3');
vi.setConfig({ testTimeout: 60_000 + MUTANTS * CONTAINERS.length * 1000 });

/** Flipped bits, bytes of interest in headers, cuts, repeats, and another container in front or behind. */
function mutant(bytes: Buffer, other: Buffer, next: Random): Buffer {
  const kind = next(6);
  if (kind === 0) return bytes.subarray(0, 1 + next(bytes.length));
  if (kind === 1) return Buffer.concat([other, bytes]);
  if (kind === 2) return Buffer.concat([bytes, other]);
  if (kind === 3) {
    const [from, length] = [next(bytes.length), next(64)];
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
  }
  const changed = Buffer.from(bytes);
  for (let left = 1 + next(4); left > 0; left -= 1) {
    const at = kind === 4 ? next(Math.min(64, bytes.length)) : next(bytes.length);
    changed[at] = [0, 0xff, 0x7f, 0x80, (changed[at] ?? 0) ^ (1 << next(8)), next(256)][next(6)] ?? 0;
  }
  return changed;
}

/** Whether 7-Zip, left to find out for itself what the file is, gets EICAR out of it. */
function getsEicar(folder: string): boolean {
  const { stdout } = spawnSync('7zz', ['x', '-so', '-bso0', '-bsp0', '--', join(folder, 'item')], { input: '' });
  return stdout.includes(EICAR);
}

describeWith(['7zz'], `${MUTANTS} mutants of every kind of container`, () => {
  it.each(CONTAINERS.map(({ kind }, index) => [kind, index] as const))(
    'of %s: what 7-Zip gets out is found or not clean',
    async (_kind, index) => {
      const made = CONTAINERS[index];
      const other = CONTAINERS[(index + 7) % CONTAINERS.length];
      if (made === undefined || other === undefined) throw new Error('no such container');
      const [bytes, second] = [make(made), make(other)];
      const next = randomFrom(index + 1);
      for (let count = 0; count < MUTANTS; count += 1) {
        const folder = tempFolder();
        const changed = mutant(bytes, second, next);
        const { coverage, children } = await scanIn(folder, changed);
        const found = children.some((child) => child.bytes.includes(EICAR) || /^bytes-at-/.test(child.name));
        if (coverage !== 'complete' || found) continue;
        const plain = changed.includes(EICAR); // the file itself is scanned too
        expect([count, getsEicar(folder) && !plain]).toEqual([count, false]);
      }
    },
  );
});
