import type { ItemRow, SubmissionRow } from '../../../src-main/contract/item-view';
import type { BulkResult } from '../../../src-main/contract/window-calls';
import { engine } from '../../bridge';
import { currentText } from '../../i18n/text';
import { idsOf } from '../../state/item-rows';
import { go } from '../../state/navigation';
import { tell, tellProblem } from '../../state/toasts';
import type { QueueRow } from './queue-rows';

/** What is chosen in the queue: files, and whole submissions by their GUID. */
export interface Chosen {
  readonly items: readonly string[];
  readonly submissions: readonly string[];
}

const SUBMISSION = 's:';
const MOST_AT_ONCE = 5_000;
const PROBLEMS_TOLD = 3;

export function rowIdOf(row: QueueRow): string {
  return row.kind === 'item' ? row.item.id : `${SUBMISSION}${row.submission.guid}`;
}

export function chosenOf(ids: readonly string[]): Chosen {
  return {
    items: ids.filter((id) => !id.startsWith(SUBMISSION)),
    submissions: ids.filter((id) => id.startsWith(SUBMISSION)).map((id) => id.slice(SUBMISSION.length)),
  };
}

/** All of its files, those that have ended too. */
export function openSubmission(guid: string): void {
  go('results', 'submission', guid);
}

export const oneItem = ({ id }: ItemRow): Chosen => ({ items: [id], submissions: [] });
export const oneSubmission = ({ guid }: SubmissionRow): Chosen => ({ items: [], submissions: [guid] });

async function inPieces(ids: readonly string[], ask: (ids: string[]) => Promise<BulkResult>): Promise<BulkResult> {
  const whole: BulkResult = { done: 0, failed: [] };
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const { done, failed } = await ask(ids.slice(at, at + MOST_AT_ONCE));
    whole.done += done;
    whole.failed.push(...failed);
  }
  return whole;
}

/** The engine's problems name the file; a few of them stand for all. */
function tellFailed(failed: BulkResult['failed']): void {
  if (failed.length === 0) return;
  const told = failed.slice(0, PROBLEMS_TOLD).map(({ problem }) => currentText().told(problem));
  const problems = [...told, ...(failed.length > told.length ? ['…'] : [])].join('; ');
  tellProblem(currentText()('queue.failed', { count: failed.length, problems }));
}

/** What waits is tried now; what is held is scanned again. Throws CallError. */
export async function retryChosen({ items, submissions }: Chosen): Promise<void> {
  const ids = [...items];
  for (const submission of submissions) ids.push(...(await idsOf({ open: true, submission })));
  await retryIds(ids);
}

/** Throws CallError. */
export async function retryIds(ids: readonly string[]): Promise<void> {
  const { done, failed } = await inPieces([...new Set(ids)], (piece) => engine('item-retry', { ids: piece }));
  if (done > 0 || failed.length === 0) tell(currentText()('queue.retried', { count: done }));
  tellFailed(failed);
}

/** Throws CallError. */
export async function cancelChosen({ items, submissions }: Chosen): Promise<void> {
  const result = await inPieces(items, (piece) => engine('item-cancel', { ids: piece }));
  let { done } = result;
  for (const submission of submissions) done += (await engine('cancel', { submission })).cancelled;
  tell(currentText()('queue.cancelled', { count: done }));
  tellFailed(result.failed);
}

/** All open submissions, also those that no list shows. Throws CallError. */
export async function openSubmissions(): Promise<SubmissionRow[]> {
  const all: SubmissionRow[] = [];
  for (;;) {
    const { rows, total } = await engine('submissions', { offset: all.length, limit: 200, open: true });
    all.push(...rows);
    if (rows.length === 0 || all.length >= total) return all;
  }
}
