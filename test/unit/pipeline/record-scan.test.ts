import { describe, expect, it } from 'vitest';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import { recordScan } from '../../../src-main/pipeline/record-scan';
import { CLEAN, itemIn, newSubmission, openLedger, STAGED, UNVERIFIED } from '../store/ledger-fixtures';
import { NOTHING, SetClock } from './fake-probe';

const FOUND_NOTHING: JobOutcome = { kind: 'report', report: NOTHING };
const FAILED: JobOutcome = { kind: 'error', code: 'PROBE_FAILED', message: 'it broke' };
const AWAY: JobOutcome = { kind: 'skipped', reason: 'probe_missing', detail: 'not there' };
const job = (probe: string, outcome: JobOutcome, durationMs: number | null) => ({
  probe,
  required: true,
  outcome,
  durationMs,
  cached: false,
  cacheKey: null,
});

describe('the scan of a file without members', () => {
  it('is written down in one step, from received to its verdict with the end of every job', async () => {
    const ledger = openLedger();
    const id = await itemIn(ledger, await newSubmission(ledger, { mode: 'scan' }), 'received');
    const jobs = [job('one', FOUND_NOTHING, 5), job('three', AWAY, null), job('two', FAILED, 7)];
    await recordScan(ledger, new SetClock(), { id, facts: STAGED, jobs, verdict: UNVERIFIED, problem: null });
    expect(ledger.items.get(id)).toMatchObject({
      state: 'decided',
      verdict: UNVERIFIED,
      size: STAGED.size,
      hashes: STAGED.hashes,
      sourceIdentity: STAGED.identity,
      type: STAGED.type,
      intakeProblem: null,
      settledSeq: 1,
    });
    expect(ledger.jobs.of(id)).toMatchObject([
      { probe: 'one', state: 'done', required: true, attempts: 1, outcome: FOUND_NOTHING, durationMs: 5 },
      { probe: 'three', state: 'skipped', outcome: AWAY, durationMs: null },
      { probe: 'two', state: 'error', outcome: FAILED, durationMs: 7 },
    ]);
  });

  it('says that the file was another one at the end', async () => {
    const ledger = openLedger();
    const id = await itemIn(ledger, await newSubmission(ledger, { mode: 'scan' }), 'received');
    const problem = { reason: 'changed', detail: 'it changed' } as const;
    await recordScan(ledger, new SetClock(), { id, facts: STAGED, jobs: [], verdict: UNVERIFIED, problem });
    expect(ledger.items.get(id).intakeProblem).toEqual(problem);
  });

  it('is refused for a file that was cancelled meanwhile, and leaves no job behind', async () => {
    const ledger = openLedger();
    const id = await itemIn(ledger, await newSubmission(ledger, { mode: 'scan' }), 'cancelled');
    const jobs = [job('one', FOUND_NOTHING, 5)];
    const recorded = recordScan(ledger, new SetClock(), { id, facts: STAGED, jobs, verdict: CLEAN, problem: null });
    await expect(recorded).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(ledger.items.get(id).state).toBe('cancelled');
    expect(ledger.jobs.of(id)).toEqual([]);
  });
});
