import type { Clock } from '../base/clock';
import { endingOf } from '../store/jobs';
import type { Ledger } from '../store/ledger';
import type { Step } from './steps';
import type { EndedJob } from './transition-facts';

/** running > done, error or skipped; a report that may be used again goes into the cache with it. */
export function jobEnding(ledger: Ledger, clock: Clock, id: number, job: EndedJob): Step {
  const apply = () => {
    ledger.jobs.end(id, job.probe, job.outcome, job.durationMs, job.cached);
    if (job.cacheKey === null || job.outcome.kind !== 'report') return;
    if (job.cached) ledger.cache.noteUse(job.cacheKey, clock.now());
    else ledger.cache.remember(job.cacheKey, job.outcome.report, clock.now());
  };
  return { name: `job-${endingOf(job.outcome)}`, apply };
}
