import type { Clock } from '../base/clock';
import type { IntakeProblem } from '../contract/submission';
import type { Verdict } from '../contract/verdict';
import type { StagedFacts } from '../store/item-moves';
import type { Ledger } from '../store/ledger';
import type { EndedJob, PlannedJob } from './transition-facts';

export interface ScannedItem {
  readonly id: number;
  readonly facts: StagedFacts;
  readonly jobs: readonly (PlannedJob & EndedJob)[];
  readonly verdict: Verdict;
  /** Set: it was another file at the end than at the beginning. */
  readonly problem: IntakeProblem | null;
}

/**
 * received > staged > planned > scanning > decided with all jobs in one step. Only for a scan, whose ledger goes with its
 * process: nobody could go on from what lies between. Resolves when it is durable; throws ILLEGAL_TRANSITION for an item
 * that was cancelled meanwhile.
 */
export function recordScan(ledger: Ledger, clock: Clock, item: ScannedItem): Promise<void> {
  const { id, facts, jobs, verdict, problem } = item;
  return ledger.commit(() => {
    ledger.moves.scan(id, facts, verdict, { problem, now: clock.now() });
    for (const { probe, required, outcome, durationMs } of jobs) {
      ledger.jobs.createEnded(id, probe, required, outcome, durationMs);
    }
  });
}
