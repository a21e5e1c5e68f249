import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Results, startCli, testGate } from '../support/cli';
import { describeWith } from '../support/components';
import { watchTree } from '../support/tree-memory';

const MAKER = resolve(__dirname, '../../bench/detection/bombs.py');
const BOMBS = [
  'chain.tar.gz',
  'flat.zip',
  'members.tar.gz',
  'members.zip',
  'nested.zip',
  'overlapping.zip',
  'parts.eml',
  'quine.gz',
  'zeros.bz2',
  'zeros.gz',
  'zeros.lz4',
  'zeros.xz',
  'zeros.zst',
];
/** All processes of the command together. */
const MOST_MIB = 512;
/** Only a bomb that goes off takes so long. */
const TWO_MINUTES = 120_000;

describeWith(['python3', '7zz', 'zstd', 'lz4'], 'archives that unpack to far more than they are', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-bombs-'));
    execFileSync('python3', ['-B', MAKER, folder]);
  }, TWO_MINUTES);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are all tried', () => {
    expect(readdirSync(folder).sort()).toEqual(BOMBS);
  });

  it.each(BOMBS)(
    '%s is not clean, takes a bounded memory, and leaves nothing on disk',
    async (name) => {
      const place = mkdtempSync(join(tmpdir(), 'dropgate-bomb-'));
      try {
        const temporary = join(place, 'tmp');
        mkdirSync(temporary);
        const gate = testGate(place);
        const child = startCli(['scan', '--json', ...gate.options, join(folder, name)], { TMPDIR: temporary });
        if (child.pid === undefined) throw new Error('the command did not start');
        const memory = watchTree(child.pid);
        const { stdout, code } = await child.ended;
        const peakMiB = memory.peakMiB();
        const [named] = (JSON.parse(stdout) as Results).items.filter(({ parent }) => parent === null);
        expect(named?.verdict).toMatch(/^(suspicious|unverified)$/);
        expect(code).not.toBe(0);
        expect(peakMiB).toBeLessThan(MOST_MIB);
        expect(readdirSync(temporary)).toEqual([]);
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
    TWO_MINUTES,
  );
});
