import { describe, expect, it } from 'vitest';
import { Postponed } from '../../../src-main/pipeline/postponed';
import type { Item } from '../../../src-main/store/item-row';
import type { Ledger } from '../../../src-main/store/ledger';
import { until } from '../../support/until';
import { CLEAN, endingOf, newSubmission, openLedger, receiveItem, UNVERIFIED } from '../store/ledger-fixtures';
import { schedulerOver } from './scheduler-fixtures';

type Work = (item: Item, signal: AbortSignal) => Promise<void>;

/** What every test is about: a ledger with `count` received files of one submission, and a scheduler over it. */
async function setUp(count: number, work: Work, window = 4) {
  const ledger = openLedger();
  const submission = await newSubmission(ledger);
  const ids = await ledger.commit(() => Array.from({ length: count }, () => receiveItem(ledger, submission)));
  const { scheduler } = schedulerOver(ledger, window, work);
  return { ledger, submission, ids, scheduler };
}

/** Ends an item as a scan does whose bytes could not be taken. */
const settle = (ledger: Ledger, id: number) =>
  ledger.commit(() => ledger.moves.decide(id, CLEAN, { settles: true, problem: null, now: 1 }));
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the scheduler', () => {
  it('works on everything once, in order, and never on more than its window at a time', async () => {
    const seen: number[] = [];
    let running = 0;
    let most = 0;
    const { ledger, ids, scheduler } = await setUp(300, async ({ id }) => {
      seen.push(id);
      running += 1;
      most = Math.max(most, running);
      await turn();
      await settle(ledger, id);
      running -= 1;
    });
    await scheduler.start([]);
    await scheduler.idle();
    expect(seen).toEqual(ids);
    expect(most).toBe(4);
    expect(ledger.items.countUnsettled()).toBe(0);
  });

  it('runs what was in flight one by one before anything else', async () => {
    const seen: string[] = [];
    const { ledger, ids, scheduler } = await setUp(6, async ({ id }) => {
      seen.push(`begin ${id}`);
      await turn();
      await settle(ledger, id);
      seen.push(`end ${id}`);
    });
    const inFlight = ids.slice(3, 5);
    await scheduler.start(inFlight);
    const alone = inFlight.flatMap((id) => [`begin ${id}`, `end ${id}`]);
    expect(seen.slice(0, 4)).toEqual(alone);
    await scheduler.idle();
    expect(seen.filter((word) => word.startsWith('end'))).toHaveLength(6);
  });

  it('notes durably that an item of a dead engine runs alone, and takes it back when the engine outlives it', async () => {
    const noted: number[] = [];
    const { ledger, ids, scheduler } = await setUp(3, async ({ id }) => {
      noted.push(ledger.items.get(id).runsAlone);
      if (id === ids[1] && noted.length === 2) throw new Postponed('not now');
      await settle(ledger, id);
    });
    await ledger.commit(() => ledger.marks.beginAlone(ids[1] ?? 0));
    await scheduler.start(ids.slice(0, 2));
    await scheduler.idle();
    expect(noted).toEqual([1, 2, 0, 0]);
    expect(ids.map((id) => ledger.items.get(id).runsAlone)).toEqual([0, 0, 0]);
  });

  it('takes what comes later, and what moves again although it is older', async () => {
    const seen: number[] = [];
    const { ledger, submission, ids, scheduler } = await setUp(2, async ({ id }) => {
      seen.push(id);
      await settle(ledger, id);
    });
    await scheduler.start([]);
    await scheduler.idle();
    const later = await ledger.commit(() => receiveItem(ledger, submission));
    scheduler.wake();
    await scheduler.idle();
    const [old = 0] = ids;
    await ledger.commit(() => ledger.moves.dispose(old, 'hold'));
    scheduler.wake(old);
    await until('the old item', () => seen.length === 4, { everyMs: 5 });
    expect(seen).toEqual([...ids, later, old]);
  });

  it('takes what moves again while its work is just ending', async () => {
    let runs = 0;
    const { ledger, scheduler } = await setUp(1, async ({ id }) => {
      runs += 1;
      if (runs === 2) return ledger.commit(() => ledger.moves.cancel(id, UNVERIFIED, 1));
      await ledger.commit(() => {
        ledger.moves.decide(id, UNVERIFIED, { settles: false, problem: null, now: 1 });
        ledger.moves.dispose(id, 'hold');
        ledger.moves.end('hold', id, endingOf());
        ledger.moves.retry(id, '/staging/again', null);
      });
      scheduler.wake(id);
      await turn();
    });
    await scheduler.start([]);
    await scheduler.idle();
    expect([runs, ledger.items.countUnsettled()]).toEqual([2, 0]);
  });

  it('takes nothing while it is paused', async () => {
    const seen: number[] = [];
    const { ledger, ids, scheduler } = await setUp(2, async ({ id }) => {
      seen.push(id);
      await settle(ledger, id);
    });
    scheduler.pause();
    await scheduler.start([]);
    await turn();
    expect([seen, scheduler.isPaused()]).toEqual([[], true]);
    scheduler.resume();
    await scheduler.idle();
    expect(seen).toEqual(ids);
  });

  it('says idle at once when there is nothing to do, and only when it has started', async () => {
    const { scheduler } = await setUp(0, () => Promise.resolve());
    let idle = false;
    const waiting = scheduler.idle().then(() => {
      idle = true;
    });
    await turn();
    expect(idle).toBe(false);
    await scheduler.start([]);
    await waiting;
  });
});

describe('an item that is postponed', () => {
  it('is tried again, and the others go on meanwhile', async () => {
    const seen: number[] = [];
    const { ledger, ids, scheduler } = await setUp(3, async ({ id }) => {
      seen.push(id);
      if (id === ids[0] && seen.filter((one) => one === id).length < 3) throw new Postponed('disk full');
      await settle(ledger, id);
    });
    await scheduler.start([]);
    await scheduler.idle();
    expect(seen).toEqual([ids[0], ids[1], ids[2], ids[0], ids[0]]);
    expect(ledger.items.countUnsettled()).toBe(0);
    expect(scheduler.problemOf(ids[0] ?? 0)).toBeNull();
  });

  it('counts as waiting after three attempts: nobody waits for it any more, and it is tried on', async () => {
    let away = true;
    const { ledger, submission, ids, scheduler } = await setUp(1, async ({ id }) => {
      if (away) throw new Postponed('no destination');
      await settle(ledger, id);
    });
    await scheduler.start([]);
    expect(scheduler.waitingOf(submission).count).toBe(0);
    await scheduler.idle();
    expect(scheduler.waitingOf(submission)).toEqual({ count: 1, problem: 'no destination' });
    expect(scheduler.problemOf(ids[0] ?? 0)).toBe('no destination');
    away = false;
    await until('the item to end', () => ledger.items.countUnsettled() === 0);
    await until('nothing to wait', () => scheduler.waitingOf(submission).count === 0);
  });

  it('is tried again also when the work itself is broken', async () => {
    let broken = true;
    const { ledger, scheduler } = await setUp(1, async ({ id }) => {
      if (broken) {
        broken = false;
        throw new TypeError('a mistake');
      }
      await settle(ledger, id);
    });
    await scheduler.start([]);
    await scheduler.idle();
    expect(ledger.items.countUnsettled()).toBe(0);
  });

  it('waits no more when it was settled by somebody else', async () => {
    const { ledger, submission, ids, scheduler } = await setUp(1, () => Promise.reject(new Postponed('no')));
    await scheduler.start([]);
    await scheduler.idle();
    const [id = 0] = ids;
    await ledger.commit(() => ledger.moves.cancel(id, UNVERIFIED, 1));
    scheduler.forget(id);
    expect(scheduler.waitingOf(submission).count).toBe(0);
    await scheduler.idle();
  });
});

describe('a submission that is aborted', () => {
  it('tells what is in work for it, and nothing else', async () => {
    const reasons = new Map<number, unknown>();
    const { ledger, submission, ids, scheduler } = await setUp(1, ({ id }, signal) => {
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reasons.set(id, signal.reason);
          reject(signal.reason);
        });
      });
    });
    const other = await newSubmission(ledger);
    const otherItem = await ledger.commit(() => receiveItem(ledger, other));
    await scheduler.start([]);
    expect(scheduler.activeCount()).toBe(2);
    scheduler.abort(submission);
    await until('one to end', () => scheduler.activeCount() === 1);
    expect([...reasons.keys()]).toEqual(ids);
    expect(ledger.items.get(otherItem).settledSeq).toBeNull();
  });

  it('does not work on what the caller settled', async () => {
    let runs = 0;
    const { ledger, submission, ids, scheduler } = await setUp(1, (_item, signal) => {
      runs += 1;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    await scheduler.start([]);
    scheduler.abort(submission);
    await ledger.commit(() => ledger.moves.cancel(ids[0] ?? 0, UNVERIFIED, 1));
    await scheduler.idle();
    expect(runs).toBe(1);
    expect(scheduler.problemOf(ids[0] ?? 0)).toBeNull();
  });

  it('takes up again what was on its way out and could not be cancelled', async () => {
    let runs = 0;
    const { ledger, submission, ids, scheduler } = await setUp(1, async ({ id }, signal) => {
      runs += 1;
      if (runs === 2) return settle(ledger, id);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    await scheduler.start([]);
    scheduler.abort(submission);
    await until('it to end', () => ledger.items.get(ids[0] ?? 0).settledSeq !== null);
    expect(runs).toBe(2);
  });
});

describe('stopping', () => {
  it('lets what is in work end, and takes nothing new', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const seen: number[] = [];
    const { ledger, ids, scheduler } = await setUp(
      3,
      async ({ id }) => {
        seen.push(id);
        await promise;
        await settle(ledger, id);
      },
      1,
    );
    await scheduler.start([]);
    const stopped = scheduler.stop(60_000);
    resolve();
    await stopped;
    expect(seen).toEqual([ids[0]]);
    expect(ledger.items.countUnsettled()).toBe(2);
  });

  it('aborts after its grace what does not end, and leaves it where it is', async () => {
    const { ledger, ids, scheduler } = await setUp(2, (_item, signal) => {
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    await scheduler.start([]);
    await scheduler.stop(1);
    expect(scheduler.activeCount()).toBe(0);
    expect(ids.map((id) => ledger.items.get(id).state)).toEqual(['received', 'received']);
  });

  it('is over only when what ran alone is noted to have been outlived', async () => {
    const { ledger, ids, scheduler } = await setUp(2, (_item, signal) => {
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    void scheduler.start(ids);
    await until('the first', () => scheduler.activeCount() === 1, { everyMs: 1 });
    await scheduler.stop(0);
    expect(ids.map((id) => ledger.items.get(id).runsAlone)).toEqual([0, 0]);
  });

  it('leaves nobody waiting for idle', async () => {
    const { scheduler } = await setUp(1, () => Promise.reject(new Postponed('not now')));
    await scheduler.start([]);
    const idle = scheduler.idle();
    await scheduler.stop(0);
    await idle;
  });
});
