import { describe, expect, it } from 'vitest';
import { ClockDoubt } from '../../../src-main/pipeline/clock-doubt';
import { openLedger } from '../store/ledger-fixtures';
import { SetClock } from './fake-probe';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A clock of an engine that has looked at it once, and what `restart` gives: an engine that looks at the same ledger. */
async function looked() {
  const ledger = openLedger();
  const clock = new SetClock();
  clock.time = 1000 * DAY;
  let doubt = new ClockDoubt(ledger, clock);
  expect(await doubt.isBelieved()).toBe(true);
  return {
    clock,
    isBelieved: () => doubt.isBelieved(),
    restart: () => {
      doubt = new ClockDoubt(ledger, clock);
    },
  };
}

describe('ClockDoubt', () => {
  it('believes a clock that goes on, also over a restart and a night without an engine', async () => {
    const { clock, isBelieved, restart } = await looked();
    clock.time += HOUR;
    expect(await isBelieved()).toBe(true);
    clock.time += 2 * DAY;
    restart();
    expect(await isBelieved()).toBe(true);
  });

  it('doubts one that was set far ahead, and believes it when it has gone on for a day', async () => {
    const { clock, isBelieved, restart } = await looked();
    clock.shift(400 * DAY);
    expect(await isBelieved()).toBe(false);
    clock.time += DAY - HOUR;
    expect(await isBelieved()).toBe(false);
    restart();
    expect(await isBelieved()).toBe(false);
    clock.time += HOUR;
    expect(await isBelieved()).toBe(true);
    clock.time += HOUR;
    expect(await isBelieved()).toBe(true);
  });

  it('believes one at once that is set right again', async () => {
    const { clock, isBelieved } = await looked();
    clock.shift(400 * DAY);
    expect(await isBelieved()).toBe(false);
    clock.shift(-400 * DAY);
    expect(await isBelieved()).toBe(true);
    clock.time += HOUR;
    expect(await isBelieved()).toBe(true);
  });

  it('believes one that goes back, and doubts it when it jumps from there', async () => {
    const { clock, isBelieved } = await looked();
    clock.shift(-500 * DAY);
    expect(await isBelieved()).toBe(true);
    clock.shift(3 * DAY);
    expect(await isBelieved()).toBe(false);
  });

  it('doubts after a long time without an engine, and believes a command of each week', async () => {
    const { clock, isBelieved, restart } = await looked();
    for (const believed of [false, true, false, true]) {
      clock.time += 7 * DAY;
      restart();
      expect(await isBelieved()).toBe(believed);
    }
  });
});
