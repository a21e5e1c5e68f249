/**
 * Deny list of 5 million SHA-256 hashes (or as many as the first argument says): time to build and to reopen its
 * index, memory, event loop, and look-ups. Run: node scripts/node24.mjs bench/hash-list.ts [HASHES]
 *
 * The first process writes the list and bundles the probe; a second one, with nothing else in its memory, measures.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { createHashListProbe } from '../src-main/probes/hash-list/probe';
import type { Probe, StagedItem } from '../src-main/probes/probe';

const HASHES = 5_000_000;
const LOOK_UPS = 20_000;
const MIB = 1024 ** 2;
const script = fileURLToPath(import.meta.url);
const root = dirname(dirname(script));
const never = new AbortController().signal;

interface LookUpTimes {
  medianMs: number;
  p99Ms: number;
  mostMs: number;
}

interface Figures {
  hashes: number;
  listMiB: number;
  indexMiB: number;
  buildSeconds: number;
  reopenSeconds: number;
  loopDelayBuildMs: number;
  rssPeakBuildMiB: number;
  rssBeforeMiB: number;
  rssAfterMiB: number;
  rssAfterReopenMiB: number;
  lookUpHit: LookUpTimes;
  lookUpMiss: LookUpTimes;
}

/** Bundles the probe and its child into `folder`, as the program's build does. */
async function bundle(folder: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node24',
      rolldownOptions: {
        input: {
          'hash-list': join(root, 'src-main/probes/hash-list/probe.ts'),
          'hash-index-child': join(root, 'src-main/probes/hash-list/child.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}

/** Hash number `number` of the list: made from it, so that nothing needs to be kept. */
function hashOf(number: number, seed: string): string {
  return createHash('sha256').update(`${seed} ${number}`).digest('hex');
}

function writeList(path: string, hashes: number, seed: string): void {
  const fd = openSync(path, 'w');
  for (let from = 0; from < hashes; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, hashes - from) }, (_, at) => hashOf(from + at, seed));
    writeSync(fd, `${lines.join('\n')}\n`);
  }
  closeSync(fd);
}

function rssMiB(): number {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  return process.memoryUsage().rss / MIB;
}

const seconds = (since: number) => (performance.now() - since) / 1000;

async function untilReady(probe: Probe): Promise<void> {
  for (;;) {
    const { state, problem } = await probe.describe(never);
    if (state === 'ready') return;
    if (!problem?.includes('is being indexed')) throw new Error(problem ?? 'not ready');
  }
}

async function lookUps(
  probe: Probe,
  path: string,
  hash: (at: number) => string,
  statement: string,
): Promise<LookUpTimes> {
  const context = {
    limits: { fileBytes: 1, archiveDepth: 1, archiveFiles: 1, archiveBytes: 1, archiveRatio: 1, seconds: 1 },
    passwords: [],
    begins: () => undefined,
    addChild: () => Promise.resolve(),
    isOverLimit: () => false,
  };
  const times: number[] = [];
  for (let at = 0; at < LOOK_UPS; at += 1) {
    const hashes = { sha256: hash(at), sha1: null, md5: null };
    const item: StagedItem = { path, name: Buffer.from('x'), size: 1, hashes, type: null };
    const started = performance.now();
    const report = await probe.scan(item, context, never);
    times.push(performance.now() - started);
    if (report.statement !== statement) throw new Error(`${statement} expected`);
  }
  times.sort((left, right) => left - right);
  const quantile = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return { medianMs: quantile(0.5), p99Ms: quantile(0.99), mostMs: quantile(1) };
}

async function measure(folder: string, hashes: number, seed: string): Promise<Figures> {
  process.env.DROPGATE_ENTRIES = join(folder, 'bundle');
  const loaded = createRequire(script)(join(folder, 'bundle', 'hash-list.js')) as {
    createHashListProbe: typeof createHashListProbe;
  };
  const settings = { deny: [join(folder, 'list.txt')], allow: [] };
  const options = { indexDir: join(folder, 'indexes') };
  const item = join(folder, 'item');
  writeFileSync(item, 'x');
  const empty = loaded.createHashListProbe({ deny: [], allow: [] }, options);
  await lookUps(empty, item, (at) => hashOf(at, 'warm'), 'nothing_found');
  await empty.close();

  const rssBeforeMiB = rssMiB();
  let rssPeakBuildMiB = 0;
  const sampler = setInterval(() => {
    rssPeakBuildMiB = Math.max(rssPeakBuildMiB, process.memoryUsage().rss / MIB);
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let started = performance.now();
  const first = loaded.createHashListProbe(settings, options);
  await untilReady(first);
  const buildSeconds = seconds(started);
  delay.disable();
  clearInterval(sampler);
  const rssAfterMiB = rssMiB();
  const lookUpHit = await lookUps(first, item, (at) => hashOf((at * 7919) % hashes, seed), 'found');
  const lookUpMiss = await lookUps(first, item, (at) => hashOf(at, 'other'), 'nothing_found');
  await first.close();

  started = performance.now();
  const second = loaded.createHashListProbe(settings, options);
  await untilReady(second);
  const reopenSeconds = seconds(started);
  const rssAfterReopenMiB = rssMiB();
  await second.close();
  const indexes = join(folder, 'indexes', 'hash-lists');
  const indexBytes = readdirSync(indexes).reduce((sum, name) => sum + statSync(join(indexes, name)).size, 0);
  return {
    hashes,
    listMiB: statSync(join(folder, 'list.txt')).size / MIB,
    indexMiB: indexBytes / MIB,
    buildSeconds,
    reopenSeconds,
    loopDelayBuildMs: delay.max / 1e6,
    rssPeakBuildMiB,
    rssBeforeMiB,
    rssAfterMiB,
    rssAfterReopenMiB,
    lookUpHit,
    lookUpMiss,
  };
}

function printTable(figures: Figures): void {
  for (const [name, value] of Object.entries(figures)) {
    const parts: [string, number][] =
      typeof value === 'number' ? [['', value]] : Object.entries<number>(value).map(([part, of]) => [`.${part}`, of]);
    for (const [part, of] of parts) process.stdout.write(`${(name + part).padEnd(24)} ${Number(of.toFixed(3))}\n`);
  }
}

async function run(hashes: number): Promise<void> {
  const folder = mkdtempSync(join(process.env.DROPGATE_BENCH_DIR ?? tmpdir(), 'dropgate-bench-'));
  try {
    const seed = randomBytes(8).toString('hex');
    await bundle(join(folder, 'bundle'));
    writeList(join(folder, 'list.txt'), hashes, seed);
    const output = execFileSync(
      process.execPath,
      [...process.execArgv, '--expose-gc', script, 'measure', folder, String(hashes), seed],
      {
        encoding: 'utf8',
      },
    );
    const figures = JSON.parse(output) as Figures;
    printTable(figures);
    process.stdout.write(`${JSON.stringify({ bench: 'hash-list', ...figures })}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [mode, folder, count, seed] = process.argv.slice(2);
if (mode === 'measure' && folder !== undefined && seed !== undefined)
  process.stdout.write(JSON.stringify(await measure(folder, Number(count), seed)));
else await run(Number(mode ?? HASHES));
