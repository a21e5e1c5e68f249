import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CUSTODY_GENESIS, custodyHash, segmentOf } from '../../../src-main/store/custody';
import type { Ledger } from '../../../src-main/store/ledger';
import { tempFolder } from '../../support/temp-folder';
import { openLedger } from './ledger-fixtures';

const OCTOBER = Date.UTC(2026, 9, 31, 23, 59, 59, 999);
const NOVEMBER = Date.UTC(2026, 10, 1);

const append = (ledger: Ledger, at: number, event: string) =>
  ledger.commit(() => ledger.custody.append(at, 1, event, { word: event }));

/** True when every row's hash follows from the row before it, computed here from the format alone. */
function isWhole(ledger: Ledger): boolean {
  let previous = '0'.repeat(64);
  return ledger.custody.entries(0, 1000).every(({ hash, seq, segment, at, itemId, event, data }, index) => {
    const text = JSON.stringify([previous, seq, segment, at, itemId, event, data]);
    previous = hash;
    return seq === index + 1 && createHash('sha256').update(text).digest('hex') === hash;
  });
}

describe('the custody log', () => {
  it('begins with the genesis hash and chains every row to the one before', async () => {
    const ledger = openLedger();
    expect(ledger.custody.head()).toEqual({ seq: 0, head: CUSTODY_GENESIS });
    const heads = [await append(ledger, OCTOBER, 'received'), await append(ledger, OCTOBER, 'staged')];
    expect(heads.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(ledger.custody.head()).toEqual(heads[1]);
    expect(ledger.custody.hashOf(2)).toBe(heads[1]?.head);
    expect(isWhole(ledger)).toBe(true);
  });

  it('goes on where it stood after the ledger was opened again', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const first = openLedger(path);
    await append(first, OCTOBER, 'received');
    first.close();
    const again = openLedger(path);
    expect((await append(again, NOVEMBER, 'staged')).seq).toBe(2);
    expect(isWhole(again)).toBe(true);
  });

  it('stays whole when a piece of the group is rolled back after it wrote', async () => {
    const ledger = openLedger();
    const pieces = [0, 1, 2, 3, 4].map((index) =>
      ledger.commit(() => {
        ledger.custody.append(NOVEMBER, index, 'event', { index });
        if (index === 2) throw new Error('mine');
      }),
    );
    const told = await Promise.allSettled(pieces);
    expect(told.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true]);
    expect(ledger.custody.entries(0, 10).map(({ itemId }) => itemId)).toEqual([0, 1, 3, 4]);
    expect(isWhole(ledger)).toBe(true);
    expect(ledger.custody.head()).toEqual({ seq: 4, head: ledger.custody.hashOf(4) });
  });

  it('keeps a segment for each month in UTC, each with its own head', async () => {
    const ledger = openLedger();
    const october = await append(ledger, OCTOBER, 'late');
    const november = await append(ledger, NOVEMBER, 'early');
    expect(ledger.custody.segments()).toEqual([
      { segment: '2026-10', lastSeq: 1, head: october.head },
      { segment: '2026-11', lastSeq: 2, head: november.head },
    ]);
    expect(segmentOf(OCTOBER)).toBe('2026-10');
  });

  it('chains on when the clock goes back into an earlier month', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = openLedger(path);
    await append(ledger, NOVEMBER, 'first');
    await append(ledger, OCTOBER, 'second');
    ledger.close();
    const again = openLedger(path);
    expect((await append(again, NOVEMBER, 'third')).seq).toBe(3);
    expect(isWhole(again)).toBe(true);
  });

  it('finds the rows of one item, in order', async () => {
    const ledger = openLedger();
    await ledger.commit(() => {
      ledger.custody.append(1, 7, 'received', {});
      ledger.custody.append(2, 8, 'received', {});
      ledger.custody.append(3, 7, 'staged', {});
      ledger.custody.append(4, null, 'started', {});
    });
    expect(ledger.custody.ofItemId(7).map(({ event }) => event)).toEqual(['received', 'staged']);
  });
});

describe('custodyHash', () => {
  const entry = { seq: 1, segment: '2026-10', at: 1, itemId: 1, event: 'a', data: '{}' };

  it.each([
    { seq: 2 },
    { segment: '2026-11' },
    { at: 2 },
    { itemId: null },
    { itemId: 2 },
    { event: 'b' },
    { data: '{ }' },
    { event: 'a","', data: '' },
  ])('changes with %j', (change) => {
    const before = custodyHash(CUSTODY_GENESIS, entry);
    expect(custodyHash(CUSTODY_GENESIS, { ...entry, ...change })).not.toBe(before);
  });

  it('changes with the row before', () => {
    expect(custodyHash('1'.repeat(64), entry)).not.toBe(custodyHash(CUSTODY_GENESIS, entry));
  });
});
