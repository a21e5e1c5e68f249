import type { Database } from 'better-sqlite3';
import { type Plan, planSchema } from '../contract/submission';
import { UNSETTLED } from './items';
import { parseColumn } from './json-column';

export interface Submission {
  readonly id: number;
  readonly guid: string;
  /** Where it came from: `window: /a and 3 more`, `command: /a`, `watch: /in`... already escaped for people. */
  readonly origin: string;
  readonly plan: Plan;
  readonly receivedAt: number;
  /** True when every file of it was received; a crash in the middle leaves false. */
  readonly sealed: boolean;
}

export interface SubmissionCounts {
  readonly items: number;
  readonly settled: number;
  readonly clean: number;
  readonly suspicious: number;
  readonly infected: number;
  readonly unverified: number;
  readonly skipped: number;
  readonly cancelled: number;
  /** Clean files that did not reach their destination. */
  readonly failed: number;
  readonly bytes: number;
}

export interface SubmissionRow {
  id: number;
  guid: string;
  origin: string;
  plan: string;
  received_at: number;
  sealed: number;
}

// verdicts count when their item has ended: each item is under one word, and the words add up to `settled`
const COUNTS = `
SELECT count(*) AS items,
  count(settled_seq) AS settled,
  coalesce(sum(settled_seq IS NOT NULL AND verdict ->> 'kind' = 'clean'), 0) AS clean,
  coalesce(sum(settled_seq IS NOT NULL AND verdict ->> 'kind' = 'suspicious'), 0) AS suspicious,
  coalesce(sum(settled_seq IS NOT NULL AND verdict ->> 'kind' = 'infected'), 0) AS infected,
  coalesce(sum(settled_seq IS NOT NULL AND state <> 'cancelled' AND verdict ->> 'kind' = 'unverified'), 0) AS unverified,
  coalesce(sum(state = 'skipped'), 0) AS skipped,
  coalesce(sum(state = 'cancelled'), 0) AS cancelled,
  coalesce(sum(settled_seq IS NOT NULL AND verdict ->> 'kind' = 'clean' AND problem IS NOT NULL), 0) AS failed,
  coalesce(sum(size), 0) AS bytes
FROM (
  SELECT * FROM item WHERE submission_id = @id AND settled_seq IS NOT NULL AND parent_id IS NULL
  UNION ALL
  SELECT * FROM item WHERE ${UNSETTLED} AND submission_id = @id
)`;

/** Rows of `submission`. Plans are parsed once and remembered while their submission is worked on. */
export class Submissions {
  private readonly plans = new Map<number, Submission>();
  private readonly insert;
  private readonly byId;
  private readonly byGuid;
  private readonly sealStatement;
  private readonly countStatement;
  private readonly sealEvery;
  private readonly one;

  constructor(db: Database) {
    this.insert = db.prepare<[string, string, string, number]>(
      'INSERT INTO submission (guid, origin, plan, received_at) VALUES (?, ?, ?, ?)',
    );
    this.byId = db.prepare<[number], SubmissionRow>('SELECT * FROM submission WHERE id = ?');
    this.byGuid = db.prepare<[string], SubmissionRow>('SELECT * FROM submission WHERE guid = ?');
    this.one = db.prepare('SELECT 1 FROM submission LIMIT 1');
    this.sealStatement = db.prepare<[number]>('UPDATE submission SET sealed = 1 WHERE id = ?');
    this.sealEvery = db.prepare<[string]>(
      'UPDATE submission SET sealed = 1 WHERE sealed = 0 AND guid NOT IN (SELECT value FROM json_each(?))',
    );
    this.countStatement = db.prepare<[{ id: number }], SubmissionCounts>(COUNTS);
  }

  create(guid: string, origin: string, plan: Plan, now: number): number {
    return Number(this.insert.run(guid, origin, JSON.stringify(plan), now).lastInsertRowid);
  }

  /** Throws LEDGER_CORRUPT for a submission that an item names and that is not there. */
  get(id: number): Submission {
    const known = this.plans.get(id);
    if (known !== undefined) return known;
    const row = this.byId.get(id);
    if (row === undefined) throw new Error(`no submission ${id}`);
    const submission = toSubmission(row);
    if (this.plans.size > 1000) this.plans.clear();
    this.plans.set(id, submission);
    return submission;
  }

  /** Whether there is any: a ledger without is a new one. */
  any(): boolean {
    return this.one.get() !== undefined;
  }

  find(guid: string): Submission | null {
    const row = this.byGuid.get(guid);
    return row === undefined ? null : toSubmission(row);
  }

  /** A submission is gone: what is remembered of it is not what a later one of its number has. */
  forget(id: number): void {
    this.plans.delete(id);
  }

  seal(id: number): void {
    this.sealStatement.run(id);
    this.plans.delete(id);
  }

  /** At an engine's start: whoever was naming files to an engine that died names no more; `naming` (guids) still do. */
  sealAll(naming: readonly string[]): void {
    this.sealEvery.run(JSON.stringify(naming));
    this.plans.clear();
  }

  /** Counts over the submission's own files; children count with their root. */
  counts(id: number): SubmissionCounts {
    const row = this.countStatement.get({ id });
    if (row === undefined) throw new Error(`no counts for submission ${id}`);
    return row;
  }
}

/** Throws LEDGER_CORRUPT when a column does not hold what it should. */
export function toSubmission(row: SubmissionRow): Submission {
  return {
    id: row.id,
    guid: row.guid,
    origin: row.origin,
    plan: parseColumn(planSchema, row.plan, 'submission.plan'),
    receivedAt: row.received_at,
    sealed: row.sealed === 1,
  };
}
