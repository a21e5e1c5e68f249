import type { Summary } from '../contract/result';

/** 0 = all clean, 1 = something infected or suspicious, 2 = something unverified, failed or wrong (DESIGN, command line). */
export const EXIT = { clean: 0, found: 1, failed: 2 } as const;

export function exitCodeOf(summary: Summary): number {
  if (summary.infected + summary.suspicious > 0) return EXIT.found;
  return summary.unverified + summary.failed + summary.cancelled > 0 ? EXIT.failed : EXIT.clean;
}
