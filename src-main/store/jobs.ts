import type { Database, Statement } from 'better-sqlite3';
import { DropgateError } from '../base/errors';
import { type JobOutcome, jobOutcomeSchema } from '../contract/job-outcome';
import { JOB_TRANSITIONS, type JobState, type JobTransition, jobStateSchema } from '../contract/states';
import { parseNullableColumn, parseWord } from './json-column';

/** One item x one probe. */
export interface Job {
  readonly itemId: number;
  readonly probe: string;
  readonly required: boolean;
  readonly state: JobState;
  readonly attempts: number;
  readonly leaseUntil: number | null;
  readonly outcome: JobOutcome | null;
  readonly durationMs: number | null;
  readonly cached: boolean;
}

export interface JobRow {
  item_id: number;
  probe: string;
  required: number;
  state: string;
  attempts: number;
  lease_until: number | null;
  outcome: string | null;
  duration_ms: number | null;
  cached: number;
}

type Parameters = Record<string, string | number | null>;

const SETS: Record<JobTransition, string> = {
  lease: 'attempts = attempts + 1, lease_until = @leaseUntil',
  finish: 'lease_until = NULL, outcome = @outcome, duration_ms = @durationMs, cached = @cached',
  fail: 'lease_until = NULL, outcome = @outcome, duration_ms = @durationMs',
  skip: 'lease_until = NULL, outcome = @outcome',
  release: 'lease_until = NULL',
  cancel: 'lease_until = NULL',
};

/** Rows of `job`; moves as JOB_TRANSITIONS allows, anything else throws ILLEGAL_TRANSITION. */
export class Jobs {
  private readonly insert;
  private readonly insertLeased;
  private readonly insertEnded;
  private readonly moves: Record<JobTransition, Statement<[Parameters]>>;
  private readonly ofItem;
  private readonly probesOfItem;
  private readonly reset;
  private readonly remove;
  private readonly poisoned;
  private readonly membersSeen;
  private readonly running;
  private readonly limitMet;

  constructor(db: Database) {
    this.insert = db.prepare<[number, string, number]>(
      "INSERT INTO job (item_id, probe, required, state) VALUES (?, ?, ?, 'pending')",
    );
    this.insertLeased = db.prepare<[number, string, number, number]>(
      `INSERT INTO job (item_id, probe, required, state, attempts, lease_until) VALUES (?, ?, ?, '${JOB_TRANSITIONS.lease.to}', 1, ?)`,
    );
    this.insertEnded = db.prepare<[Parameters]>(
      `INSERT INTO job (item_id, probe, required, state, attempts, outcome, duration_ms)
         VALUES (@item, @probe, @required, @state, 1, @outcome, @durationMs)`,
    );
    const move = (transition: JobTransition): Statement<[Parameters]> => {
      const { from, to } = JOB_TRANSITIONS[transition];
      const states = from.map((state) => `'${state}'`).join(', ');
      return db.prepare(
        `UPDATE job SET state = '${to}', ${SETS[transition]} WHERE item_id = @item AND probe = @probe AND state IN (${states})`,
      );
    };
    this.moves = {
      lease: move('lease'),
      finish: move('finish'),
      fail: move('fail'),
      skip: move('skip'),
      release: move('release'),
      cancel: move('cancel'),
    };
    // `+?`: with a bare one beside ORDER BY, SQLite compiles the statement anew for each other item
    this.ofItem = db.prepare<[number], JobRow>('SELECT * FROM job WHERE item_id = +? ORDER BY probe');
    this.probesOfItem = db.prepare<[number], string>('SELECT probe FROM job WHERE item_id = +? ORDER BY probe').pluck();
    this.reset = db.prepare<[number]>(
      "UPDATE job SET state = 'pending', lease_until = NULL WHERE item_id = ? AND state = 'running'",
    );
    this.poisoned = db.prepare<[number, number]>(
      `SELECT 1 FROM job WHERE outcome ->> 'code' = 'PROBE_DIED'
         AND (item_id = ? OR item_id IN (SELECT id FROM item WHERE root_id = ?)) LIMIT 1`,
    );
    this.running = db.prepare<[number, string]>(
      "SELECT 1 FROM job WHERE item_id = ? AND probe = ? AND state = 'running'",
    );
    this.membersSeen = db
      .prepare<[string, number, string], number>(
        `SELECT count(*) FROM item JOIN job ON job.item_id = item.id AND job.probe = ? WHERE item.parent_id = ?
           AND (job.outcome ->> '$.report.coverage.kind' = 'complete'
             OR (job.outcome ->> '$.report.coverage.reason' = 'encrypted' AND item.verdict ->> 'rule' = ?))`,
      )
      .pluck();
    this.limitMet = db.prepare<[string, number, number]>(
      `SELECT 1 FROM job WHERE probe = ? AND (item_id = ? OR item_id IN (SELECT id FROM item WHERE root_id = ?))
         AND (outcome ->> '$.report.coverage.reason' IN ('limit_exceeded', 'timeout')
           OR outcome ->> 'code' IN ('PROBE_LIMIT', 'PROBE_TIMEOUT')) LIMIT 1`,
    );
    this.remove = db.prepare<[number]>('DELETE FROM job WHERE item_id = ?');
  }

  create(itemId: number, probe: string, required: boolean): void {
    this.insert.run(itemId, probe, required ? 1 : 0);
  }

  /** The empty row and its first lease in one statement, for a job that runs at once. */
  createLeased(itemId: number, probe: string, required: boolean, leaseUntil: number): void {
    this.insertLeased.run(itemId, probe, required ? 1 : 0, leaseUntil);
  }

  /** The row of a job from lease to end in one statement, for a scan whose ledger outlives nothing. */
  createEnded(item: number, probe: string, required: boolean, outcome: JobOutcome, durationMs: number | null): void {
    const state = JOB_TRANSITIONS[endingOf(outcome)].to;
    const parameters = { item, probe, state, outcome: JSON.stringify(outcome), durationMs };
    this.insertEnded.run({ ...parameters, required: required ? 1 : 0 });
  }

  lease(item: number, probe: string, leaseUntil: number): void {
    this.move('lease', { item, probe, leaseUntil });
  }

  /** Back to pending, for another attempt. */
  release(item: number, probe: string): void {
    this.move('release', { item, probe });
  }

  end(item: number, probe: string, outcome: JobOutcome, durationMs: number | null, cached: boolean): void {
    const parameters = { item, probe, outcome: JSON.stringify(outcome) };
    const ending = endingOf(outcome);
    if (ending === 'finish') this.move('finish', { ...parameters, durationMs, cached: cached ? 1 : 0 });
    else if (ending === 'fail') this.move('fail', { ...parameters, durationMs });
    else this.move('skip', parameters);
  }

  /** Throws ILLEGAL_TRANSITION for a job that has ended or was cancelled: it unpacks nothing more. */
  assertRunning(item: number, probe: string): void {
    if (this.running.get(item, probe) !== undefined) return;
    throw new DropgateError('ILLEGAL_TRANSITION', `the job of ${probe} on item ${item} does not run`);
  }

  cancel(item: number, probe: string): void {
    this.move('cancel', { item, probe });
  }

  of(item: number): Job[] {
    return this.ofItem.all(item).map(toJob);
  }

  /** Which probes have a job on an item, whatever became of it. */
  probesOf(item: number): string[] {
    return this.probesOfItem.all(item);
  }

  /** Running jobs of an item whose engine died go back to pending: its leases are void. */
  releaseAll(item: number): void {
    this.reset.run(item);
  }

  /** Whether a probe's process died on an item or on anything inside it: such a file is never retried by itself. */
  isPoisoned(root: number): boolean {
    return this.poisoned.get(root, root) !== undefined;
  }

  /** Whether a probe's job on an item or on anything inside it ended at a limit, of time too. */
  metLimit(root: number, probe: string): boolean {
    return this.limitMet.get(probe, root, root) !== undefined;
  }

  /**
   * Members of an item that a probe saw whole; those that it called encrypted count where `answeredRule` decided on
   * them: their own members were then seen by it.
   */
  countMembersSeen(parent: number, probe: string, answeredRule: string): number {
    return this.membersSeen.get(probe, parent, answeredRule) ?? 0;
  }

  /** For an item that is scanned anew: its rows of the first time are in its report and in the custody log. */
  clear(item: number): void {
    this.remove.run(item);
  }

  private move(transition: JobTransition, parameters: Parameters): void {
    if (this.moves[transition].run(parameters).changes === 1) return;
    throw new DropgateError(
      'ILLEGAL_TRANSITION',
      `the job of ${parameters.probe} on item ${parameters.item} cannot ${transition}`,
    );
  }
}

/** The transition that ends a job with this outcome. */
export function endingOf(outcome: JobOutcome): 'finish' | 'fail' | 'skip' {
  if (outcome.kind === 'report') return 'finish';
  return outcome.kind === 'error' ? 'fail' : 'skip';
}

/** Throws LEDGER_CORRUPT when a column does not hold what it should. */
export function toJob(row: JobRow): Job {
  return {
    itemId: row.item_id,
    probe: row.probe,
    required: row.required === 1,
    state: parseWord(jobStateSchema, row.state, 'job.state'),
    attempts: row.attempts,
    leaseUntil: row.lease_until,
    outcome: parseNullableColumn(jobOutcomeSchema, row.outcome, 'job.outcome'),
    durationMs: row.duration_ms,
    cached: row.cached === 1,
  };
}
