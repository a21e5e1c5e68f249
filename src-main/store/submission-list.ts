import type { Database } from 'better-sqlite3';
import type { Clock } from '../base/clock';
import { LISTED, RANK } from './listed';

export interface ListedSubmission {
  readonly id: number;
  readonly guid: string;
  readonly origin: string;
  readonly profile: string;
  readonly received_at: number;
  readonly sealed: number;
}

export interface SubmissionFigures {
  readonly items: number;
  readonly settled: number;
  readonly clean: number;
  readonly suspicious: number;
  readonly infected: number;
  readonly unverified: number;
  readonly bytes: number;
  /** Files whose size is known: those that `bytes` adds up. */
  readonly sized: number;
  readonly settledBytes: number;
}

const COLUMNS = "id, guid, origin, plan ->> 'profile' AS profile, received_at, sealed";

/** From open submission to open submission, without looking at the files of any. */
const OPEN_IDS = `WITH RECURSIVE unsettled(id) AS (
  SELECT max(submission_id) FROM item INDEXED BY item_open WHERE settled_at IS NULL AND ${LISTED}
  UNION ALL
  SELECT (SELECT max(submission_id) FROM item INDEXED BY item_open
    WHERE settled_at IS NULL AND ${LISTED} AND submission_id < unsettled.id) FROM unsettled WHERE unsettled.id IS NOT NULL
) SELECT id FROM unsettled WHERE id IS NOT NULL UNION SELECT id FROM submission WHERE sealed = 0`;

const ended = (rank: number) => `coalesce(sum(settled_at IS NOT NULL AND ${RANK} = ${rank}), 0)`;

/** The figures of submissions with more files are kept while nothing of them moves, and for so long at most. */
const MANY = 1000;
const KEPT_MS = 60_000;
const MOST_KEPT = 1000;

interface Kept {
  readonly figures: SubmissionFigures;
  /** How far its files had ended. */
  readonly stand: string;
  readonly until: number;
}

/** Submissions, newest first, with what became of their files; what an archive unpacked counts with it. */
export class SubmissionList {
  private readonly every;
  private readonly everyCount;
  private readonly open;
  private readonly openCount;
  private readonly figuresOf;
  private readonly standOf;
  private readonly clock: Clock;
  private readonly kept = new Map<number, Kept>();

  constructor(db: Database, clock: Clock) {
    this.clock = clock;
    this.every = db.prepare<[number, number], ListedSubmission>(
      `SELECT ${COLUMNS} FROM submission ORDER BY id DESC LIMIT ? OFFSET ?`,
    );
    this.everyCount = db.prepare<[], number>('SELECT count(*) FROM submission').pluck();
    this.open = db.prepare<[number, number], ListedSubmission>(
      `SELECT ${COLUMNS} FROM submission WHERE id IN (${OPEN_IDS}) ORDER BY id DESC LIMIT ? OFFSET ?`,
    );
    this.openCount = db.prepare<[], number>(`SELECT count(*) FROM (${OPEN_IDS})`).pluck();
    this.figuresOf = db.prepare<[number], SubmissionFigures>(
      `SELECT count(*) AS items, count(settled_at) AS settled, ${ended(4)} AS clean, ${ended(2)} AS suspicious,
         ${ended(1)} AS infected, ${ended(3)} AS unverified, coalesce(sum(size), 0) AS bytes,
         count(size) AS sized, coalesce(sum(CASE WHEN settled_at IS NOT NULL THEN size END), 0) AS settledBytes
       FROM item INDEXED BY item_in_submission WHERE submission_id = ? AND ${LISTED}`,
    );
    // whatever ends gets a higher number; what had ended and moves again is open
    this.standOf = db
      .prepare<[{ id: number }], string | null>(
        `SELECT settled_through || ' ' || (SELECT max(settled_seq) FROM item WHERE submission_id = @id AND settled_seq IS NOT NULL)
         FROM submission WHERE id = @id
           AND NOT EXISTS (SELECT 1 FROM item INDEXED BY item_open WHERE submission_id = @id AND settled_at IS NULL AND ${LISTED})`,
      )
      .pluck();
  }

  /** `open`: only those of which something is still to come or to end. */
  page(options: { open: boolean; offset: number; limit: number }): { rows: ListedSubmission[]; total: number } {
    const { open, offset, limit } = options;
    const rows = (open ? this.open : this.every).all(limit, offset);
    return { rows, total: (open ? this.openCount : this.everyCount).get() ?? 0 };
  }

  figures(submission: number): SubmissionFigures {
    const stand = this.standOf.get({ id: submission }) ?? null;
    const now = this.clock.monotonic();
    const kept = this.kept.get(submission);
    if (kept !== undefined && kept.stand === stand && now < kept.until) return kept.figures;
    const figures = this.counted(submission);
    if (stand !== null && figures.items > MANY) {
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(submission, { figures, stand, until: now + KEPT_MS });
    }
    return figures;
  }

  private counted(submission: number): SubmissionFigures {
    const row = this.figuresOf.get(submission);
    if (row === undefined) throw new Error(`no figures of submission ${submission}`);
    return row;
  }
}
