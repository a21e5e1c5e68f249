import type { ErrorCode } from '../../contract/error-codes';
import type { ItemPage, ItemQuery, ItemRow, Overview, SubmissionRow } from '../../contract/item-view';
import type { GuidanceLanguage } from '../guidance';

export type ExportFormat = 'json' | 'csv' | 'html';

/** What the reading thread is asked, and what each question is answered with. */
export interface ReadingCalls {
  items: { request: { query: ItemQuery; offset: number; limit: number }; result: { rows: ItemRow[]; total: number } };
  ids: { request: { query: ItemQuery; limit: number }; result: string[] };
  page: { request: { id: number; language: GuidanceLanguage }; result: ItemPage };
  /** `waiting` and `problem` of each row are the scheduler's to say. */
  submissions: {
    request: { open: boolean; offset: number; limit: number };
    result: { rows: (Omit<SubmissionRow, 'waiting' | 'problem'> & { row: number })[]; total: number };
  };
  overview: { request: { hours: number; now: number }; result: Overview };
  export: { request: { ids: number[]; format: ExportFormat; language: GuidanceLanguage; now: number }; result: string };
}
export type ReadingCall = keyof ReadingCalls;

export type ReadingQuestion = { readonly id: number } & {
  [C in ReadingCall]: { readonly call: C; readonly request: ReadingCalls[C]['request'] };
}[ReadingCall];

export type ReadingAnswer = { readonly id: number } & (
  | { readonly ok: true; readonly result: ReadingCalls[ReadingCall]['result'] }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string }
);

/** What the thread says beside its answers: the ledger is damaged, and why. */
export interface DamageMet {
  readonly damaged: string;
}
