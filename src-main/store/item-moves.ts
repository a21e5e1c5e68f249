import type { Database, Statement } from 'better-sqlite3';
import { DropgateError } from '../base/errors';
import type { FileType, Hashes } from '../contract/item';
import type { Limits } from '../contract/settings';
import { ITEM_TRANSITIONS, type ItemTransition } from '../contract/states';
import type { FileIdentity, IntakeProblem } from '../contract/submission';
import type { Verdict } from '../contract/verdict';
import type { Target } from './item-row';

export interface NewItem {
  readonly submissionId: number;
  readonly relativePath: Uint8Array;
  readonly sourcePath: Uint8Array;
  /** Known before it is opened: it can never be taken (a FIFO, no such file). */
  readonly problem: IntakeProblem | null;
  /** Set for a file of a watched folder: which file was found, before it is opened. */
  readonly identity: FileIdentity | null;
  readonly now: number;
}

export interface NewChild {
  readonly submissionId: number;
  readonly parentId: number;
  readonly rootId: number;
  readonly depth: number;
  /** The probe that unpacked it. */
  readonly unpackedBy: string;
  readonly name: Uint8Array;
  readonly stagedPath: string;
  readonly size: number;
  readonly hashes: Hashes;
  readonly type: FileType | null;
  readonly now: number;
}

export interface StagedFacts {
  readonly stagedPath: string | null;
  readonly identity: FileIdentity;
  readonly size: number;
  readonly hashes: Hashes;
  readonly type: FileType | null;
}

export interface Ending {
  readonly destination: Uint8Array | null;
  readonly report: Uint8Array | null;
  readonly stagedPath: string | null;
  readonly problem: string | null;
  readonly sourcePending: boolean;
  readonly now: number;
}

/** The highest number that a submission ever gave to what settled: that of its rows, or of one that was retried since. */
const settledThrough = (submission: string) =>
  `(SELECT max(owner.settled_through, (SELECT coalesce(max(other.settled_seq), 0) FROM item AS other
     WHERE other.submission_id = owner.id AND other.settled_seq IS NOT NULL)) FROM submission AS owner WHERE owner.id = ${submission})`;
const SETTLE = `settled_at = @now, settled_seq = 1 + ${settledThrough('item.submission_id')}`;
const UNSTAGE_MEMBER = 'staged_path = CASE WHEN parent_id IS NULL THEN staged_path END';
const ENDING = `destination = @destination, report = @report, staged_path = @stagedPath, problem = @problem,
  source_pending = @sourcePending, target = NULL, waiting_for = NULL, ${SETTLE}`;

/** Destination and report stay until the item ends anew: they name the held files that are removed then. */
const ANEW = 'limits = @limits, verdict = NULL, settled_seq = NULL, settled_at = NULL, intake_problem = NULL';

const STAGED = `staged_path = @stagedPath, source_identity = @identity, size = @size,
  sha256 = @sha256, sha1 = @sha1, md5 = @md5, type = @type`;
const DECIDED = 'verdict = @verdict, intake_problem = @intakeProblem, runs_alone = 0';
const SCANNED = `${STAGED}, ${DECIDED}, ${SETTLE}`;

type Parameters = Record<string, string | number | Uint8Array | null>;

/**
 * Writing side of `item`: one method per transition of contract/states.ts. The allowed states stand in the statement's
 * WHERE, straight from the table; a move that matches no row throws ILLEGAL_TRANSITION.
 */
export class ItemMoves {
  private readonly db: Database;
  private readonly inserts: Record<'receive' | 'skip' | 'adopt', Statement<[Parameters]>>;
  private readonly updates = new Map<string, Statement<[Parameters]>>();
  private readonly stateOf;
  private readonly rememberSettled;

  constructor(db: Database) {
    this.db = db;
    const columns = 'submission_id, relative_path, source_path, received_at, state';
    const values = '@submissionId, @relativePath, @sourcePath, @now';
    this.inserts = {
      receive: db.prepare(
        `INSERT INTO item (${columns}, intake_problem, source_identity) VALUES (${values}, '${ITEM_TRANSITIONS.receive.to}', @problem, @identity)`,
      ),
      skip: db.prepare(
        `INSERT INTO item (${columns}, problem, settled_at, settled_seq) VALUES (${values}, '${ITEM_TRANSITIONS.skip.to}', @problem, @now,
          1 + ${settledThrough('@submissionId')})`,
      ),
      adopt: db.prepare(
        `INSERT INTO item (submission_id, parent_id, root_id, depth, unpacked_by, relative_path, staged_path, size, sha256, sha1, md5, type, received_at, state)
         VALUES (@submissionId, @parentId, @rootId, @depth, @unpackedBy, @relativePath, @stagedPath, @size, @sha256, @sha1, @md5, @type, @now, '${ITEM_TRANSITIONS.adopt.to}')`,
      ),
    };
    this.stateOf = db.prepare<[number], string>('SELECT state FROM item WHERE id = ?').pluck();
    this.rememberSettled = db.prepare<[number]>(
      `UPDATE submission SET settled_through = ${settledThrough('submission.id')}
       WHERE id = (SELECT submission_id FROM item WHERE id = ?)`,
    );
  }

  receive(item: NewItem): number {
    const problem = item.problem === null ? null : JSON.stringify(item.problem);
    const identity = item.identity === null ? null : JSON.stringify(item.identity);
    return Number(this.inserts.receive.run({ ...item, problem, identity }).lastInsertRowid);
  }

  skip(item: Omit<NewItem, 'problem' | 'identity'>, problem: string): number {
    return Number(this.inserts.skip.run({ ...item, problem }).lastInsertRowid);
  }

  adopt(child: NewChild): number {
    const { name, hashes, type, ...rest } = child;
    const parameters = { ...rest, ...hashes, relativePath: name, type: type === null ? null : JSON.stringify(type) };
    return Number(this.inserts.adopt.run(parameters).lastInsertRowid);
  }

  plan(id: number): void {
    this.move('plan', id, 'problem = NULL', {});
  }

  start(id: number): void {
    this.move('start', id, null, {});
  }

  stage(id: number, facts: StagedFacts): void {
    this.move('stage', id, STAGED, stagedParameters(facts));
  }

  /** stage, plan and start of a fresh item in one statement: three legal moves of one transaction. */
  stageAndStart(id: number, facts: StagedFacts): void {
    this.move(['stage', 'plan', 'start'], id, STAGED, stagedParameters(facts));
  }

  /** stage to decide in one statement, for a scan whose ledger outlives nothing: four legal moves of one transaction. */
  scan(
    id: number,
    facts: StagedFacts,
    verdict: Verdict,
    options: { problem: IntakeProblem | null; now: number },
  ): void {
    const decided = decidedParameters(verdict, options.problem);
    const parameters = { ...stagedParameters(facts), ...decided, now: options.now };
    this.move(['stage', 'plan', 'start', 'decide'], id, SCANNED, parameters);
  }

  /** Back to the queue after a crash, which is blamed on nobody. */
  requeue(id: number): void {
    this.move('requeue', id, null, {});
  }

  /** `settles`: true for what ends with its verdict (scans, archive members). A member's bytes are needed no more then. */
  decide(
    id: number,
    verdict: Verdict,
    options: { settles: boolean; problem: IntakeProblem | null; now: number },
  ): void {
    const decided = decidedParameters(verdict, options.problem);
    if (options.settles)
      this.move('decide', id, `${DECIDED}, ${UNSTAGE_MEMBER}, ${SETTLE}`, { ...decided, now: options.now });
    else this.move('decide', id, DECIDED, decided);
  }

  dispose(id: number, target: Target): void {
    this.move('dispose', id, 'target = @target', { target });
  }

  end(transition: 'forward' | 'quarantine' | 'hold', id: number, ending: Ending): void {
    this.move(transition, id, ENDING, { ...ending, sourcePending: ending.sourcePending ? 1 : 0 });
  }

  /** A held item is scanned again from its kept bytes. */
  retry(id: number, stagedPath: string, limits: Limits | null): void {
    this.rememberSettled.run(id); // whoever reads page by page may have seen this number, and would miss its next owner
    this.move('retry', id, `staged_path = @stagedPath, ${ANEW}`, { stagedPath, limits: limitsColumn(limits) });
  }

  /** A held item whose bytes could not be taken is taken from its source again. */
  retake(id: number, limits: Limits): void {
    this.rememberSettled.run(id);
    this.move('retake', id, ANEW, { limits: limitsColumn(limits) });
  }

  release(id: number, destination: Uint8Array): void {
    this.move('release', id, 'destination = @destination', { destination });
  }

  delete(id: number): void {
    this.move('delete', id, 'staged_path = NULL, destination = NULL', {});
  }

  cancel(id: number, verdict: Verdict, now: number): void {
    this.move('cancel', id, `verdict = @verdict, ${SETTLE}`, { verdict: JSON.stringify(verdict), now });
  }

  /** One transition, or several that follow one another in the table. */
  private move(
    transitions: ItemTransition | readonly [ItemTransition, ...ItemTransition[]],
    id: number,
    sets: string | null,
    parameters: Parameters,
  ): void {
    const chain = typeof transitions === 'string' ? [transitions] : transitions;
    const key = `${chain.join()}:${sets}`;
    let statement = this.updates.get(key);
    if (statement === undefined) {
      statement = this.db.prepare(moveSql(chain, sets));
      this.updates.set(key, statement);
    }
    if (statement.run({ ...parameters, id }).changes === 1) return;
    const state = this.stateOf.get(id) ?? 'none';
    throw new DropgateError('ILLEGAL_TRANSITION', `item ${id} cannot ${chain.join(', ')}: it is ${state}`);
  }
}

function decidedParameters(verdict: Verdict, problem: IntakeProblem | null): Parameters {
  return { verdict: JSON.stringify(verdict), intakeProblem: problem === null ? null : JSON.stringify(problem) };
}

function limitsColumn(limits: Limits | null): string | null {
  return limits === null ? null : JSON.stringify(limits);
}

/** Field by field: rest and spread cost as much as all the JSON of a row. */
function stagedParameters({ stagedPath, identity, size, hashes, type }: StagedFacts): Parameters {
  const { sha256, sha1, md5 } = hashes;
  const typeColumn = type === null ? null : JSON.stringify(type);
  return { stagedPath, identity: JSON.stringify(identity), size, sha256, sha1, md5, type: typeColumn };
}

function moveSql(chain: readonly ItemTransition[], sets: string | null): string {
  const first = chain[0];
  const last = chain.at(-1);
  if (first === undefined || last === undefined) throw new Error('a move needs a transition');
  for (const [index, transition] of chain.slice(1).entries()) {
    const before = ITEM_TRANSITIONS[chain[index] ?? first].to;
    const from: readonly string[] = ITEM_TRANSITIONS[transition].from;
    if (!from.includes(before)) throw new Error(`${transition} does not follow ${before}`);
  }
  const states = ITEM_TRANSITIONS[first].from.map((state) => `'${state}'`).join(', ');
  return `UPDATE item SET state = '${ITEM_TRANSITIONS[last].to}'${sets === null ? '' : `, ${sets}`} WHERE id = @id AND state IN (${states})`;
}
