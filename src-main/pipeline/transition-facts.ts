import type { JobOutcome } from '../contract/job-outcome';
import type { FileIdentity, IntakeProblem } from '../contract/submission';

/** One entry of a walk, for Transitions.receive. */
export interface ReceivedFile {
  readonly relativePath: Uint8Array;
  readonly sourcePath: Uint8Array;
  /** Set: the entry is listed and skipped for this reason. */
  readonly skipped: string | null;
  /** Set: it can never be taken, and goes to its verdict at once. */
  readonly refused: IntakeProblem | null;
  /** Set for a file of a watched folder: it is remembered as taken in the same step. */
  readonly identity: FileIdentity | null;
}

/** A job that is to run. */
export interface PlannedJob {
  readonly probe: string;
  readonly required: boolean;
}

/** How a job ended. */
export interface EndedJob {
  readonly probe: string;
  readonly outcome: JobOutcome;
  readonly durationMs: number | null;
  readonly cached: boolean;
  /** Of the report in the cache: of one that is to be kept there, or (`cached`) that was found there. */
  readonly cacheKey: string | null;
}
