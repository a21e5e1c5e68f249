import type { Database } from 'better-sqlite3';
import { DAY_MS } from '../contract/durations';
import { type ProbeReport, probeReportSchema } from '../contract/probe-report';
import { parseColumn } from './json-column';

/** A use is written down when the last one noted is so long ago: a report that is used all day costs one write. */
const NOTE_USE_MS = DAY_MS;

/** A place in the order of last use, between two reports. */
export interface CacheEdge {
  /** Ms since 1970. */
  readonly at: number;
  readonly key: string;
}

/** Reports of probes by everything that they depend on; the key is made by pipeline/cache.ts. */
export class ResultCache {
  private readonly select;
  private readonly upsert;
  private readonly used;
  private readonly older;
  private readonly dropped;

  constructor(db: Database) {
    this.select = db.prepare<[string], string>('SELECT report FROM result_cache WHERE key = ?').pluck();
    this.upsert = db.prepare<[string, string, number]>(
      'INSERT INTO result_cache (key, report, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET report = excluded.report, at = excluded.at',
    );
    this.used = db.prepare<[number, string, number]>('UPDATE result_cache SET at = ? WHERE key = ? AND at <= ?');
    this.older = db.prepare<[number, string, number], CacheEdge>(
      'SELECT at, key FROM result_cache WHERE (at, key) < (?, ?) ORDER BY at DESC, key DESC LIMIT 1 OFFSET ?',
    );
    this.dropped = db.prepare<[number, string, number]>(
      'DELETE FROM result_cache WHERE key IN (SELECT key FROM result_cache WHERE (at, key) < (?, ?) ORDER BY at, key LIMIT ?)',
    );
  }

  find(key: string): ProbeReport | null {
    const text = this.select.get(key);
    return text === undefined ? null : parseColumn(probeReportSchema, text, 'result_cache.report');
  }

  remember(key: string, report: ProbeReport, now: number): void {
    this.upsert.run(key, JSON.stringify(report), now);
  }

  /** A report was used again. */
  noteUse(key: string, now: number): void {
    this.used.run(now, key, now - NOTE_USE_MS);
  }

  /** The report that is the `rows`th before an edge, the last used first; null when there are not so many. */
  before({ at, key }: CacheEdge, rows: number): CacheEdge | null {
    return this.older.get(at, key, rows - 1) ?? null;
  }

  /** Forgets at most `most` reports before an edge, the longest unused first. Returns how many. */
  dropBefore({ at, key }: CacheEdge, most: number): number {
    return this.dropped.run(at, key, most).changes;
  }
}
