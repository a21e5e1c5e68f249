import type { FileWindow } from './file-window';

/** Read to tell a real beginning from chance. */
export const HEAD_BYTES = 64 * 1024;
/** How far behind its start the end of an archive is looked for, packed and unpacked; a longer one counts as one without an end. */
export const WHOLE_BYTES = 4 * 1024 * 1024;
/** The same for all of one file together. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What may still be read and unpacked on trial in one file. */
export interface TrialBudget {
  bytes: number;
}

export const newTrialBudget = (): TrialBudget => ({ bytes: MOST_BYTES });

/** The bytes from `start` on: few, then many, as far as the file and the budget go. */
export async function* trialPieces(
  window: FileWindow,
  start: number,
  budget: TrialBudget,
): AsyncGenerator<Buffer, void> {
  for (const length of [HEAD_BYTES, WHOLE_BYTES]) {
    const piece = await window.read(start, length);
    if (budget.bytes < piece.length) return;
    budget.bytes -= piece.length;
    yield piece;
    if (piece.length < length) return;
  }
}
