import { describe, expect, it } from 'vitest';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import { JOB_STATES, JOB_TRANSITIONS, type JobState, type JobTransition } from '../../../src-main/contract/states';
import type { Ledger } from '../../../src-main/store/ledger';
import { newSubmission, openLedger, receiveItem } from './ledger-fixtures';

const REPORT: JobOutcome = {
  kind: 'report',
  report: {
    statement: 'nothing_found',
    findings: [],
    coverage: { kind: 'complete' },
    engineVersion: '1',
    databaseVersion: null,
  },
};
const ERROR: JobOutcome = { kind: 'error', code: 'PROBE_FAILED', message: 'no' };
const SKIPPED: JobOutcome = { kind: 'skipped', reason: 'probe_missing', detail: 'away' };

const MOVES: Record<JobTransition, (ledger: Ledger, item: number) => void> = {
  lease: ({ jobs }, item) => jobs.lease(item, 'one', 1000),
  finish: ({ jobs }, item) => jobs.end(item, 'one', REPORT, 5, false),
  fail: ({ jobs }, item) => jobs.end(item, 'one', ERROR, 5, false),
  skip: ({ jobs }, item) => jobs.end(item, 'one', SKIPPED, null, false),
  release: ({ jobs }, item) => jobs.release(item, 'one'),
  cancel: ({ jobs }, item) => jobs.cancel(item, 'one'),
};
const WAYS: Record<JobState, readonly JobTransition[]> = {
  pending: [],
  running: ['lease'],
  done: ['lease', 'finish'],
  error: ['lease', 'fail'],
  skipped: ['skip'],
  cancelled: ['cancel'],
};

async function jobIn(ledger: Ledger, state: JobState): Promise<number> {
  const submission = await newSubmission(ledger);
  return ledger.commit(() => {
    const item = receiveItem(ledger, submission);
    ledger.jobs.create(item, 'one', true);
    for (const step of WAYS[state]) MOVES[step](ledger, item);
    return item;
  });
}

const pairs = (Object.keys(MOVES) as JobTransition[]).flatMap((move) => JOB_STATES.map((state) => ({ move, state })));
const isLegal = ({ move, state }: { move: JobTransition; state: JobState }) =>
  (JOB_TRANSITIONS[move].from as readonly string[]).includes(state);

describe('moves of a job', () => {
  it.each(pairs.filter(isLegal))('$move works from $state', async ({ move, state }) => {
    const ledger = openLedger();
    const item = await jobIn(ledger, state);
    expect(ledger.jobs.of(item)[0]?.state).toBe(state);
    await ledger.commit(() => MOVES[move](ledger, item));
    expect(ledger.jobs.of(item)[0]?.state).toBe(JOB_TRANSITIONS[move].to);
  });

  it.each(pairs.filter((pair) => !isLegal(pair)))('$move from $state is refused and changes nothing', async (pair) => {
    const ledger = openLedger();
    const item = await jobIn(ledger, pair.state);
    const before = ledger.jobs.of(item);
    const refused = ledger.commit(() => MOVES[pair.move](ledger, item));
    await expect(refused).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(ledger.jobs.of(item)).toEqual(before);
  });

  it('of a probe that has no job are refused', async () => {
    const ledger = openLedger();
    const item = await jobIn(ledger, 'pending');
    await expect(ledger.commit(() => ledger.jobs.lease(item, 'other', 1))).rejects.toThrow('the job of other on item');
  });
});

describe('what a job keeps', () => {
  it('counts attempts, holds its lease while it runs and its outcome at the end', async () => {
    const ledger = openLedger();
    const item = await jobIn(ledger, 'running');
    await ledger.commit(() => ledger.jobs.release(item, 'one'));
    await ledger.commit(() => ledger.jobs.lease(item, 'one', 2000));
    expect(ledger.jobs.of(item)[0]).toMatchObject({ attempts: 2, leaseUntil: 2000, outcome: null });
    await ledger.commit(() => ledger.jobs.end(item, 'one', REPORT, 12.5, true));
    expect(ledger.jobs.of(item)[0]).toMatchObject({
      leaseUntil: null,
      outcome: REPORT,
      durationMs: 12.5,
      cached: true,
    });
  });

  it('voids only the leases of running jobs when their engine died', async () => {
    const ledger = openLedger();
    const item = await jobIn(ledger, 'done');
    await ledger.commit(() => {
      ledger.jobs.create(item, 'two', false);
      ledger.jobs.lease(item, 'two', 5);
      ledger.jobs.releaseAll(item);
    });
    expect(ledger.jobs.of(item).map(({ state, leaseUntil }) => [state, leaseUntil])).toEqual([
      ['done', null],
      ['pending', null],
    ]);
  });

  it('is refused as damaged when its outcome is not what the schema says', async () => {
    const ledger = openLedger();
    const item = await jobIn(ledger, 'running');
    const garbage = { kind: 'report', report: { statement: 'fine' } } as unknown as JobOutcome;
    await ledger.commit(() => ledger.jobs.end(item, 'one', garbage, 1, false));
    expect(() => ledger.jobs.of(item)).toThrow(/job\.outcome/);
  });
});
