import { describe, expect, it } from 'vitest';
import { ITEM_STATES } from '../../../src-main/contract/states';
import type { Verdict } from '../../../src-main/contract/verdict';
import { Counters } from '../../../src-main/pipeline/counters';
import { CLEAN, itemIn, newSubmission, openLedger, receiveItem, STAGED, UNVERIFIED } from '../store/ledger-fixtures';

const INFECTED: Verdict = { kind: 'infected', rule: 'r', sentence: 's' };

describe('Counters', () => {
  it('says at every moment what counting the rows anew would say', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger, { mode: 'scan' });
    const kept = new Counters(ledger);
    const anew = () => new Counters(ledger).of(submission);
    expect(kept.of(submission)).toEqual(anew());

    const ids = await ledger.commit(() => [1, 2, 3].map(() => receiveItem(ledger, submission)));
    kept.received(submission, 3, 0);
    expect(kept.of(submission)).toEqual(anew());

    await ledger.commit(() => itemIn(ledger, submission, 'skipped'));
    kept.received(submission, 0, 1);
    expect(kept.of(submission)).toEqual(anew());

    for (const [index, verdict] of [CLEAN, INFECTED, UNVERIFIED].entries()) {
      const id = ids[index] ?? 0;
      await ledger.commit(() => {
        ledger.moves.stageAndStart(id, STAGED);
        ledger.moves.decide(id, verdict, { settles: true, problem: null, now: 1 });
      });
      kept.taken(submission, STAGED.size);
      kept.settled(submission, ledger.items.get(id));
      expect(kept.of(submission)).toEqual(anew());
    }
    expect(kept.of(submission)).toMatchObject({
      items: 4,
      settled: 4,
      clean: 1,
      infected: 1,
      unverified: 1,
      skipped: 1,
    });
  });

  it('counts clean files that did not reach their destination as failed', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const kept = new Counters(ledger);
    kept.of(submission);
    kept.settled(submission, { verdict: CLEAN, problem: 'it refused', settledSeq: 1 });
    expect(kept.of(submission)).toMatchObject({ clean: 1, failed: 1 });
  });

  it('counts anew what it was told to forget, and leaves alone what nobody looks at', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const kept = new Counters(ledger);
    kept.received(submission, 5, 0);
    kept.settled(submission, { verdict: CLEAN, problem: null, settledSeq: 1 });
    kept.taken(submission, 100);
    expect(kept.of(submission)).toMatchObject({ items: 0, settled: 0, bytes: 0 });
    const id = await ledger.commit(() => itemIn(ledger, submission, 'cancelled'));
    expect(kept.of(submission).cancelled).toBe(0);
    kept.forget(submission);
    expect(kept.of(submission)).toMatchObject({ items: id, settled: 1, cancelled: 1 });
  });

  it('counts an item once, also when it was asked between its end and the word of it', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const kept = new Counters(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, 'forwarded'));
    expect(kept.of(submission)).toMatchObject({ settled: 1, clean: 1 });
    kept.settled(submission, ledger.items.get(id));
    expect(kept.of(submission)).toMatchObject({ settled: 1, clean: 1 });
  });

  it('has one word for each item that ended, and none for one on its way out', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    await ledger.commit(() => ITEM_STATES.map((state) => itemIn(ledger, submission, state)));
    const { clean, suspicious, infected, unverified, skipped, cancelled, settled, items } = new Counters(ledger).of(
      submission,
    );
    expect(items - settled).toBe(5);
    expect(clean + suspicious + infected + unverified + skipped + cancelled).toBe(settled);
    expect([skipped, cancelled, unverified]).toEqual([1, 1, 0]);
  });
});
