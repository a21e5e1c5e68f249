import type { Database } from 'better-sqlite3';

/** One lane as a dead engine left it. */
export interface WaitingLane {
  readonly lane: string;
  readonly count: number;
  /** What the oldest of them was told. */
  readonly problem: string | null;
}

/**
 * `item.waiting_for`: disposing items that wait for something outside, by the lane in which they wait (see
 * pipeline/destination-lanes.ts). Set once when an item begins to wait, and gone with its end.
 */
export class WaitingItems {
  private readonly laneOf;
  private readonly parked;
  private readonly taken;
  private readonly nextIn;
  private readonly lanesNow;
  private readonly countIn;
  private readonly oldestIn;

  constructor(db: Database) {
    this.laneOf = db.prepare<[number], string | null>('SELECT waiting_for FROM item WHERE id = ?').pluck();
    this.parked = db.prepare<[string, string, number]>('UPDATE item SET waiting_for = ?, problem = ? WHERE id = ?');
    this.taken = db.prepare<[number]>('UPDATE item SET waiting_for = NULL, problem = NULL WHERE id = ?');
    this.nextIn = db
      .prepare<[string, number], number>('SELECT id FROM item WHERE waiting_for = ? AND id > ? ORDER BY id LIMIT 1')
      .pluck();
    this.lanesNow = db.prepare<[], WaitingLane>(
      `SELECT lane, count, (SELECT problem FROM item WHERE id = oldest) AS problem FROM
         (SELECT waiting_for AS lane, count(*) AS count, min(id) AS oldest FROM item WHERE waiting_for IS NOT NULL GROUP BY waiting_for)`,
    );
    this.countIn = db
      .prepare<[string, number], number>('SELECT count(*) FROM item WHERE waiting_for = ? AND submission_id = ?')
      .pluck();
    this.oldestIn = db
      .prepare<[string], number>('SELECT received_at FROM item WHERE waiting_for = ? ORDER BY id LIMIT 1')
      .pluck();
  }

  /** Inside a commit. Returns the lane in which it waited before. */
  park(id: number, lane: string, problem: string): string | null {
    const before = this.of(id);
    this.parked.run(lane, problem, id);
    return before;
  }

  /** Inside a commit: it waits no more. Returns the lane in which it waited. */
  take(id: number): string | null {
    const before = this.of(id);
    if (before !== null) this.taken.run(id);
    return before;
  }

  /** The lane in which an item waits. */
  of(id: number): string | null {
    return this.laneOf.get(id) ?? null;
  }

  /** The oldest one of a lane behind `after`. */
  next(lane: string, after: number): number | null {
    return this.nextIn.get(lane, after) ?? null;
  }

  /** All lanes in which something waits. */
  lanes(): WaitingLane[] {
    return this.lanesNow.all();
  }

  countOf(lane: string, submissionId: number): number {
    return this.countIn.get(lane, submissionId) ?? 0;
  }

  /** When the oldest one of a lane was received, in milliseconds since 1970. */
  oldestReceivedAt(lane: string): number | null {
    return this.oldestIn.get(lane) ?? null;
  }
}
