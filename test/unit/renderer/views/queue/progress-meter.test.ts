import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../../../../src-renderer/views/queue/progress-meter';

const seen = (...steps: readonly (readonly [at: number, settled: number])[]) => {
  const meter = new ProgressMeter();
  for (const [at, settled] of steps) meter.observe([{ guid: 'a', settled }], at);
  return meter;
};

describe('the pace of a submission', () => {
  it('says how fast and how long still from what ended lately', () => {
    expect(seen([0, 0], [5_000, 10]).paceOf('a', 20, 5_000)).toEqual({
      filesPerSecond: 2,
      etaSeconds: 10,
      stillMs: 0,
    });
  });

  it('says nothing before it saw enough, and nothing of a submission it never saw', () => {
    expect(seen([0, 0], [1_000, 10]).paceOf('a', 20, 1_000).filesPerSecond).toBeNull();
    expect(seen([0, 0]).paceOf('b', 1, 9_000)).toEqual({ filesPerSecond: null, etaSeconds: null, stillMs: 0 });
  });

  it('counts standing still from the last file that ended, however often it looks', () => {
    const meter = seen([0, 0], [4_000, 8], [6_000, 8], [20_000, 8]);
    expect(meter.paceOf('a', 20, 24_000)).toEqual({ filesPerSecond: null, etaSeconds: null, stillMs: 20_000 });
  });

  it('forgets a submission that is gone', () => {
    const meter = seen([0, 0], [5_000, 10]);
    meter.observe([], 6_000);
    expect(meter.paceOf('a', 20, 7_000).stillMs).toBe(0);
  });
});
