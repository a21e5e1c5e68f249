import { z } from 'zod';
import { type FileType, fileTypeSchema, type Hashes } from '../contract/item';
import { type ItemState, itemStateSchema } from '../contract/states';
import {
  type FileIdentity,
  fileIdentitySchema,
  type IntakeProblem,
  intakeProblemSchema,
  type Plan,
  planSchema,
} from '../contract/submission';
import { type Verdict, verdictSchema } from '../contract/verdict';
import { parseNullableColumn, parseWord } from './json-column';

/** One file of a submission, or one archive member (`parentId` set), as the ledger has it. */
export interface Item {
  readonly id: number;
  readonly submissionId: number;
  readonly parentId: number | null;
  readonly rootId: number | null;
  readonly depth: number;
  readonly state: ItemState;
  /** True bytes, `/` between names. */
  readonly relativePath: Buffer;
  readonly sourcePath: Buffer | null;
  readonly sourceIdentity: FileIdentity | null;
  readonly stagedPath: string | null;
  readonly size: number | null;
  readonly hashes: Hashes | null;
  readonly type: FileType | null;
  readonly intakeProblem: IntakeProblem | null;
  readonly verdict: Verdict | null;
  readonly target: Target | null;
  readonly destination: Buffer | null;
  readonly report: Buffer | null;
  /** Why it is not where its verdict would send it. */
  readonly problem: string | null;
  /** Limits it is scanned again under, where they are others than its submission's plan says. */
  readonly limits: Plan['limits'] | null;
  readonly sourcePending: boolean;
  /** Times that it was begun alone in an engine, and no engine saw the end of it. */
  readonly runsAlone: number;
  /** The lane in which it waits, durably; see store/waiting-items.ts. */
  readonly waitingFor: string | null;
  readonly receivedAt: number;
  readonly settledSeq: number | null;
  readonly settledAt: number | null;
}

export const targetSchema = z.enum(['forward', 'quarantine', 'hold']);
export type Target = z.infer<typeof targetSchema>;

export interface ItemRow {
  id: number;
  submission_id: number;
  parent_id: number | null;
  root_id: number | null;
  depth: number;
  state: string;
  relative_path: Buffer;
  source_path: Buffer | null;
  source_identity: string | null;
  staged_path: string | null;
  size: number | null;
  sha256: string | null;
  sha1: string | null;
  md5: string | null;
  type: string | null;
  intake_problem: string | null;
  verdict: string | null;
  target: string | null;
  destination: Buffer | null;
  report: Buffer | null;
  problem: string | null;
  limits: string | null;
  source_pending: number;
  runs_alone: number;
  waiting_for: string | null;
  received_at: number;
  settled_seq: number | null;
  settled_at: number | null;
}

/** Throws LEDGER_CORRUPT when a column does not hold what it should. */
export function toItem(row: ItemRow): Item {
  return {
    id: row.id,
    submissionId: row.submission_id,
    parentId: row.parent_id,
    rootId: row.root_id,
    depth: row.depth,
    state: parseWord(itemStateSchema, row.state, 'item.state'),
    relativePath: row.relative_path,
    sourcePath: row.source_path,
    sourceIdentity: parseNullableColumn(fileIdentitySchema, row.source_identity, 'item.source_identity'),
    stagedPath: row.staged_path,
    size: row.size,
    hashes: row.sha256 === null ? null : { sha256: row.sha256, sha1: row.sha1, md5: row.md5 },
    type: parseNullableColumn(fileTypeSchema, row.type, 'item.type'),
    intakeProblem: parseNullableColumn(intakeProblemSchema, row.intake_problem, 'item.intake_problem'),
    verdict: parseNullableColumn(verdictSchema, row.verdict, 'item.verdict'),
    target: row.target === null ? null : parseWord(targetSchema, row.target, 'item.target'),
    destination: row.destination,
    report: row.report,
    problem: row.problem,
    limits: parseNullableColumn(planSchema.shape.limits, row.limits, 'item.limits'),
    sourcePending: row.source_pending === 1,
    runsAlone: row.runs_alone,
    waitingFor: row.waiting_for,
    receivedAt: row.received_at,
    settledSeq: row.settled_seq,
    settledAt: row.settled_at,
  };
}
