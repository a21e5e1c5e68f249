import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../src-main/base/backoff';

describe('backoffMs', () => {
  it('doubles from the first to the most', () => {
    const longest = [1, 2, 3, 4, 5, 60].map((attempt) => backoffMs(attempt, 100, 1000, () => 1));
    expect(longest).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('spreads over the upper half of its time, for any attempt', () => {
    const attempt = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(attempt, fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
        const ms = backoffMs(tries, 500, 60_000, () => random);
        const ceiling = backoffMs(tries, 500, 60_000, () => 1);
        expect(ms).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
        expect(ms).toBeLessThanOrEqual(Math.min(ceiling, 60_000));
      }),
    );
  });
});
