import type { ResultItem } from '../contract/result';
import type { Ledger } from '../store/ledger';
import { resultItem } from './result-view';

/** `after`: a cursor that the last page gave, 0 for the first. `notable`: only roots that are not simply clean. */
export interface ResultsPage {
  readonly after: number;
  readonly limit: number;
  readonly notable: boolean;
}

/**
 * Items of a submission that ended after the cursor, oldest first. One whose source is still to be removed, and those
 * that ended after it, are for a later page: what comes of that belongs to its result.
 */
export function resultsPage(
  ledger: Ledger,
  submissionId: number,
  page: ResultsPage,
): { items: ResultItem[]; next: number } {
  const { after, limit, notable } = page;
  // looked at before the page is read: what ends in between is for the next page
  const newest = notable ? ledger.items.newestSettled(submissionId) : after;
  const found = notable ? ledger.items.notable(submissionId, page) : ledger.items.settled(submissionId, page);
  const unfinished = found.findIndex(({ sourcePending, problem }) => sourcePending && problem === null);
  const items = unfinished < 0 ? found : found.slice(0, unfinished);
  const last = items.at(-1)?.settledSeq ?? after;
  return {
    items: items.map((item) => resultItem(ledger, item)),
    next: unfinished < 0 && found.length < limit ? Math.max(last, newest) : last,
  };
}
