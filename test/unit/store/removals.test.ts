import { describe, expect, it } from 'vitest';
import { openLedger } from './ledger-fixtures';

const ONE = { itemId: 1, place: 'held', location: Buffer.from('/held/\xff/a*.txt', 'latin1') } as const;
const TWO = { itemId: 12, place: 'quarantined', location: Buffer.from('/quarantine/b.cart') } as const;

describe('Removals', () => {
  it('names what is to be removed, in true bytes, until it is done', async () => {
    const ledger = openLedger();
    await ledger.commit(() => {
      ledger.removals.add(ONE);
      ledger.removals.add(TWO);
      ledger.removals.add(TWO);
    });
    expect(ledger.removals.all()).toEqual([ONE, TWO]);
    await ledger.commit(() => ledger.removals.done(1));
    expect(ledger.removals.all()).toEqual([TWO]);
  });

  it('keeps apart from the other facts about the ledger', async () => {
    const ledger = openLedger();
    await ledger.commit(() => ledger.meta.set('clamd-seen', 'yes'));
    expect(ledger.removals.all()).toEqual([]);
  });
});
