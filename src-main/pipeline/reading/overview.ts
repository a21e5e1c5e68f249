import { HOUR_MS } from '../../contract/durations';
import type { Overview } from '../../contract/item-view';
import type { OverviewFigures } from '../../store/overview-figures';

interface ProbeFigures {
  jobs: number;
  failed: number;
  readonly durations: number[];
}

/** The last `hours`, the one of now included and last. */
export function overviewOf(figures: OverviewFigures, hours: number, now: number): Overview {
  const last = Math.floor(now / HOUR_MS);
  const first = last - hours + 1;
  const known = new Map(figures.hours(first * HOUR_MS).map((each) => [each.hour, each]));
  return {
    hours: Array.from({ length: hours }, (_, index) => {
      const { clean = 0, suspicious = 0, infected = 0, unverified = 0, bytes = 0 } = known.get(first + index) ?? {};
      const at = new Date((first + index) * HOUR_MS).toISOString();
      return { at, clean, suspicious, infected, unverified, bytes };
    }),
    probes: probesOf(figures, first * HOUR_MS),
  };
}

function probesOf(figures: OverviewFigures, from: number): Overview['probes'] {
  const probes = new Map<string, ProbeFigures>();
  for (const { probe, state, duration_ms: duration } of figures.jobs(from)) {
    const known = probes.get(probe) ?? { jobs: 0, failed: 0, durations: [] };
    probes.set(probe, known);
    known.jobs += 1;
    if (state === 'error') known.failed += 1;
    if (duration !== null) known.durations.push(duration);
  }
  return [...probes].map(([probe, { jobs, failed, durations }]) => {
    durations.sort((one, other) => one - other);
    return { probe, jobs, failed, medianMs: quantile(durations, 0.5), p95Ms: quantile(durations, 0.95) };
  });
}

/** Of sorted numbers, the one that `share` of all do not exceed; 0 where there is none. */
function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return Math.round(value * 100) / 100;
}
