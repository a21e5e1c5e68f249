import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { type CustodyHead, endOfSegment } from '../store/custody';
import { parseNullableColumn } from '../store/json-column';
import type { Ledger } from '../store/ledger';

const KEY = 'custody-pruned';
const FORGOTTEN = 200;
/** Rows that are read at a stretch. */
const READ = 500;
const REST_MS = 20;
const headSchema = z.object({ seq: z.number(), head: z.string() });

/** The last row of the custody log that was pruned away, with all before it; null when it is whole. */
export function prunedThrough({ meta }: Ledger): CustodyHead | null {
  return parseNullableColumn(headSchema, meta.get(KEY), 'meta.value');
}

/**
 * Forgets whole segments of the custody log from its beginning on, as far as they were over before `edge` (ms since
 * 1970); their heads stay, and a row `pruned` says it. The newest segment stays whatever its age. Returns how many rows
 * went. An abort ends it early, the next time goes on.
 */
export async function pruneCustody(ledger: Ledger, now: number, edge: number, signal: AbortSignal): Promise<number> {
  const done = prunedThrough(ledger);
  const last = await lastOldSegment(ledger, done?.seq ?? 0, edge);
  if (last !== null) {
    const { segment, lastSeq: seq, head } = last;
    await ledger.commit(() => {
      ledger.custody.append(now, null, 'pruned', { segment, seq, head });
      ledger.meta.set(KEY, JSON.stringify({ seq, head }));
    });
  }
  const through = last?.lastSeq ?? done?.seq;
  let rows = 0;
  while (through !== undefined && !signal.aborted) {
    const some = await ledger.commit(() => ledger.custody.dropThrough(through, FORGOTTEN));
    rows += some;
    if (some < FORGOTTEN) break;
    await setTimeout(REST_MS);
  }
  return rows;
}

/** The last one behind row `after` up to which all rows are old. */
async function lastOldSegment(ledger: Ledger, after: number, edge: number) {
  const old = oldSegments(ledger, edge).filter(({ lastSeq }) => lastSeq > after);
  const young = await firstYoung(ledger, after, old.at(-1)?.lastSeq ?? after, edge);
  return old.findLast(({ lastSeq }) => lastSeq < young) ?? null;
}

/**
 * The first row behind `after` and up to `last` whose segment is young: a clock that was behind for a while wrote its
 * old segment in the middle of a young one.
 */
async function firstYoung({ custody }: Ledger, after: number, last: number, edge: number): Promise<number> {
  for (let seq = after; seq < last; ) {
    const page = custody.entries(seq, READ);
    const young = page.find(({ segment }) => endOfSegment(segment) > edge);
    if (young !== undefined) return young.seq;
    seq = page.at(-1)?.seq ?? last;
    await setTimeout(REST_MS);
  }
  return Number.POSITIVE_INFINITY;
}

/** In the order of their last rows, up to the first that is not old: one of a clock that ran ahead waits for its time. */
function oldSegments({ custody }: Ledger, edge: number) {
  const closed = custody.segments().slice(0, -1);
  const young = closed.findIndex(({ segment }) => endOfSegment(segment) > edge);
  return young === -1 ? closed : closed.slice(0, young);
}
