import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src-main/contract/durations';
import { pruneCache } from '../../../src-main/pipeline/prune-cache';
import { openLedger } from '../store/ledger-fixtures';
import { NOTHING } from './fake-probe';

const NOW = 1000 * DAY_MS;
const NEVER = new AbortController().signal;

/** A cache of so many reports, used one millisecond after the other; the last one at NOW. */
async function cacheOf(rows: number) {
  const ledger = openLedger();
  const key = (number: number) => `key ${String(number).padStart(6, '0')}`;
  await ledger.commit(() => {
    for (let n = 1; n <= rows; n += 1) ledger.cache.remember(key(n), NOTHING, NOW - rows + n);
  });
  const kept = () => Array.from({ length: rows }, (_none, index) => index + 1).filter((n) => ledger.cache.find(key(n)));
  return { ledger, key, kept };
}

describe('the cache of probe reports', () => {
  it('forgets what was last used before the time that is asked for, in many steps', async () => {
    const { ledger, kept } = await cacheOf(1000);
    expect(await pruneCache(ledger, NOW - 1000, NEVER)).toBe(0);
    expect(await pruneCache(ledger, NOW - 100, NEVER)).toBe(899);
    expect(kept()).toEqual(Array.from({ length: 101 }, (_none, index) => 900 + index));
  });

  it('forgets the longest unused of more than there may be, also among those of one moment', async () => {
    const { ledger, kept } = await cacheOf(25_000);
    await ledger.commit(() => {
      for (let n = 0; n < 10; n += 1) ledger.cache.remember(`now ${n}`, NOTHING, NOW);
    });
    expect(await pruneCache(ledger, 0, NEVER, 12_345)).toBe(25_010 - 12_345);
    expect(kept()).toHaveLength(12_335);
    expect(kept()[0]).toBe(25_000 - 12_335 + 1);
  });

  it('keeps a report that is used again', async () => {
    const { ledger, key, kept } = await cacheOf(3);
    await ledger.commit(() => ledger.cache.noteUse(key(1), NOW + 20 * DAY_MS));
    expect(await pruneCache(ledger, NOW + 10 * DAY_MS, NEVER)).toBe(2);
    expect(kept()).toEqual([1]);
  });

  it('notes a use once a day', async () => {
    const { ledger, key } = await cacheOf(1);
    const noted = () => ledger.cache.before({ at: Number.MAX_SAFE_INTEGER, key: '' }, 1)?.at;
    await ledger.commit(() => ledger.cache.noteUse(key(1), NOW + DAY_MS - 1));
    expect(noted()).toBe(NOW);
    await ledger.commit(() => ledger.cache.noteUse(key(1), NOW + DAY_MS));
    expect(noted()).toBe(NOW + DAY_MS);
  });

  it('ends early when it is told to, and goes on the next time', async () => {
    const { ledger, kept } = await cacheOf(10);
    expect(await pruneCache(ledger, 0, AbortSignal.abort(), 4)).toBe(0);
    expect(kept()).toHaveLength(10);
    expect(await pruneCache(ledger, 0, NEVER, 4)).toBe(6);
  });
});
