import { describe, expect, it } from 'vitest';
import {
  filesOf,
  mostFailing,
  pointsOf,
  RANGE_HOURS,
  RANGES,
  slowest,
  totalOf,
} from '../../../../../src-renderer/views/overview/figures';

const START = Date.UTC(2026, 10, 21);
const HOUR = 3_600_000;
const hour = (at: number, clean: number, bytes = 0) => ({
  at: new Date(START + at * HOUR).toISOString(),
  clean,
  suspicious: 1,
  infected: 0,
  unverified: 2,
  bytes,
});

describe('figures over time', () => {
  it('lose no file and no byte, whatever the length of a point', () => {
    const hours = Array.from({ length: 31 * 24 }, (_, at) => hour(at, at % 7, at));
    for (const step of [1, 6, 24]) expect(totalOf(pointsOf(hours, step))).toEqual(totalOf(hours));
    expect(filesOf(totalOf(hours.slice(0, 2)))).toBe(0 + 1 + 2 * 3);
  });

  it('are counted back from now, so that only the oldest point can be shorter', () => {
    const points = pointsOf([hour(0, 1, 10), hour(1, 1, 20), hour(2, 5, 30), hour(3, 5, 50), hour(4, 5, 70)], 3);
    expect(points.map(({ at, clean, bytesPerHour }) => [(at - START) / HOUR, clean, bytesPerHour])).toEqual([
      [0, 2, 15],
      [2, 15, 50],
    ]);
  });

  it('have points of one length in every range', () => {
    for (const range of RANGES) expect(RANGE_HOURS[range].hours % RANGE_HOURS[range].step).toBe(0);
    expect(pointsOf([], 6)).toEqual([]);
  });
});

describe('probes', () => {
  const probe = (id: string, jobs: number, failed: number, p95Ms: number) => ({
    probe: id,
    jobs,
    failed,
    medianMs: p95Ms / 2,
    p95Ms,
  });
  const probes = [probe('quick', 900, 9, 4), probe('cached', 5, 0, 0), probe('slow', 10, 8, 900)];

  it('are slow by what 95 % of their files take; one that was never measured is not called quick', () => {
    expect(slowest(probes).map((each) => each.probe)).toEqual(['slow', 'quick']);
  });

  it('fail by their share of files, not by how many they had', () => {
    expect(mostFailing(probes).map((each) => each.probe)).toEqual(['slow', 'quick']);
  });
});
