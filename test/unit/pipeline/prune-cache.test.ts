import { describe, expect, it } from 'vitest';
import { CachePruner } from '../../../src-main/pipeline/prune-cache';
import { openLedger } from '../store/ledger-fixtures';
import { NOTHING, SetClock } from './fake-probe';

const DAY = 24 * 3_600_000;
const NEVER = new AbortController().signal;

/** A cache of so many reports, used one millisecond after the other; the last one now. */
async function cacheOf(rows: number, options: { days: number; mostRows?: number }) {
  const ledger = openLedger();
  const clock = new SetClock();
  clock.time = 1000 * DAY;
  const key = (number: number) => `key ${String(number).padStart(6, '0')}`;
  await ledger.commit(() => {
    for (let n = 1; n <= rows; n += 1) ledger.cache.remember(key(n), NOTHING, clock.time - rows + n);
  });
  const kept = () => Array.from({ length: rows }, (_none, index) => index + 1).filter((n) => ledger.cache.find(key(n)));
  return { ledger, clock, key, kept, pruner: new CachePruner({ ledger, clock, ...options }) };
}

describe('the cache of probe reports', () => {
  it('forgets what was unused for longer than the days that are asked for, in many steps', async () => {
    const { clock, kept, pruner } = await cacheOf(1000, { days: 30 });
    expect(await pruner.runIfDue(NEVER)).toBe(0);
    clock.time += 30 * DAY - 100;
    expect(await pruner.runIfDue(NEVER)).toBe(899);
    expect(kept()).toEqual(Array.from({ length: 101 }, (_none, index) => 900 + index));
  });

  it('is pruned again although the clock was set back since the last time', async () => {
    const { ledger, clock, pruner } = await cacheOf(10, { days: 45 });
    clock.time += 40 * DAY;
    expect(await pruner.runIfDue(NEVER)).toBe(0);
    clock.time -= 30 * DAY;
    await ledger.commit(() => ledger.cache.remember('old', NOTHING, 900 * DAY));
    expect(await pruner.runIfDue(NEVER)).toBe(1);
  });

  it('forgets the longest unused of more than there may be, also among those of one moment', async () => {
    const { ledger, clock, kept, pruner } = await cacheOf(25_000, { days: 30, mostRows: 12_345 });
    await ledger.commit(() => {
      for (let n = 0; n < 10; n += 1) ledger.cache.remember(`now ${n}`, NOTHING, clock.time);
    });
    expect(await pruner.runIfDue(NEVER)).toBe(25_010 - 12_345);
    expect(kept()).toHaveLength(12_335);
    expect(kept()[0]).toBe(25_000 - 12_335 + 1);
  });

  it('is looked at once a day', async () => {
    const { clock, pruner } = await cacheOf(10, { days: 30, mostRows: 4 });
    expect(await pruner.runIfDue(NEVER)).toBe(6);
    const smaller = await cacheOf(10, { days: 30, mostRows: 4 });
    await smaller.ledger.commit(() => smaller.ledger.meta.set('cache-pruned-at', String(smaller.clock.time - DAY + 1)));
    expect(await smaller.pruner.runIfDue(NEVER)).toBe(0);
    smaller.clock.time += 1;
    expect(await smaller.pruner.runIfDue(NEVER)).toBe(6);
    expect(await pruner.runIfDue(NEVER)).toBe(0);
    clock.time += DAY;
    expect(await pruner.runIfDue(NEVER)).toBe(0);
  });

  it('keeps a report that is used again', async () => {
    const { ledger, clock, key, kept, pruner } = await cacheOf(3, { days: 30 });
    clock.time += 20 * DAY;
    await ledger.commit(() => ledger.cache.noteUse(key(1), clock.time));
    clock.time += 20 * DAY;
    expect(await pruner.runIfDue(NEVER)).toBe(2);
    expect(kept()).toEqual([1]);
  });

  it('notes a use once a day', async () => {
    const { ledger, clock, key } = await cacheOf(1, { days: 30 });
    const noted = () => ledger.cache.before({ at: Number.MAX_SAFE_INTEGER, key: '' }, 1)?.at;
    const first = clock.time;
    await ledger.commit(() => ledger.cache.noteUse(key(1), first + DAY - 1));
    expect(noted()).toBe(first);
    await ledger.commit(() => ledger.cache.noteUse(key(1), first + DAY));
    expect(noted()).toBe(first + DAY);
  });

  it('ends early when it is told to, and goes on the next time', async () => {
    const { kept, pruner } = await cacheOf(10, { days: 30, mostRows: 4 });
    expect(await pruner.runIfDue(AbortSignal.abort())).toBe(0);
    expect(kept()).toHaveLength(10);
    expect(await pruner.runIfDue(NEVER)).toBe(6);
  });
});
