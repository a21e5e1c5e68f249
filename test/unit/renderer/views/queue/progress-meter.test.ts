import { describe, expect, it } from 'vitest';
import { type Progress, ProgressMeter } from '../../../../../src-renderer/views/queue/progress-meter';

const progress = (figures: Partial<Progress>): Progress => ({
  guid: 'a',
  items: 30,
  settled: 0,
  sized: 0,
  bytes: 0,
  settledBytes: 0,
  ...figures,
});

const seen = (...steps: readonly (readonly [at: number, figures: Partial<Progress>])[]) => {
  const meter = new ProgressMeter();
  for (const [at, figures] of steps) meter.observe([progress(figures)], at);
  return meter;
};

describe('the pace of a submission', () => {
  it('is that of bytes, and says how long still by bytes', () => {
    const now = progress({ settled: 10, sized: 30, bytes: 9_000, settledBytes: 1_000 });
    const meter = seen([0, {}], [5_000, now]);
    expect(meter.paceOf(now, 5_000)).toEqual({ bytesPerSecond: 200, etaSeconds: 40, stillMs: 0 });
  });

  it('expects files that were not taken yet to be as large as the others', () => {
    const now = progress({ settled: 10, sized: 15, bytes: 1_500, settledBytes: 1_000 });
    expect(seen([0, {}], [5_000, now]).paceOf(now, 5_000).etaSeconds).toBe(10);
  });

  it('goes by files where these have no bytes', () => {
    const now = progress({ settled: 10, sized: 10 });
    expect(seen([0, {}], [5_000, now]).paceOf(now, 5_000)).toEqual({
      bytesPerSecond: null,
      etaSeconds: 10,
      stillMs: 0,
    });
  });

  it('says nothing before it saw enough, and nothing of a submission it never saw', () => {
    const now = progress({ settled: 10, sized: 10, bytes: 10, settledBytes: 10 });
    const nothing = { bytesPerSecond: null, etaSeconds: null, stillMs: 0 };
    expect(seen([0, {}], [1_000, now]).paceOf(now, 1_000)).toEqual(nothing);
    expect(seen([0, {}]).paceOf(progress({ guid: 'b' }), 9_000)).toEqual(nothing);
  });

  it('counts standing still from the last file that was taken or ended, however often it looks', () => {
    const ended = { settled: 8, sized: 8, bytes: 80, settledBytes: 80 };
    const taken = { ...ended, sized: 9, bytes: 90 };
    const meter = seen([0, {}], [4_000, ended], [6_000, ended], [7_000, taken], [20_000, taken]);
    expect(meter.paceOf(progress(taken), 24_000)).toEqual({ bytesPerSecond: null, etaSeconds: null, stillMs: 17_000 });
  });

  it('forgets a submission that is gone', () => {
    const meter = seen([0, {}], [5_000, { settled: 10 }]);
    meter.observe([], 6_000);
    expect(meter.paceOf(progress({}), 7_000).stillMs).toBe(0);
  });
});
