import { describe, expect, it } from 'vitest';
import { RateWindow } from '../../../src-main/pipeline/rate-window';

function handClock() {
  const clock = { at: 1000, now: () => clock.at, monotonic: () => clock.at };
  return clock;
}

describe('a rate', () => {
  it('is what there was in the last five seconds, a second', () => {
    const clock = handClock();
    const rate = new RateWindow(clock);
    for (let step = 0; step < 80; step += 1) {
      rate.add(10);
      clock.at += 250;
    }
    expect(rate.perSecond()).toBeCloseTo(38); // the bucket of now is still empty
  });

  it('counts from the beginning while that is less than five seconds ago', () => {
    const clock = handClock();
    const rate = new RateWindow(clock);
    clock.at += 60_000;
    for (let step = 0; step < 8; step += 1) {
      clock.at += 250;
      rate.add(10);
    }
    expect(rate.perSecond()).toBeCloseTo(40);
  });

  it('is no rate of a moment: one file at once is one a second', () => {
    const rate = new RateWindow(handClock());
    rate.add(1);
    expect(rate.perSecond()).toBe(1);
  });

  it('is nothing after five seconds of nothing, however long ago the last look was', () => {
    const clock = handClock();
    const rate = new RateWindow(clock);
    rate.add(100);
    clock.at += 3_600_000;
    expect(rate.perSecond()).toBe(0);
  });
});
