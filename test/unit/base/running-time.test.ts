import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterRunning, RunningTime, TICK_MS } from '../../../src-main/base/running-time';

let now = 0;

/** Lets time pass in which the process runs. */
function run(ms: number): void {
  for (let passed = 0; passed < ms; passed += 10) {
    now += 10;
    vi.advanceTimersByTime(10);
  }
}

/** Time passes for everybody but this process. */
function stop(ms: number): void {
  now += ms;
}

beforeEach(() => {
  now = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('time that a process has run', () => {
  it('passes as any other while the process runs', () => {
    const time = new RunningTime();
    run(TICK_MS);
    expect(time.now()).toBe(TICK_MS);
    time.tick();
    run(TICK_MS);
    expect(time.now()).toBe(2 * TICK_MS);
  });

  it('hardly passes while the process is stopped', () => {
    const time = new RunningTime();
    stop(3_600_000);
    expect(time.now()).toBe(2 * TICK_MS);
    time.tick();
    run(100);
    expect(time.now()).toBe(2 * TICK_MS + 100);
  });
});

describe('a deadline in running time', () => {
  it.each([1, 100, TICK_MS, 10_000])('of %d ms is over then, once', (ms) => {
    const late = vi.fn();
    afterRunning(ms, late);
    run(ms - 10);
    expect(late).toHaveBeenCalledTimes(0);
    run(20);
    expect(late).toHaveBeenCalledOnce();
    run(20_000);
    expect(late).toHaveBeenCalledOnce();
  });

  it('is not over for a process that was stopped longer', () => {
    const late = vi.fn();
    afterRunning(10_000, late);
    run(1000);
    stop(3_600_000);
    run(8000);
    expect(late).not.toHaveBeenCalled();
    run(1000);
    expect(late).toHaveBeenCalledOnce();
  });

  it('never comes when it is called off', () => {
    const late = vi.fn();
    const callOff = afterRunning(1000, late);
    run(600);
    callOff();
    run(60_000);
    expect(late).not.toHaveBeenCalled();
  });
});
