import { describe, expect, it } from 'vitest';
import { NoRoom, Postponed } from '../../../src-main/pipeline/postponed';
import type { Item } from '../../../src-main/store/item-row';
import { until } from '../../support/until';
import { CLEAN, newSubmission, openLedger, receiveItem, UNVERIFIED } from '../store/ledger-fixtures';
import { schedulerOver } from './scheduler-fixtures';

/** A scheduler over `count` files, whose work is what the test says. */
async function setUp(count: number, work: (item: Item, signal: AbortSignal) => Promise<void>) {
  const ledger = openLedger();
  const submission = await newSubmission(ledger);
  const ids = await ledger.commit(() => Array.from({ length: count }, () => receiveItem(ledger, submission)));
  const { scheduler } = schedulerOver(ledger, 4, work);
  const settle = (id: number) =>
    ledger.commit(() => ledger.moves.decide(id, CLEAN, { settles: true, problem: null, now: 1 }));
  const cancel = (id: number) => ledger.commit(() => ledger.moves.cancel(id, UNVERIFIED, 1));
  return { ledger, ids, scheduler, settle, cancel };
}

describe('one item', () => {
  it('that failed for a reason of its own and then finds no room is in the queue again, and waits for nothing else', async () => {
    const answers = [new Postponed('too many open files'), new NoRoom('the disk is full')];
    const { ledger, scheduler, settle } = await setUp(1, async ({ id }) => {
      const answer = answers.shift();
      if (answer !== undefined) throw answer;
      await settle(id);
    });
    await scheduler.start([]);
    await until('its end', () => ledger.items.countUnsettled() === 0);
    await scheduler.idle();
    expect(answers).toEqual([]);
  });

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

  it('that waits is tried at once when all are hurried', async () => {
    let away = true;
    const { scheduler, settle } = await setUp(3, async ({ id }) => {
      if (away) throw new Postponed('the destination is away');
      await settle(id);
    });
    await scheduler.start([]);
    await until('three waiting files', () => scheduler.waitingCount() === 3);
    away = false;
    scheduler.hurryAll();
    await scheduler.idle();
    expect(scheduler.waitingCount()).toBe(0);
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
