import { describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../../../src-main/base/clock';
import { ProbeError } from '../../../src-main/base/errors';
import type { ProbeReport } from '../../../src-main/contract/probe-report';
import { ProbeSet } from '../../../src-main/pipeline/probe-set';
import { type JobHooks, type JobResult, JobRunner } from '../../../src-main/pipeline/run-job';
import type { StagedItem } from '../../../src-main/probes/probe';
import { planOf } from '../store/ledger-fixtures';
import { AWAY, FakeProbe, FOUND, ITEM, NOTHING, TEXT } from './fake-probe';

interface Run {
  readonly plan?: Parameters<typeof planOf>[0];
  readonly item?: Partial<StagedItem>;
  readonly hooks?: Partial<JobHooks>;
  readonly signal?: AbortSignal;
}

function run(probe: FakeProbe, options: Run = {}): Promise<JobResult> {
  const plan = planOf(options.plan);
  const hooks: JobHooks = {
    context: { limits: plan.limits, passwords: [], addChild: () => Promise.resolve(), isOverLimit: () => false },
    isOfThisTree: () => false,
    onRetry: () => Promise.resolve(),
    findCached: () => null,
    ...options.hooks,
  };
  const runner = new JobRunner(new ProbeSet([probe], systemClock), systemClock);
  return runner.run('one', { ...ITEM, ...options.item }, plan, hooks, options.signal ?? new AbortController().signal);
}

const failing = (...errors: unknown[]) => {
  const left = [...errors];
  return () => (left.length > 0 ? Promise.reject(left.shift()) : Promise.resolve(NOTHING));
};
const failed = (code: 'PROBE_FAILED' | 'PROBE_DIED' | 'PROBE_LIMIT') => new ProbeError(code, `it is ${code}`);

describe('a job', () => {
  it('ends with the report of its probe', async () => {
    const probe = new FakeProbe(() => Promise.resolve(FOUND));
    expect(await run(probe)).toMatchObject({ outcome: { kind: 'report', report: FOUND }, cached: false });
    expect(probe.scans).toBe(1);
  });

  it('is skipped as missing when there is no such probe', async () => {
    const other = new FakeProbe(undefined, { id: 'other' });
    expect((await run(other)).outcome).toMatchObject({ kind: 'skipped', reason: 'probe_missing' });
  });

  it('is skipped as missing, with the reason, when the probe is not ready', async () => {
    const probe = new FakeProbe();
    probe.health = AWAY;
    const { outcome } = await run(probe);
    expect(outcome).toEqual({ kind: 'skipped', reason: 'probe_missing', detail: 'it went home' });
    expect(probe.scans).toBe(0);
  });

  it.each([
    [['application/pdf'], TEXT, 'skipped'],
    [['TEXT/'], TEXT, 'report'],
    [['ascii'], TEXT, 'report'],
    [['nothing', 'text/plain'], TEXT, 'report'],
    [[], TEXT, 'skipped'],
    [['application/pdf'], null, 'report'],
  ])('whose probe accepts %j looks at %j: %s', async (accepts, type, kind) => {
    const { outcome } = await run(new FakeProbe(undefined, { accepts }), { item: { type } });
    expect(outcome).toMatchObject(kind === 'report' ? { kind } : { kind, reason: 'type_not_accepted' });
  });

  it('is skipped as unsupported by a probe that should have something for every type', async () => {
    const probe = new FakeProbe(undefined, { accepts: ['application/pdf'], others: 'unsupported' });
    const { outcome } = await run(probe, { item: { type: TEXT } });
    expect(outcome).toEqual({ kind: 'skipped', reason: 'type_unsupported', detail: 'text/plain' });
  });

  it('passes on what an aborted signal says, and tells the probe', async () => {
    const controller = new AbortController();
    let told: unknown = null;
    const probe = new FakeProbe((_item, _context, signal) => {
      controller.abort(new Error('stop'));
      told = signal.reason;
      return Promise.reject(signal.reason);
    });
    await expect(run(probe, { signal: controller.signal })).rejects.toThrow('stop');
    expect(told).toMatchObject({ message: 'stop' });
    expect(probe.scans).toBe(1);
  });

  it('is not begun when the signal has aborted before', async () => {
    const probe = new FakeProbe();
    await expect(run(probe, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
    expect(probe.scans).toBe(0);
  });
});

describe('a job that fails', () => {
  it('is tried again after a retryable error, and what the failed attempt left is removed first', async () => {
    const probe = new FakeProbe(failing(failed('PROBE_FAILED'), failed('PROBE_FAILED')));
    let cleaned = 0;
    const onRetry = async () => {
      cleaned += 1;
    };
    expect((await run(probe, { hooks: { onRetry } })).outcome).toMatchObject({ kind: 'report' });
    expect([probe.scans, cleaned]).toEqual([3, 2]);
  });

  it('is an error after three attempts', async () => {
    const probe = new FakeProbe(() => Promise.reject(failed('PROBE_FAILED')));
    const { outcome } = await run(probe);
    expect(outcome).toEqual({ kind: 'error', code: 'PROBE_FAILED', message: 'it is PROBE_FAILED' });
    expect(probe.scans).toBe(3);
  });

  it('is an error at once when trying again cannot help', async () => {
    const probe = new FakeProbe(() => Promise.reject(failed('PROBE_LIMIT')));
    expect((await run(probe)).outcome).toMatchObject({ kind: 'error', code: 'PROBE_LIMIT' });
    expect(probe.scans).toBe(1);
  });

  it('is not given a third attempt when its probe died on it twice', async () => {
    const probe = new FakeProbe(() => Promise.reject(failed('PROBE_DIED')));
    expect((await run(probe)).outcome).toMatchObject({ kind: 'error', code: 'PROBE_DIED' });
    expect(probe.scans).toBe(2);
  });

  it('is a timeout when its probe is silent, also one that does not listen', async () => {
    const signals: AbortSignal[] = [];
    const deaf = (_item: unknown, _context: unknown, signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<ProbeReport>(() => undefined);
    };
    const probe = new FakeProbe(deaf, { timeoutMs: 20 });
    expect((await run(probe)).outcome).toMatchObject({ kind: 'error', code: 'PROBE_TIMEOUT' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('has its time from when its probe begins to work on it: waiting for the turn does not count', async () => {
    const probe = new FakeProbe(
      async (_item, context) => {
        await sleep(60);
        context.begins();
        return NOTHING;
      },
      { queues: true, timeoutMs: 40 },
    );
    expect((await run(probe)).outcome).toMatchObject({ kind: 'report' });
  });

  it.each(['that begins', 'that never begins'])(
    'is a timeout when a probe with a queue %s is silent',
    async (which) => {
      const probe = new FakeProbe(
        (_item, context) => {
          if (which === 'that begins') context.begins();
          return new Promise<ProbeReport>(() => undefined);
        },
        { queues: true, timeoutMs: 20 },
      );
      expect((await run(probe)).outcome).toMatchObject({ kind: 'error', code: 'PROBE_TIMEOUT' });
    },
  );

  it('is a timeout when the profile gives less time than the probe takes', async () => {
    const probe = new FakeProbe(() => new Promise<ProbeReport>(() => undefined));
    const plan = { limits: { ...planOf().limits, seconds: 0.02 } };
    expect((await run(probe, { plan })).outcome).toMatchObject({ kind: 'error', code: 'PROBE_TIMEOUT' });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a word', 'OK'],
    ['an empty object', {}],
    ['no statement', { ...NOTHING, statement: undefined }],
    ['another statement', { ...NOTHING, statement: 'clean' }],
    ['no coverage', { ...NOTHING, coverage: undefined }],
    ['findings that it denies', { ...FOUND, statement: 'nothing_found' }],
    ['no findings that it claims', { ...NOTHING, statement: 'found' }],
    ['no engine version', { ...NOTHING, engineVersion: '' }],
  ])('answered with %s is a bad reply, never a report', async (_what, garbage) => {
    const probe = new FakeProbe(() => Promise.resolve(garbage as ProbeReport));
    expect((await run(probe)).outcome).toMatchObject({ kind: 'error', code: 'PROBE_BAD_REPLY' });
  });

  it.each([
    ['an error of another kind', new TypeError('oops')],
    ['a word', 'oops'],
    ['nothing', undefined],
    ['a cancellation of its own', new ProbeError('CANCELLED', 'oops')],
  ])('thrown with %s is a failure of the probe', async (_what, thrown) => {
    const probe = new FakeProbe(() => Promise.reject(thrown));
    expect((await run(probe)).outcome).toMatchObject({ kind: 'error', code: 'PROBE_FAILED' });
  });

  it('counts as a missing probe when the probe went away over it', async () => {
    const probe = new FakeProbe(() => {
      probe.health = AWAY;
      return Promise.reject(failed('PROBE_FAILED'));
    });
    const { outcome } = await run(probe);
    expect(outcome).toEqual({ kind: 'skipped', reason: 'probe_missing', detail: 'it went home' });
  });

  it('that killed its probe is an error of the file, also when the probe is away then', async () => {
    const probe = new FakeProbe(() => {
      probe.health = AWAY;
      return Promise.reject(failed('PROBE_DIED'));
    });
    expect((await run(probe)).outcome).toMatchObject({ kind: 'error', code: 'PROBE_DIED' });
  });
});

describe('the cache', () => {
  it('spares the scan', async () => {
    const probe = new FakeProbe();
    const result = await run(probe, { hooks: { findCached: () => FOUND } });
    expect(result).toMatchObject({
      outcome: { kind: 'report', report: FOUND },
      cached: true,
      cacheKey: expect.any(String),
    });
    expect(probe.scans).toBe(0);
  });

  it('is asked under the key that the report is kept under', async () => {
    const asked: string[] = [];
    const findCached = (key: string) => {
      asked.push(key);
      return null;
    };
    const { cacheKey } = await run(new FakeProbe(), { hooks: { findCached } });
    expect([cacheKey]).toEqual(asked);
  });

  it('is not asked with force, and still keeps the fresh report', async () => {
    const probe = new FakeProbe();
    const result = await run(probe, { plan: { force: true }, hooks: { findCached: () => FOUND } });
    expect(result).toMatchObject({ outcome: { report: NOTHING }, cached: false });
    expect(result.cacheKey).not.toBeNull();
  });

  it('keeps no report of a scan that unpacked something', async () => {
    expect((await run(new FakeProbe(), { hooks: { isOfThisTree: () => true } })).cacheKey).toBeNull();
  });

  it('neither knows nor keeps anything of a probe whose database version nobody knows', async () => {
    const probe = new FakeProbe(() => Promise.resolve({ ...NOTHING, databaseVersion: null }));
    probe.health = { ...probe.health, databaseVersion: null };
    const result = await run(probe, { hooks: { findCached: () => FOUND } });
    expect(result).toMatchObject({ outcome: { report: { statement: 'nothing_found' } }, cacheKey: null });
  });

  it('keeps no report of a database that was renewed during the scan', async () => {
    const probe = new FakeProbe(() => Promise.resolve({ ...NOTHING, databaseVersion: '8' }));
    expect((await run(probe)).cacheKey).toBeNull();
  });

  it('is not used while the probe is not ready', async () => {
    const probe = new FakeProbe();
    probe.health = AWAY;
    const { outcome } = await run(probe, { hooks: { findCached: () => NOTHING } });
    expect(outcome).toMatchObject({ kind: 'skipped', reason: 'probe_missing' });
  });
});
