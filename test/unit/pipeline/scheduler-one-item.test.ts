import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Postponed, Scheduler } from '../../../src-main/pipeline/scheduler';
import type { Item } from '../../../src-main/store/item-row';
import { until } from '../../support/until';
import { CLEAN, newSubmission, openLedger, receiveItem, UNVERIFIED } from '../store/ledger-fixtures';

/** A scheduler over `count` files, whose work is what the test says. */
async function setUp(count: number, work: (item: Item, signal: AbortSignal) => Promise<void>) {
  const ledger = openLedger();
  const submission = await newSubmission(ledger);
  const ids = await ledger.commit(() => Array.from({ length: count }, () => receiveItem(ledger, submission)));
  const log = pino({ level: 'silent' });
  const scheduler = new Scheduler({ ledger, log, window: 4, work: (item, _plan, signal) => work(item, signal) });
  onTestFinished(() => scheduler.stop(0));
  const settle = (id: number) =>
    ledger.commit(() => ledger.moves.decide(id, CLEAN, { settles: true, problem: null, now: 1 }));
  const cancel = (id: number) => ledger.commit(() => ledger.moves.cancel(id, UNVERIFIED, 1));
  return { ledger, ids, scheduler, settle, cancel };
}

describe('one item', () => {
  it('is aborted alone: its neighbours of the same submission go on', async () => {
    const aborted: number[] = [];
    const release = Promise.withResolvers<void>();
    const { ids, scheduler, settle, cancel } = await setUp(3, async ({ id }, signal) => {
      await Promise.race([
        release.promise,
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ]).catch((error: unknown) => {
        aborted.push(id);
        throw error;
      });
      await settle(id);
    });
    await scheduler.start([]);
    await until('all at work', () => scheduler.activeCount() === 3);
    const [first = 0] = ids;
    scheduler.abortItem(first);
    await cancel(first);
    scheduler.forget(first);
    await until('the end of its work', () => scheduler.activeCount() === 2);
    expect(aborted).toEqual([first]);
    release.resolve();
    await scheduler.idle();
    expect(aborted).toEqual([first]);
  });

  it('that waits is counted, tried at once when hurried, and counted no more when it has ended', async () => {
    let away = true;
    let tries = 0;
    const { ids, scheduler, settle } = await setUp(1, async ({ id }) => {
      tries += 1;
      if (away) throw new Postponed('the destination is away');
      await settle(id);
    });
    const [id = 0] = ids;
    await scheduler.start([]);
    await until('a waiting file', () => scheduler.waitingCount() === 1);
    away = false;
    const before = tries;
    expect(scheduler.hurry(id)).toBe(true);
    await scheduler.idle();
    expect(tries).toBe(before + 1);
    expect(scheduler.waitingCount()).toBe(0);
    expect(scheduler.hurry(id)).toBe(false);
  });

  it('that waits is counted no more when somebody else settled it', async () => {
    const { ids, scheduler, cancel } = await setUp(2, () => Promise.reject(new Postponed('away')));
    await scheduler.start([]);
    await until('two waiting files', () => scheduler.waitingCount() === 2);
    const [first = 0] = ids;
    await cancel(first);
    scheduler.forget(first);
    expect(scheduler.waitingCount()).toBe(1);
  });
});
