import type { Overview } from '../../../src-main/contract/item-view';

export const RANGES = ['24h', '7d', '31d'] as const;
export type Range = (typeof RANGES)[number];

/** How many hours each range looks back, and how many of them one point of its charts stands for. */
export const RANGE_HOURS = {
  '24h': { hours: 24, step: 1 },
  '7d': { hours: 24 * 7, step: 6 },
  '31d': { hours: 24 * 31, step: 24 },
} as const satisfies Record<Range, { hours: number; step: number }>;

type Hour = Overview['hours'][number];
export type Counts = Omit<Hour, 'at'>;

export interface Point extends Counts {
  /** Milliseconds since 1970 of its beginning. */
  readonly at: number;
  /** Mean over its hours. */
  readonly bytesPerHour: number;
}

const NOTHING: Counts = { clean: 0, suspicious: 0, infected: 0, unverified: 0, bytes: 0 };

/** All hours together. */
export function totalOf(hours: readonly Counts[]): Counts {
  return hours.reduce<Counts>(
    (sum, hour) => ({
      clean: sum.clean + hour.clean,
      suspicious: sum.suspicious + hour.suspicious,
      infected: sum.infected + hour.infected,
      unverified: sum.unverified + hour.unverified,
      bytes: sum.bytes + hour.bytes,
    }),
    NOTHING,
  );
}

export function filesOf({ clean, suspicious, infected, unverified }: Counts): number {
  return clean + suspicious + infected + unverified;
}

/** Points of `step` hours each, counted back from now, so that the newest is as long as the others. */
export function pointsOf(hours: readonly Hour[], step: number): Point[] {
  const points: Point[] = [];
  for (let end = hours.length; end > 0; end -= step) {
    const part = hours.slice(Math.max(0, end - step), end);
    const total = totalOf(part);
    const at = Date.parse(part[0]?.at ?? '');
    points.unshift({ ...total, at, bytesPerHour: Math.round(total.bytes / part.length) });
  }
  return points;
}

export type ProbeFigures = Overview['probes'][number];

/** The slowest first; those that were not measured (all from the cache, or none) are left out. */
export function slowest(probes: readonly ProbeFigures[]): ProbeFigures[] {
  return probes.filter(({ p95Ms }) => p95Ms > 0).sort((a, b) => b.p95Ms - a.p95Ms || b.medianMs - a.medianMs);
}

/** Those that failed, the largest share of their files first. */
export function mostFailing(probes: readonly ProbeFigures[]): ProbeFigures[] {
  return probes
    .filter(({ failed }) => failed > 0)
    .sort((a, b) => b.failed / b.jobs - a.failed / a.jobs || b.failed - a.failed);
}
