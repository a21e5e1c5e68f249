import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { ProbeError } from '../../../src-main/base/errors';
import type { ErrorCode } from '../../../src-main/contract/error-codes';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import type { ProbeReport } from '../../../src-main/contract/probe-report';
import { stageBytes } from '../../../src-main/intake/stage-bytes';
import { stageFile } from '../../../src-main/intake/stage-file';
import { Pipeline } from '../../../src-main/pipeline/pipeline';
import { metLimit } from '../../../src-main/pipeline/tree';
import { HeldStore } from '../../../src-main/sinks/held/store';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';
import { itemIn, LIMITS, newSubmission, openLedger, planOf } from '../store/ledger-fixtures';
import { FakeProbe, FOUND, NOTHING, TEXT } from './fake-probe';

const LEVELS = 6;
const WIDTH = 16;
/** Containers of one level that are open at once. */
const AT_ONCE = 4;

const OVER: ProbeReport = {
  ...NOTHING,
  coverage: { kind: 'incomplete', reason: 'limit_exceeded', detail: 'too much' },
};

/**
 * A probe for files that say how many levels of archives they are: each has sixteen members of one level less, and one
 * of none goes over a limit. `opened` counts, level by level; `refused` those that stayed closed.
 */
function russianDoll(atTheBottom: (signal: AbortSignal) => Promise<ProbeReport> = () => Promise.resolve(OVER)) {
  const opened: number[] = [];
  const refused: number[] = [];
  const probe = new FakeProbe(
    async ({ path }, context, signal) => {
      const text = readFileSync(path, 'utf8');
      if (text === 'bad') return FOUND;
      const level = Number(text);
      if (context.isOverLimit()) {
        refused.push(level);
        await expect(context.addChild(Buffer.from('x'), Buffer.from('x'))).rejects.toBeInstanceOf(ProbeError);
        return OVER;
      }
      opened.push(level);
      if (level === 0) return atTheBottom(signal);
      for (let at = 0; at < WIDTH; at += 1)
        await context.addChild(Buffer.from(`member-${at}`), Buffer.from(String(level - 1)));
      if (level === LEVELS) await context.addChild(Buffer.from('last'), Buffer.from('bad'));
      return NOTHING;
    },
    { unpacks: true },
  );
  return { probe, opened, refused };
}

/** A gate in `folder` around the probe; the file goes into a new one. */
async function gateIn(folder: string, probe: FakeProbe) {
  const keeping = new HeldStore(join(folder, 'held'));
  const pipeline = new Pipeline({
    ledgerFile: join(folder, 'ledger.db'),
    stagingDir: join(folder, 'staging'),
    probes: [probe],
    take: ({ content, ...request }) =>
      content === undefined ? stageFile({ ...request, id: 1 }) : stageBytes({ ...request, id: 1 }, content),
    detectType: () => Promise.resolve(TEXT),
    disposal: { sinks: new Map(), quarantine: keeping, held: keeping },
    limitsOf: () => LIMITS,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    window: 2,
    program: 'Dropgate test',
  });
  const close = async () => {
    await pipeline.scheduler.stop(0);
    await pipeline.close();
  };
  await pipeline.start();
  return { pipeline, close };
}

/** A file that says that it has `levels`. */
async function receive(pipeline: Pipeline, folder: string, levels = LEVELS): Promise<void> {
  const source = join(folder, `source-${levels}`);
  writeFileSync(source, String(levels));
  const { id } = await pipeline.open('test', planOf({ probes: ['one'], required: ['one'] }));
  const file = { relativePath: Buffer.from('a.zip'), sourcePath: Buffer.from(source) };
  await pipeline.receive(id, [{ ...file, skipped: null, refused: null, identity: null }]);
  await pipeline.seal(id);
}

const isDecided = (pipeline: Pipeline, item: number) => pipeline.ledger.items.get(item).verdict !== null;

/** A tree that went over its limit, decided. */
async function decidedDoll() {
  const { probe, opened, refused } = russianDoll();
  const folder = tempFolder();
  const { pipeline, close } = await gateIn(folder, probe);
  onTestFinished(close);
  await receive(pipeline, folder);
  await until('the verdict', () => isDecided(pipeline, 1));
  return { pipeline, folder, opened, refused };
}

describe('archives inside archives', () => {
  it('are opened inside before beside, and none any more once one is over a limit; what came out is still scanned', async () => {
    const { pipeline, opened, refused } = await decidedDoll();
    for (let level = 0; level < LEVELS; level += 1)
      expect(opened.filter((each) => each === level).length).toBeLessThanOrEqual(AT_ONCE);
    expect(opened).toContain(0);
    const { files } = pipeline.ledger.items.treeUsage(1);
    expect(files).toBeLessThanOrEqual(WIDTH + 1 + (LEVELS - 1) * AT_ONCE * WIDTH);
    expect(refused.length).toBeGreaterThan(0);
    const kinds = Array.from({ length: files }, (_, at) => pipeline.ledger.items.get(at + 2).verdict?.kind);
    expect([...new Set(kinds)].sort()).toEqual(['infected', 'unverified']);
    expect(kinds.filter((kind) => kind === 'infected')).toHaveLength(1);
    expect(pipeline.ledger.items.get(1).verdict).toMatchObject({ kind: 'infected', rule: 'child_infected' });
  });

  it('are opened in a file of their own, whatever was said of them in a tree over its limit', async () => {
    const { pipeline, folder, opened, refused } = await decidedDoll();
    const level = LEVELS - 2;
    expect(refused).toContain(level);
    const before = opened.length;
    await receive(pipeline, folder, level);
    await until('its turn', () => opened.length > before);
    expect(opened[before]).toBe(level);
  });

  it('stay closed after a crash behind the limit', async () => {
    const folder = tempFolder();
    const first = russianDoll();
    const met = first.probe.behave;
    // everything behind the limit hangs until the engine ends
    first.probe.behave = (item, context, signal) => {
      if (!context.isOverLimit()) return met(item, context, signal);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const dying = await gateIn(folder, first.probe);
    await receive(dying.pipeline, folder);
    await until('the limit', () => first.opened.includes(0));
    const isKept = () => dying.pipeline.ledger.jobs.metLimit(1, 'one');
    await until('its row', isKept);
    await dying.close();
    const second = russianDoll();
    const next = await gateIn(folder, second.probe);
    onTestFinished(next.close);
    await until('the verdict', () => isDecided(next.pipeline, 1));
    expect(second.opened).toEqual([]);
    expect(second.refused.length).toBeGreaterThan(0);
  });
});

describe('a job that ended at a limit', () => {
  const incomplete = (reason: 'limit_exceeded' | 'timeout' | 'partial' | 'encrypted'): JobOutcome => ({
    kind: 'report',
    report: { ...NOTHING, coverage: { kind: 'incomplete', reason, detail: 'why' } },
  });
  const failed = (code: ErrorCode): JobOutcome => ({ kind: 'error', code, message: 'why' });
  it.each<[boolean, JobOutcome]>([
    [true, incomplete('limit_exceeded')],
    [true, incomplete('timeout')],
    [true, failed('PROBE_LIMIT')],
    [true, failed('PROBE_TIMEOUT')],
    [false, incomplete('partial')],
    [false, incomplete('encrypted')],
    [false, failed('PROBE_DIED')],
    [false, { kind: 'report', report: NOTHING }],
    [false, { kind: 'skipped', reason: 'probe_missing', detail: 'away' }],
  ])('is told: %s, by its outcome and by the ledger: %o', async (isAtLimit, outcome) => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const item = await ledger.commit(() => {
      const id = itemIn(ledger, submission, 'scanning');
      ledger.jobs.createEnded(id, 'one', true, outcome, 1);
      return id;
    });
    expect(metLimit(outcome)).toBe(isAtLimit);
    expect(ledger.jobs.metLimit(item, 'one')).toBe(isAtLimit);
    expect(ledger.jobs.metLimit(item, 'another')).toBe(false);
  });
});
