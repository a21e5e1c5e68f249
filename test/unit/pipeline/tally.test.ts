import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { Tally } from '../../../src-main/pipeline/tally';
import { Transitions } from '../../../src-main/pipeline/transitions';
import { CLEAN, endingOf, itemIn, LIMITS, newSubmission, openLedger, STAGED } from '../store/ledger-fixtures';

const FILE = {
  relativePath: Buffer.from('a'),
  sourcePath: Buffer.from('/a'),
  skipped: null,
  refused: null,
  identity: null,
};

function tallied(ledger = openLedger()) {
  const tally = new Tally(ledger, systemClock);
  const transitions = new Transitions(ledger, systemClock, { custody: true, onMove: (move) => tally.moved(move) });
  return { ledger, tally, transitions };
}

/** What the rows say, counted. */
function counted({ items }: ReturnType<typeof openLedger>) {
  return {
    unsettled: items.countUnsettled(),
    held: items.countKept('held'),
    quarantined: items.countKept('quarantined'),
  };
}

async function toEnd(transitions: Transitions, ledger: ReturnType<typeof openLedger>, transition: 'forward' | 'hold') {
  const [item] = ledger.items.toWork({ after: 0, limit: 1 });
  if (item === undefined) throw new Error('nothing is left');
  await transitions.begin(item, STAGED, []);
  await transitions.decide(item, CLEAN, { target: transition, problem: null, jobs: [] });
  const { now: _now, ...ending } = endingOf();
  await transitions.end(transition, item.id, ending);
  return item.id;
}

describe('the tally', () => {
  it('says after every move what counting the rows would say', async () => {
    const { ledger, tally, transitions } = tallied();
    const submission = await newSubmission(ledger);
    await transitions.receive(submission, [FILE, FILE, FILE, { ...FILE, skipped: 'a symbolic link' }]);
    expect(tally.counts).toEqual({ unsettled: 3, held: 0, quarantined: 0 });
    await toEnd(transitions, ledger, 'forward');
    const held = await toEnd(transitions, ledger, 'hold');
    expect(tally.counts).toEqual(counted(ledger));
    await transitions.retry(held, '/staging/again', LIMITS);
    expect(tally.counts).toEqual({ unsettled: 2, held: 0, quarantined: 0 });
    for (const item of ledger.items.toWork({ after: 0, limit: 9 })) await transitions.cancel(item.id, CLEAN);
    expect(tally.counts).toEqual({ unsettled: 0, held: 0, quarantined: 0 });
    expect(tally.burst().settled).toBe(4);
  });

  it('begins with what an earlier engine left, and knows where released and deleted files were kept', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const [quarantined = 0, held = 0] = await ledger.commit(() =>
      (['quarantined', 'held', 'quarantined', 'received'] as const).map((state) => itemIn(ledger, submission, state)),
    );
    const { tally, transitions } = tallied(ledger);
    expect(tally.counts).toEqual({ unsettled: 1, held: 1, quarantined: 2 });
    await transitions.release(quarantined, Buffer.from('/out'), 'reason');
    await transitions.delete(held, 'reason');
    expect(tally.counts).toEqual({ unsettled: 1, held: 0, quarantined: 1 });
    expect(tally.counts).toEqual(counted(ledger));
  });

  it('counts what ended by its verdict, and clean files that did not arrive', () => {
    const { tally } = tallied();
    tally.arrived({ verdict: CLEAN, problem: null, size: 5 });
    tally.arrived({ verdict: CLEAN, problem: 'the destination refused it', size: 7 });
    tally.arrived({ verdict: { ...CLEAN, kind: 'infected' }, problem: null, size: null });
    expect(tally.ended).toEqual({ clean: 2, suspicious: 0, infected: 1, unverified: 0, failed: 1 });
    expect(tally.burst()).toMatchObject({ settledBytes: 12, bytes: 12, sized: 0 });
  });

  it('tells of how many files the bytes are known', () => {
    const { tally } = tallied();
    tally.taken(5);
    tally.taken(0);
    expect(tally.burst()).toMatchObject({ bytes: 5, sized: 2 });
  });

  it('begins a new burst when something comes after nothing was left', async () => {
    const { ledger, tally, transitions } = tallied();
    const submission = await newSubmission(ledger);
    await transitions.receive(submission, [FILE]);
    await toEnd(transitions, ledger, 'forward');
    expect(tally.burst().settled).toBe(1);
    await transitions.receive(submission, [FILE]);
    expect(tally.burst().settled).toBe(0);
  });

  it('counts nothing of a step that was refused', async () => {
    const { ledger, tally, transitions } = tallied();
    const submission = await newSubmission(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, 'forwarded'));
    const before = tally.moves;
    await expect(transitions.cancel(id, CLEAN)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(tally.moves).toBe(before);
  });
});
