import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WakeWatch } from '../../../src-main/engine/wake-watch';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch over clocks that the test moves on. */
function watched() {
  const time = { now: 1_000_000, monotonic: 0 };
  const onWake = vi.fn();
  const watch = new WakeWatch({ now: () => time.now, monotonic: () => time.monotonic }, onWake);
  const pass = (ms: { now: number; monotonic: number }) => {
    time.now += ms.now;
    time.monotonic += ms.monotonic;
    vi.advanceTimersByTime(1000);
  };
  return { pass, onWake, watch };
}

describe('waking', () => {
  it('is noticed once, by either clock', () => {
    const { pass, onWake } = watched();
    pass({ now: 21_000, monotonic: 21_000 }); // SIGSTOP
    expect(onWake.mock.calls).toEqual([[20_000]]);
    pass({ now: 1000, monotonic: 1000 });
    pass({ now: 3_601_000, monotonic: 1000 }); // a machine that slept, where the monotonic clock slept too
    expect(onWake.mock.calls).toEqual([[20_000], [3_600_000]]);
  });

  it('is not seen in a late look, in a clock set back, or after the end', () => {
    const { pass, onWake, watch } = watched();
    pass({ now: 1000, monotonic: 1000 });
    pass({ now: 4000, monotonic: 4000 });
    pass({ now: -86_400_000, monotonic: 1000 });
    watch.stop();
    pass({ now: 60_000, monotonic: 60_000 });
    expect(onWake).not.toHaveBeenCalled();
  });
});
