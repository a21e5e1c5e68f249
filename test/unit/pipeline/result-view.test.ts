import { describe, expect, it } from 'vitest';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import { resultItemSchema } from '../../../src-main/contract/result';
import { ITEM_STATES } from '../../../src-main/contract/states';
import { dispositionOf, fileNameOf, findingsOf, jobReport, resultItem } from '../../../src-main/pipeline/result-view';
import type { Job } from '../../../src-main/store/jobs';
import type { Ledger } from '../../../src-main/store/ledger';
import { CLEAN, itemIn, newSubmission, openLedger, STAGED } from '../store/ledger-fixtures';
import { FOUND } from './fake-probe';

const JOB: Job = {
  itemId: 1,
  probe: 'one',
  required: true,
  state: 'pending',
  attempts: 0,
  leaseUntil: null,
  outcome: null,
  durationMs: null,
  cached: false,
};
const ERROR: JobOutcome = { kind: 'error', code: 'PROBE_FAILED', message: 'no luck' };
const SKIPPED: JobOutcome = { kind: 'skipped', reason: 'probe_missing', detail: 'it went home' };

function childOf(ledger: Ledger, submissionId: number, parentId: number, name: string, depth: number): number {
  const { hashes, size, type } = STAGED;
  const place = {
    submissionId,
    parentId,
    rootId: 1,
    depth,
    unpackedBy: 'archive',
    name: Buffer.from(name),
    stagedPath: '/s',
    now: 1,
  };
  return ledger.moves.adopt({ ...place, size, hashes, type });
}

describe('resultItem', () => {
  it.each(ITEM_STATES)('follows the contract for an item that is %s', async (state) => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, state));
    const result = resultItem(ledger, ledger.items.get(id));
    expect(resultItemSchema.parse(result)).toEqual(result);
    expect(result.state).toBe(state);
  });

  it('says why and what for: verdict, sentence and disposition', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const views = await ledger.commit(() =>
      (['forwarded', 'skipped', 'cancelled', 'received'] as const).map((state) => itemIn(ledger, submission, state)),
    );
    const [out, skipped, cancelled, waiting] = views.map((id) => resultItem(ledger, ledger.items.get(id)));
    expect(out).toMatchObject({ verdict: 'clean', sentence: CLEAN.sentence, disposition: 'forwarded' });
    expect(skipped).toMatchObject({ verdict: 'skipped', sentence: 'a symbolic link', disposition: null });
    expect(cancelled).toMatchObject({ verdict: 'cancelled', disposition: null });
    expect(waiting).toMatchObject({ verdict: null, sentence: null, disposition: null });
  });

  it('tells what an item waits for instead of what the ledger has', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, 'disposing'));
    expect(resultItem(ledger, ledger.items.get(id), 'the bucket is away').problem).toBe('the bucket is away');
  });

  it('shows names escaped, with their true bytes where they are no UTF-8', async () => {
    const ledger = openLedger();
    const submissionId = await newSubmission(ledger);
    const relativePath = Buffer.from([0x61, 0xff]);
    const sourcePath = Buffer.from('/in/a\u202eb\n');
    const id = await ledger.commit(() =>
      ledger.moves.receive({ submissionId, relativePath, sourcePath, problem: null, identity: null, now: 1 }),
    );
    expect(resultItem(ledger, ledger.items.get(id))).toMatchObject({
      relativePath: 'a\\xff',
      relativePathBytes: relativePath.toString('base64'),
      path: '/in/a\\u{202e}b\\n',
      pathBytes: null,
    });
  });

  it('shows a member by the way through its archives', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const member = await ledger.commit(() => {
      const root = itemIn(ledger, submission, 'scanning');
      return childOf(ledger, submission, childOf(ledger, submission, root, 'inner.zip', 1), 'dir/evil.exe', 2);
    });
    const item = ledger.items.get(member);
    expect(resultItem(ledger, item)).toMatchObject({ path: '/source/a.txt!/inner.zip!/dir/evil.exe', parent: '2' });
    expect(fileNameOf(item).toString()).toBe('evil.exe');
  });
});

describe('jobReport', () => {
  it.each([
    ['a report', { outcome: { kind: 'report', report: FOUND } }, { statement: 'found', problem: null }],
    ['an error', { outcome: ERROR }, { statement: null, problem: 'no luck' }],
    ['a skip', { outcome: SKIPPED }, { statement: null, problem: 'it went home' }],
    ['nothing yet', {}, { statement: null, problem: null, coverage: null }],
    ['a duration', { durationMs: 1.23456 }, { durationMs: 1.23 }],
  ] as const)('tells of %s', (_what, job, expected) => {
    expect(jobReport({ ...JOB, ...job })).toMatchObject(expected);
  });
});

describe('findingsOf', () => {
  it('gathers what every probe reported', () => {
    const found: Job = { ...JOB, outcome: { kind: 'report', report: FOUND } };
    expect(findingsOf([found, JOB, { ...JOB, outcome: ERROR }, found])).toEqual([...FOUND.findings, ...FOUND.findings]);
  });
});

describe('dispositionOf', () => {
  it('is there for what is somewhere, and only then', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const ids = await ledger.commit(() => ITEM_STATES.map((state) => itemIn(ledger, submission, state)));
    const shown = ids.map((id) => dispositionOf(ledger.items.get(id))).filter((disposition) => disposition !== null);
    expect(shown).toEqual(['forwarded', 'quarantined', 'held', 'released', 'deleted']);
  });
});
