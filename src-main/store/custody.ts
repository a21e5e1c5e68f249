import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** Where the chain stands: its newest row and that row's hash. */
export interface CustodyHead {
  readonly seq: number;
  readonly head: string;
}

export interface CustodyEntry {
  readonly seq: number;
  readonly segment: string;
  readonly at: number;
  readonly itemId: number | null;
  readonly event: string;
  readonly data: string;
  readonly hash: string;
}

interface Row {
  seq: number;
  segment: string;
  at: number;
  item_id: number | null;
  event: string;
  data: string;
  hash: string;
}

/** What the very first row chains to. */
export const CUSTODY_GENESIS = '0'.repeat(64);

/**
 * The hash of a row: SHA-256 over the previous hash and every field, each as JSON in one array, so that no two
 * different rows have the same input.
 */
export function custodyHash(previous: string, entry: Omit<CustodyEntry, 'hash'>): string {
  const fields = [previous, entry.seq, entry.segment, entry.at, entry.itemId, entry.event, entry.data];
  return hash('sha256', JSON.stringify(fields));
}

/** When a segment is over, in ms since 1970: no row of it is younger. */
export function endOfSegment(segment: string): number {
  const [year = 0, month = 1] = segment.split('-').map(Number);
  return Date.UTC(year, month);
}

/** Month of a time in UTC, `2026-11`: the name of its segment. */
export function segmentOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/**
 * The append-only, hash-chained custody log. `append` belongs inside a ledger transaction; when that one is rolled
 * back the chain must be read again with `reload`.
 */
export class Custody {
  private current: CustodyHead;
  private readonly insert;
  private readonly upsertSegment;
  private readonly newest;
  private readonly after;
  private readonly ofItem;
  private readonly segmentRows;
  private readonly hashAt;
  private readonly dropped;

  constructor(db: Database) {
    this.insert = db.prepare<[number, string, number, number | null, string, string, string]>(
      'INSERT INTO custody (seq, segment, at, item_id, event, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.upsertSegment = db.prepare<[string, number, string]>(
      'INSERT INTO custody_segment (segment, last_seq, head) VALUES (?, ?, ?) ON CONFLICT (segment) DO UPDATE SET last_seq = excluded.last_seq, head = excluded.head',
    );
    this.newest = db.prepare<[], { seq: number; head: string }>(
      'SELECT last_seq AS seq, head FROM custody_segment ORDER BY last_seq DESC LIMIT 1',
    );
    this.after = db.prepare<[number, number], Row>('SELECT * FROM custody WHERE seq > ? ORDER BY seq LIMIT ?');
    this.ofItem = db.prepare<[number], Row>('SELECT * FROM custody WHERE item_id = ? ORDER BY seq');
    this.segmentRows = db.prepare<[], { segment: string; last_seq: number; head: string }>(
      'SELECT * FROM custody_segment ORDER BY last_seq',
    );
    this.hashAt = db.prepare<[number], string>('SELECT hash FROM custody WHERE seq = ?').pluck();
    this.dropped = db.prepare<[number, number]>(
      'DELETE FROM custody WHERE seq IN (SELECT seq FROM custody WHERE seq <= ? ORDER BY seq LIMIT ?)',
    );
    this.current = this.stored();
  }

  /** The head in the ledger, which is what the next row must chain to. */
  reload(): void {
    this.current = this.stored();
  }

  append(at: number, itemId: number | null, event: string, data: object): CustodyHead {
    const entry = { seq: this.current.seq + 1, segment: segmentOf(at), at, itemId, event, data: JSON.stringify(data) };
    const head = custodyHash(this.current.head, entry);
    this.insert.run(entry.seq, entry.segment, at, itemId, event, entry.data, head);
    this.upsertSegment.run(entry.segment, entry.seq, head);
    this.current = { seq: entry.seq, head };
    return this.current;
  }

  head(): CustodyHead {
    return this.current;
  }

  entries(after: number, limit: number): CustodyEntry[] {
    return this.after.all(after, limit).map(toEntry);
  }

  ofItemId(item: number): CustodyEntry[] {
    return this.ofItem.all(item).map(toEntry);
  }

  segments(): { segment: string; lastSeq: number; head: string }[] {
    return this.segmentRows.all().map((row) => ({ segment: row.segment, lastSeq: row.last_seq, head: row.head }));
  }

  /** Hash of one row, or null when there is no such row. */
  hashOf(seq: number): string | null {
    return this.hashAt.get(seq) ?? null;
  }

  /** Forgets at most `most` rows up to one, the oldest first; the heads of their segments stay. Returns how many. */
  dropThrough(seq: number, most: number): number {
    return this.dropped.run(seq, most).changes;
  }

  private stored(): CustodyHead {
    return this.newest.get() ?? { seq: 0, head: CUSTODY_GENESIS };
  }
}

function toEntry(row: Row): CustodyEntry {
  const { item_id: itemId, ...rest } = row;
  return { ...rest, itemId };
}
