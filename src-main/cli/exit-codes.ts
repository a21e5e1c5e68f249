import type { Summary } from '../contract/result';

/** 0 = all clean, 1 = something infected or suspicious, 2 = something unverified, failed or wrong (DESIGN, command line). */
export const EXIT = { clean: 0, found: 1, failed: 2 } as const;

/** `interrupted`: a person or a signal ended it; then not everything was named, and nothing is said of the rest. */
export function exitCodeOf(summary: Summary, interrupted: boolean): number {
  if (summary.infected + summary.suspicious > 0) return EXIT.found;
  const isWhole = !interrupted && summary.unverified + summary.failed + summary.cancelled === 0;
  return isWhole ? EXIT.clean : EXIT.failed;
}
