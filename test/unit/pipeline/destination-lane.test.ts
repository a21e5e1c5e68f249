import { describe, expect, it } from 'vitest';
import { DestinationLane, LANE_PLACES, STALLED_AFTER_MS } from '../../../src-main/pipeline/destination-lane';

/** A lane on a clock that the test turns. */
function laneAt() {
  const clock = { now: 1000 };
  return { clock, lane: new DestinationLane(() => clock.now) };
}

/** Takes all places of a lane. */
async function fill(lane: DestinationLane) {
  for (let id = 1; id <= LANE_PLACES; id += 1) expect(await lane.ask(id)).toBe(true);
}

describe('an open lane', () => {
  it('lets a bounded number in, and whoever waited next, the oldest first', async () => {
    const { lane } = laneAt();
    await fill(lane);
    const order: number[] = [];
    const waiting = [102, 101].map((id) => lane.ask(id).then((admitted) => admitted && order.push(id)));
    lane.leave(1);
    lane.leave(2);
    await Promise.all(waiting);
    expect(order).toEqual([101, 102]);
    expect(lane.isFull).toBe(true);
  });

  it('keeps nobody waiting when nothing moves in it: what comes is parked', async () => {
    const { clock, lane } = laneAt();
    await fill(lane);
    const waiting = lane.ask(100);
    expect(lane.isStalled).toBe(false);
    clock.now += STALLED_AFTER_MS;
    expect(lane.isStalled).toBe(true);
    lane.clearWaiters();
    expect(await waiting).toBe(false);
    expect(await lane.ask(101)).toBe(false);
    lane.leave(1);
    expect(lane.isStalled).toBe(false);
  });

  it('lets what is parked go before what comes', async () => {
    const { lane } = laneAt();
    lane.restore(1, 'away');
    lane.takeUp(7);
    expect(lane.open(7)).toBe(true);
    lane.parked = 2;
    expect(await lane.ask(8)).toBe(false);
    expect(lane.nextBehind()).toBe(0);
    lane.takeUp(3);
    expect(lane.nextBehind()).toBeNull();
    expect(await lane.ask(8)).toBe(true);
  });

  it('lets go of one that gives up waiting', async () => {
    const { lane } = laneAt();
    await fill(lane);
    const waiting = lane.ask(100);
    lane.withdraw(100);
    expect(await waiting).toBe(false);
    lane.leave(1);
    expect(lane.isFull).toBe(false);
  });
});

describe('a lane that refused something', () => {
  it('is shut for a growing while, and one alone knocks', async () => {
    const { clock, lane } = laneAt();
    await lane.ask(1);
    expect(lane.refuse(1, 'away')).toBe(true);
    lane.leave(1);
    lane.parked = 3;
    let rest = 0;
    for (let knocks = 1; knocks < 12; knocks += 1) {
      const ms = lane.nextKnockMs ?? 0;
      expect(ms).toBeGreaterThanOrEqual(Math.min(60_000, 500 * 2 ** (knocks - 1)) / 2);
      expect(ms).toBeLessThanOrEqual(60_000);
      expect(lane.nextBehind()).toBeNull();
      expect(await lane.ask(50)).toBe(false);
      clock.now += ms;
      expect(lane.isGivenUp).toBe(knocks >= 3);
      expect(lane.nextBehind()).toBe(rest);
      lane.takeUp(knocks);
      expect(lane.nextBehind()).toBeNull();
      expect(lane.refuse(knocks, 'still away')).toBe(true);
      lane.leave(knocks);
      rest = knocks;
    }
    expect(lane.problem).toBe('still away');
  });

  it('is opened by one that goes through, and the next is the oldest', () => {
    const { lane } = laneAt();
    lane.restore(5, 'away');
    lane.takeUp(3);
    expect(lane.open(3)).toBe(true);
    expect(lane.open(3)).toBe(false);
    expect([lane.problem, lane.nextBehind(), lane.isGivenUp]).toEqual([null, 0, false]);
  });

  it('is knocked at by the next one when the knocking one ended for a reason of its own', () => {
    const { lane } = laneAt();
    lane.restore(5, 'away');
    lane.takeUp(3);
    lane.leave(3);
    lane.parked -= 1;
    expect(lane.nextBehind()).toBe(0);
  });

  it('lets a newcomer knock when nothing is parked', async () => {
    const { clock, lane } = laneAt();
    await lane.ask(1);
    lane.refuse(1, 'away');
    lane.leave(1);
    expect(await lane.ask(2)).toBe(false);
    clock.now += 1000;
    expect(await lane.ask(2)).toBe(true);
    expect(await lane.ask(3)).toBe(false);
  });

  it('counts the failures of those that were on their way as one', async () => {
    const { lane } = laneAt();
    await fill(lane);
    for (let id = 1; id <= LANE_PLACES; id += 1) lane.refuse(id, 'away');
    expect(lane.isGivenUp).toBe(false);
    expect(lane.nextKnockMs).toBeLessThanOrEqual(500);
  });

  it('is tried now when somebody asks for it', () => {
    const { lane } = laneAt();
    lane.restore(1, 'away');
    lane.takeUp(1);
    lane.refuse(1, 'away');
    lane.leave(1);
    expect(lane.nextBehind()).toBeNull();
    lane.hurry();
    expect(lane.nextKnockMs).toBe(0);
  });

  it('is not shut again by the one file that it refuses while others go through', async () => {
    const { clock, lane } = laneAt();
    await lane.ask(1);
    expect(lane.refuse(1, 'no such file')).toBe(true);
    lane.leave(1);
    lane.parked = 2;
    clock.now += 1000;
    lane.takeUp(2);
    lane.open(2);
    lane.leave(2);
    lane.takeUp(1);
    expect(lane.refuse(1, 'no such file')).toBe(false);
    expect(lane.problem).toBeNull();
  });
});
