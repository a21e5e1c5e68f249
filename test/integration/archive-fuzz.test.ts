import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { type Results, startCli } from '../support/cli';
import { describeWith } from '../support/components';
import { watchTree } from '../support/tree-memory';

/** `npm run fuzz` sets both. */
const COUNT = Number(process.env.FUZZ_COUNT ?? 2000);
const SEED = process.env.FUZZ_SEED ?? 'tests';
const BATCH = 500;
const VERDICTS = new Set<string>(['clean', 'suspicious', 'infected', 'unverified']);
const FUZZ = resolve(__dirname, '../support/fuzz');
/** Mutants that were called clean and are not stay here. */
const KEPT = resolve(__dirname, '../../.cache/fuzz');
/** All processes of one scan together. */
const MOST_MIB = 1536;
const MOST_OUTPUT = 64 * 1024 ** 2;
/** Generous: only a hang takes so long. */
const MS_EACH = 1500;

const batches = Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, at) => ({
  first: at * BATCH,
  count: Math.min(BATCH, COUNT - at * BATCH),
}));

/** Default settings, with data beside the mutants. */
function writeConfig(base: string): string {
  const config = join(base, 'dropgate.yaml');
  writeFileSync(config, JSON.stringify({ dataDir: join(base, 'data') }));
  return config;
}

interface Scanned {
  readonly items: Results['items'];
  readonly peakMiB: number;
}

async function scanFolder(folder: string, config: string): Promise<Scanned> {
  const child = startCli(['scan', '--json', '--config', config, folder]);
  if (child.pid === undefined) throw new Error('the command did not start');
  const memory = watchTree(child.pid);
  const { code, signal, stdout, stderr } = await child.ended;
  const peakMiB = memory.peakMiB();
  if (signal !== null || code === null || code > 2 || !stdout.startsWith('{'))
    throw new Error(`the scan of ${SEED} ended with ${code ?? signal}: ${stderr.slice(-1000)}`);
  return { items: (JSON.parse(stdout) as Results).items, peakMiB };
}

/** Those of the paths from which 7-Zip or Python can unpack EICAR. */
function extractable(paths: readonly string[]): string[] {
  const input = paths.map((path) => `${path}\n`).join('');
  const found = execFileSync('python3', ['-B', join(FUZZ, 'extracts_eicar.py')], { input, maxBuffer: MOST_OUTPUT });
  return found.toString().split('\n').filter(Boolean);
}

describeWith(
  ['python3', '7zz', 'bsdtar', 'gcab', 'genisoimage', 'arj', 'jlha', 'mksquashfs', 'mcopy', 'mke2fs', 'rpmbuild'],
  `mutants of every kind of container (seed ${SEED})`,
  () => {
    it.each(batches)(
      '$count from number $first on: each has a verdict, and none that still gives EICAR is clean',
      async ({ first, count }) => {
        const base = mkdtempSync(join(tmpdir(), 'dropgate-fuzz-'));
        try {
          const folder = join(base, 'mutants');
          mkdirSync(folder);
          execFileSync('python3', ['-B', join(FUZZ, 'mutants.py'), SEED, String(first), String(count), folder]);
          const { items, peakMiB } = await scanFolder(folder, writeConfig(base));
          const named = items.filter(({ parent }) => parent === null);
          expect(named.length).toBe(readdirSync(folder).length);
          expect(named.filter(({ verdict }) => !VERDICTS.has(verdict ?? '')).map(({ path }) => path)).toEqual([]);
          expect(
            named.filter(({ reason }) => reason === 'timeout' || reason === 'probe_error').map(({ path }) => path),
          ).toEqual([]);
          expect(named.filter(({ verdict }) => verdict === 'infected').length).toBeGreaterThan(count / 20);
          const missed = extractable(named.filter(({ verdict }) => verdict === 'clean').map(({ path }) => path));
          mkdirSync(KEPT, { recursive: true });
          for (const path of missed) copyFileSync(path, join(KEPT, `${SEED}-${path.split('/').at(-1)}`));
          expect(missed).toEqual([]);
          expect(peakMiB).toBeLessThan(MOST_MIB);
        } finally {
          rmSync(base, { recursive: true, force: true });
        }
      },
      BATCH * MS_EACH,
    );
  },
);
