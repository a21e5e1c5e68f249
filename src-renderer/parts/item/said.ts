import type { JobReport } from '../../../src-main/contract/report';
import type { Say } from '../../i18n/text';

/** What a probe has said of a file so far, in one word. */
export type Said = 'pending' | 'running' | 'nothing_found' | 'found' | 'error' | 'skipped' | 'cancelled' | 'incomplete';

/** "Nothing found" only where a probe said so about all of the file; an error or a part never looks like it. */
export function saidOf(job: JobReport): Said {
  if (job.state !== 'done') return job.state;
  if (job.statement === 'found') return 'found';
  return job.statement === 'nothing_found' && job.coverage?.kind === 'complete' ? 'nothing_found' : 'incomplete';
}

/** One sentence over all probes. "None found anything" only where each of them said so: one that failed is none of those. */
export function ratioWords(say: Say, jobs: readonly JobReport[]): string {
  const said = jobs.map(saidOf);
  const count = (word: Said) => said.filter((each) => each === word).length;
  const [found, nothing, all] = [count('found'), count('nothing_found'), jobs.length];
  if (found > 0) return say('item.ratio', { count: found, all });
  if (nothing === all) return say('item.ratioNone', { count: all });
  return nothing > 0 ? say('item.ratioSome', { count: nothing, all }) : say('item.ratioUnknown', { count: all });
}
