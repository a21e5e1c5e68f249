import { describe, expect, it } from 'vitest';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import { verifyAudit } from '../../../src-main/pipeline/audit';
import type { EndedJob, ReceivedFile } from '../../../src-main/pipeline/transition-facts';
import { Transitions } from '../../../src-main/pipeline/transitions';
import type { Ledger } from '../../../src-main/store/ledger';
import { CLEAN, endingOf, itemIn, newSubmission, openLedger, STAGED, UNVERIFIED } from '../store/ledger-fixtures';
import { NOTHING, SetClock } from './fake-probe';

const ILLEGAL = { code: 'ILLEGAL_TRANSITION' };
const JOBS = [
  { probe: 'one', required: true },
  { probe: 'two', required: false },
];
const REPORT: JobOutcome = { kind: 'report', report: NOTHING };
const ended = (probe: string, changes: Partial<EndedJob> = {}): EndedJob => ({
  probe,
  outcome: REPORT,
  durationMs: 5,
  cached: false,
  cacheKey: null,
  ...changes,
});
const fileNamed = (name: string, changes: Partial<ReceivedFile> = {}): ReceivedFile => ({
  relativePath: Buffer.from(name),
  sourcePath: Buffer.from(`/in/${name}`),
  skipped: null,
  refused: null,
  identity: null,
  ...changes,
});
const child = { ...STAGED, name: Buffer.from('member'), stagedPath: '/staging/child' };

async function setUp(plan: Parameters<typeof newSubmission>[1] = {}, custody = true) {
  const ledger = openLedger();
  const submission = await newSubmission(ledger, plan);
  return { ledger, submission, transitions: new Transitions(ledger, new SetClock(), { custody }) };
}

const eventsOf = (ledger: Ledger, id: number) => ledger.custody.ofItemId(id).map(({ event }) => event);

describe('the way of a file', () => {
  it('is written down step by step, in states and in a whole custody log', async () => {
    const { ledger, submission, transitions } = await setUp();
    await transitions.receive(submission, [fileNamed('a.txt')]);
    const item = () => ledger.items.get(1);
    await transitions.begin(item(), STAGED, JOBS);
    expect(item().state).toBe('scanning');
    await transitions.endJob(item(), ended('one'), [child]);
    expect(ledger.items.get(2)).toMatchObject({ state: 'staged', parentId: 1, rootId: 1, depth: 1 });
    await transitions.decide(item(), CLEAN, { target: 'forward', problem: null, jobs: [ended('two')] });
    expect(ledger.jobs.of(1).map(({ state }) => state)).toEqual(['done', 'done']);
    const { now: _now, ...ending } = endingOf();
    await transitions.end('forward', 1, ending);
    expect(item()).toMatchObject({ state: 'forwarded', settledSeq: 1, stagedPath: null });
    expect(ledger.items.get(2).stagedPath).toBeNull();
    expect(eventsOf(ledger, 1)).toEqual(['received', 'staged', 'decided', 'forwarded']);
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true });
  });

  it('keeps no custody in a scan', async () => {
    const { ledger, submission, transitions } = await setUp({ mode: 'scan' }, false);
    await transitions.receive(submission, [fileNamed('a.txt')]);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    expect(ledger.custody.head().seq).toBe(0);
  });

  it('lists what is skipped, and keeps why a file is refused', async () => {
    const { ledger, submission, transitions } = await setUp();
    const refused = { reason: 'unsupported', detail: 'it is a FIFO' } as const;
    await transitions.receive(submission, [fileNamed('link', { skipped: 'a link' }), fileNamed('fifo', { refused })]);
    expect(ledger.items.get(1)).toMatchObject({ state: 'skipped', problem: 'a link', settledSeq: 1 });
    expect(ledger.items.get(2)).toMatchObject({ state: 'received', intakeProblem: refused });
  });

  it('remembers a file of a watched folder as taken, and as it was when it was staged', async () => {
    const { ledger, submission, transitions } = await setUp({ watchFolder: '/in' });
    const found = { dev: '1', ino: '1', size: 1, mtimeNs: '1' };
    await transitions.receive(submission, [fileNamed('a.txt', { identity: found })]);
    const path = Buffer.from('a.txt');
    expect(ledger.taken.has('/in', path, found)).toBe(true);
    expect(ledger.taken.has('/other', path, found)).toBe(false);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    expect(ledger.taken.has('/in', path, STAGED.identity)).toBe(true);
    expect(ledger.taken.has('/in', path, found)).toBe(false);
  });

  it('keeps a report that may be used again, in the same step', async () => {
    const { ledger, submission, transitions } = await setUp();
    await transitions.receive(submission, [fileNamed('a.txt')]);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    await transitions.endJob(ledger.items.get(1), ended('one', { cacheKey: 'key' }), []);
    expect(ledger.cache.find('key')).toEqual(NOTHING);
  });

  it('goes on after a crash with the attempts counted', async () => {
    const { ledger, submission, transitions } = await setUp();
    await transitions.receive(submission, [fileNamed('a.txt')]);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    await transitions.requeue([1]);
    await transitions.begin(ledger.items.get(1), null, ledger.jobs.of(1));
    await transitions.leaseAgain(1, 'two');
    expect(ledger.jobs.of(1).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['running', 2],
      ['running', 3],
    ]);
  });

  it.each(['requeue', 'leaseAgain'] as const)(
    '%s drops the members of jobs that did not end, and of no others',
    async (step) => {
      const { ledger, submission, transitions } = await setUp();
      await transitions.receive(submission, [fileNamed('a.zip')]);
      await transitions.begin(ledger.items.get(1), STAGED, JOBS);
      const item = ledger.items.get(1);
      await transitions.adopt(item, 'one', [{ ...child, stagedPath: '/staging/of-one' }]);
      await transitions.adopt(item, 'two', [child, child]);
      await transitions.endJob(item, ended('one'), [{ ...child, stagedPath: '/staging/last-of-one' }]);
      const dropped = step === 'requeue' ? await transitions.requeue([1]) : await transitions.leaseAgain(1, 'two');
      expect(dropped).toEqual([child, child].map(({ stagedPath, size }) => ({ stagedPath, size })));
      const left = ledger.items.children(1, { after: 0, limit: 9 });
      expect(left.map(({ stagedPath }) => stagedPath)).toEqual(['/staging/of-one', '/staging/last-of-one']);
      expect(eventsOf(ledger, 1)).toContain('unpacking-again');
      expect(await verifyAudit(ledger)).toMatchObject({ ok: true });
    },
  );

  it('adopts no member for a job that has ended or was cancelled', async () => {
    const { ledger, submission, transitions } = await setUp();
    await transitions.receive(submission, [fileNamed('a.zip')]);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    const item = ledger.items.get(1);
    await transitions.endJob(item, ended('one'), []);
    await expect(transitions.adopt(item, 'one', [child])).rejects.toMatchObject(ILLEGAL);
    await transitions.cancel(1, UNVERIFIED);
    await expect(transitions.adopt(item, 'two', [child])).rejects.toMatchObject(ILLEGAL);
    expect(ledger.items.children(1, { after: 0, limit: 9 })).toEqual([]);
  });

  it('begins anew for a held file: no jobs, no members, no verdict', async () => {
    const { ledger, submission, transitions } = await setUp();
    await transitions.receive(submission, [fileNamed('a.txt')]);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    await transitions.endJob(ledger.items.get(1), ended('one'), [child]);
    await transitions.decide(ledger.items.get(1), UNVERIFIED, { target: 'hold', problem: null, jobs: [ended('two')] });
    const { now: _now, ...ending } = endingOf();
    await transitions.end('hold', 1, ending);
    await transitions.retry(1, '/staging/again', null);
    expect(ledger.items.get(1)).toMatchObject({ state: 'staged', verdict: null, stagedPath: '/staging/again' });
    expect([ledger.items.find(2), ledger.jobs.of(1)]).toEqual([null, []]);
    await transitions.begin(ledger.items.get(1), null, JOBS);
    expect(ledger.jobs.of(1).map(({ state }) => state)).toEqual(['running', 'running']);
  });
});

describe('a step that does not fit', () => {
  it('changes nothing of all that it would have done', async () => {
    const { ledger, submission, transitions } = await setUp();
    await transitions.receive(submission, [fileNamed('a.txt')]);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    await transitions.endJob(ledger.items.get(1), ended('one'), []);
    const before = [ledger.items.get(1), ledger.jobs.of(1), ledger.custody.head()];
    const item = ledger.items.get(1);
    await expect(transitions.endJob(item, ended('one'), [child])).rejects.toMatchObject(ILLEGAL);
    const twice = { target: 'forward', problem: null, jobs: [ended('two'), ended('one')] } as const;
    await expect(transitions.decide(item, CLEAN, twice)).rejects.toMatchObject(ILLEGAL);
    await expect(transitions.begin(item, STAGED, JOBS)).rejects.toThrow();
    expect([ledger.items.get(1), ledger.jobs.of(1), ledger.custody.head()]).toEqual(before);
    expect(ledger.items.find(2)).toBeNull();
  });

  it('never changes a final state by a late result', async () => {
    const { ledger, submission, transitions } = await setUp();
    await transitions.receive(submission, [fileNamed('a.txt')]);
    await transitions.begin(ledger.items.get(1), STAGED, JOBS);
    const item = ledger.items.get(1);
    await transitions.cancel(1, UNVERIFIED);
    expect(ledger.jobs.of(1).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    const before = ledger.items.get(1);
    await expect(transitions.endJob(item, ended('one'), [])).rejects.toMatchObject(ILLEGAL);
    const decided = transitions.decide(item, CLEAN, { target: 'forward', problem: null, jobs: [] });
    await expect(decided).rejects.toMatchObject(ILLEGAL);
    expect(ledger.items.get(1)).toEqual(before);
  });

  it('lets its neighbours of the same moment through', async () => {
    const { ledger, submission, transitions } = await setUp();
    const [held = 0, out = 0] = await ledger.commit(() => [
      itemIn(ledger, submission, 'held'),
      itemIn(ledger, submission, 'forwarded'),
    ]);
    const steps = [transitions.delete(out, 'no'), transitions.release(held, Buffer.from('/out'), 'a false alarm')];
    const results = await Promise.allSettled(steps);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect([ledger.items.get(held).state, ledger.items.get(out).state]).toEqual(['released', 'forwarded']);
    expect(ledger.custody.ofItemId(held)[0]?.data).toContain('a false alarm');
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true, rows: 1 });
  });
});
