import type { Summary } from '../contract/result';

/** How far a submission is. */
export interface Progress {
  readonly submission: string;
  readonly items: number;
  readonly settled: number;
  readonly waiting: number;
  /** Newest reason of those that wait. */
  readonly problem: string | null;
  readonly summary: Summary;
  readonly ended: boolean;
}
