import type { Database } from 'better-sqlite3';
import { HOUR_MS } from '../contract/durations';
import { LISTED, RANK } from './listed';

/** Probes are judged by so many of the newest files. */
const MOST_JUDGED = 5000;

export interface HourFigures {
  /** Hours since 1970. */
  readonly hour: number;
  readonly clean: number;
  readonly suspicious: number;
  readonly infected: number;
  readonly unverified: number;
  readonly bytes: number;
}

export interface JobFigures {
  readonly probe: string;
  readonly state: string;
  readonly duration_ms: number | null;
}

const ended = (rank: number) => `sum(${RANK} = ${rank})`;

/** What ended in the last hours, and how the probes did. */
export class OverviewFigures {
  private readonly byHour;
  private readonly jobsOf;

  constructor(db: Database) {
    this.byHour = db.prepare<[number], HourFigures>(
      `SELECT settled_at / ${HOUR_MS} AS hour, ${ended(4)} AS clean, ${ended(2)} AS suspicious, ${ended(1)} AS infected,
         ${ended(3)} AS unverified, coalesce(sum(size), 0) AS bytes
       FROM item INDEXED BY item_ended WHERE settled_at IS NOT NULL AND ${LISTED} AND settled_at >= ? GROUP BY hour ORDER BY hour`,
    );
    // what came from the cache or was skipped says nothing about a probe's speed: it has no duration or none that counts
    this.jobsOf = db.prepare<[number], JobFigures>(
      `SELECT probe, job.state AS state, CASE WHEN cached = 1 THEN NULL ELSE duration_ms END AS duration_ms
       FROM (SELECT id FROM item INDEXED BY item_ended WHERE settled_at IS NOT NULL AND ${LISTED} AND settled_at >= ?
         ORDER BY settled_at DESC LIMIT ${MOST_JUDGED}) AS newest JOIN job ON job.item_id = newest.id`,
    );
  }

  /** Hours in which something ended since `from` (milliseconds since 1970), oldest first. */
  hours(from: number): HourFigures[] {
    return this.byHour.all(from);
  }

  /** The jobs of the newest files that ended since `from`. */
  jobs(from: number): IterableIterator<JobFigures> {
    return this.jobsOf.iterate(from);
  }
}
