import { describe, expect, it, vi } from 'vitest';
import { laneTo } from '../../../src-main/pipeline/destination-lanes';
import { Postponed } from '../../../src-main/pipeline/postponed';
import type { Item } from '../../../src-main/store/item-row';
import { until } from '../../support/until';
import { endingOf, itemIn, newSubmission, openLedger } from '../store/ledger-fixtures';
import { schedulerOver } from './scheduler-fixtures';

const WINDOW = 20;

/**
 * Decided items of one submission, which go to the destination that `goal` says (one for all unless told otherwise).
 * `away`: destinations that refuse, `hanging`: those that never answer. `arrived` and `tried` hold ids in their order.
 */
async function setUp(count: number, goal: (index: number) => string = () => 'outbox') {
  const ledger = openLedger();
  const submission = await newSubmission(ledger);
  const ids = await ledger.commit(() => Array.from({ length: count }, () => itemIn(ledger, submission, 'disposing')));
  const world = { away: new Set<string>(), hanging: new Set<string>(), broken: new Set<number>() };
  const arrived: number[] = [];
  const tried: number[] = [];
  const lanesOf = () => {
    const made = schedulerOver(ledger, WINDOW, async (item, signal) => {
      const to = goal(ids.indexOf(item.id));
      const fresh = ledger.items.get(item.id);
      await made.lanes.enter(laneTo(to), fresh, 'earlier files go first', signal);
      tried.push(item.id);
      await put(to, item, signal);
      if (world.away.has(to) || world.broken.has(item.id))
        throw await made.lanes.refused(laneTo(to), fresh, `waiting for destination ${to}: gone`);
      made.lanes.opened(laneTo(to), item.id);
      arrived.push(item.id);
      await ledger.commit(() => ledger.moves.end('forward', item.id, endingOf()));
      made.lanes.ended(fresh);
    });
    made.lanes.restore();
    return made;
  };
  const put = (to: string, _item: Item, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (world.hanging.has(to)) signal.addEventListener('abort', () => reject(signal.reason));
      else setImmediate(resolve);
    });
  return { ledger, submission, ids, world, arrived, tried, lanesOf };
}

describe('a destination that is away', () => {
  it('is asked by what was on its way, then by one file at a time; everything else is parked once', async () => {
    const { ledger, submission, ids, world, tried, lanesOf } = await setUp(200);
    world.away.add('outbox');
    const { scheduler, lanes } = lanesOf();
    const commits = vi.spyOn(ledger, 'commit');
    await scheduler.start([]);
    await scheduler.idle();
    expect(scheduler.waitingOf(submission)).toEqual({ count: 200, problem: 'waiting for destination outbox: gone' });
    expect([scheduler.waitingCount(), scheduler.activeCount()]).toEqual([200, 0]);
    expect(tried.length).toBeLessThan(20);
    expect(commits).toHaveBeenCalledTimes(200);
    expect(scheduler.problemOf(ids[150] ?? 0)).toBe('waiting for destination outbox: gone');
    expect(ledger.items.get(ids[150] ?? 0).waitingFor).toBe('destination outbox');
    expect(lanes.statusOf(laneTo('outbox'))).toMatchObject({ waiting: 200, oldestReceivedAt: 1 });
    const before = tried.length;
    await until('two more knocks', () => tried.length >= before + 2);
    expect(commits).toHaveBeenCalledTimes(200);
  });

  it('gets what waited in its order when it is back, before what came later', async () => {
    const { ledger, submission, ids, world, arrived, lanesOf } = await setUp(100);
    world.away.add('outbox');
    const { scheduler } = lanesOf();
    await scheduler.start([]);
    await scheduler.idle();
    world.away.clear();
    const later = await ledger.commit(() => itemIn(ledger, submission, 'disposing'));
    scheduler.wake();
    expect(scheduler.hurry(ids[50] ?? 0)).toBe(true);
    await until('the end', () => ledger.items.countUnsettled() === 0);
    const all = [...ids, later];
    expect([...arrived].sort((one, other) => one - other)).toEqual(all);
    const late = arrived.filter((id, index) => Math.abs(all.indexOf(id) - index) > 2 * WINDOW);
    expect(late).toEqual([]);
    expect(arrived.indexOf(later)).toBeGreaterThan(60);
    expect(scheduler.waitingCount()).toBe(0);
  });

  it('does not keep the files of another one', async () => {
    const { ledger, world, arrived, lanesOf, ids } = await setUp(400, (index) => (index % 2 === 0 ? 'a' : 'b'));
    world.away.add('a');
    const { scheduler } = lanesOf();
    await scheduler.start([]);
    await scheduler.idle();
    expect(arrived).toHaveLength(200);
    expect(arrived.every((id) => ids.indexOf(id) % 2 === 1)).toBe(true);
    expect(ledger.waiting.lanes()).toMatchObject([{ lane: 'destination a', count: 200 }]);
  });

  it('is remembered with what waits for it: the next engine knocks once and goes on in order', async () => {
    const { ledger, world, arrived, tried, ids, lanesOf } = await setUp(60);
    world.away.add('outbox');
    const first = lanesOf();
    await first.scheduler.start([]);
    await first.scheduler.idle();
    await first.scheduler.stop(0);
    world.away.clear();
    tried.length = 0;
    const second = lanesOf();
    expect(second.lanes.isRestless()).toBe(true);
    await second.scheduler.start([]);
    await second.scheduler.idle();
    expect(ledger.items.countUnsettled()).toBe(0);
    expect([arrived[0], tried[0]]).toEqual([ids[0], ids[0]]);
    expect([...arrived].sort((one, other) => one - other)).toEqual(ids);
  });
});

describe('a destination that hangs', () => {
  it('has no more than its places of the window: the others go on', async () => {
    const { world, arrived, lanesOf } = await setUp(200, (index) => (index % 2 === 0 ? 'a' : 'b'));
    world.hanging.add('a');
    const { scheduler } = lanesOf();
    await scheduler.start([]);
    await until('all files of the other one', () => arrived.length === 100);
    await until('its places alone', () => scheduler.activeCount() === 16);
  });
});

describe('a destination that came back before it was due to be asked', () => {
  it('keeps no others waiting when it hangs later', async () => {
    const { ledger, submission, ids, world, arrived, lanesOf } = await setUp(1, (index) => (index <= 30 ? 'a' : 'b'));
    world.away.add('a');
    const { scheduler } = lanesOf();
    await scheduler.start([]);
    await scheduler.idle();
    world.away.clear();
    scheduler.hurryAll();
    await until('the first', () => arrived.length === 1);
    world.hanging.add('a');
    ids.push(...(await ledger.commit(() => Array.from({ length: 60 }, () => itemIn(ledger, submission, 'disposing')))));
    scheduler.wake();
    await until('all files of the other one', () => arrived.length === 31);
  });
});

describe('one file that always fails', () => {
  it('keeps nobody else waiting', async () => {
    const { ledger, submission, ids, world, arrived, lanesOf } = await setUp(60);
    world.broken.add(ids[0] ?? 0);
    const { scheduler } = lanesOf();
    await scheduler.start([]);
    await scheduler.idle();
    expect(arrived).toHaveLength(59);
    expect(scheduler.waitingOf(submission)).toEqual({ count: 1, problem: 'waiting for destination outbox: gone' });
    expect(ledger.waiting.lanes()).toEqual([]);
    world.broken.clear();
    scheduler.hurry(ids[0] ?? 0);
    await until('it too', () => ledger.items.countUnsettled() === 0);
  });
});

it('an item that fails for a reason of its own leaves the lane', async () => {
  const ledger = openLedger();
  const submission = await newSubmission(ledger);
  const id = await ledger.commit(() => itemIn(ledger, submission, 'disposing'));
  await ledger.commit(() => ledger.waiting.park(id, laneTo('outbox'), 'away'));
  const { scheduler, lanes } = schedulerOver(ledger, 4, () => Promise.reject(new Postponed('mismatch')));
  lanes.restore();
  await scheduler.start([]);
  await scheduler.idle();
  expect(ledger.items.get(id)).toMatchObject({ waitingFor: null, problem: null });
  expect(scheduler.waitingOf(submission)).toEqual({ count: 1, problem: 'mismatch' });
});
