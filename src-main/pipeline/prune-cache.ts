import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Ledger } from '../store/ledger';
import type { CacheEdge } from '../store/result-cache';

/** Reports that are kept at most, some 0.5 KB each: those of a hundred thousand files with five probes. */
const MOST_ROWS = 500_000;
/** Reports that are counted at a stretch, in a few milliseconds. */
const COUNTED = 10_000;
/** Reports that are forgotten at a stretch: each lies in a page of its own, so that more would hold up the engine. */
const FORGOTTEN = 50;
const REST_MS = 20;

/**
 * Forgets the reports of probes that were last used before `edge` (ms since 1970), and the longest unused of more than
 * `mostRows`. Returns how many went. An abort ends it early, the next time goes on.
 */
export async function pruneCache(
  ledger: Ledger,
  edge: number,
  signal: AbortSignal,
  mostRows: number = MOST_ROWS,
): Promise<number> {
  const tooMany = await edgeOfMost(ledger, mostRows, signal);
  const before = tooMany !== null && tooMany.at > edge ? tooMany : { at: edge, key: '' };
  let forgotten = 0;
  while (!signal.aborted) {
    const some = await ledger.commit(() => ledger.cache.dropBefore(before, FORGOTTEN));
    forgotten += some;
    if (some < FORGOTTEN) break;
    await setTimeout(REST_MS);
  }
  return forgotten;
}

/** The oldest report of as many as are kept at most; null when there are not so many. */
async function edgeOfMost({ cache }: Ledger, mostRows: number, signal: AbortSignal): Promise<CacheEdge | null> {
  let edge: CacheEdge | null = { at: Number.MAX_SAFE_INTEGER, key: '' };
  for (let left = mostRows; left > 0 && edge !== null && !signal.aborted; left -= COUNTED) {
    edge = cache.before(edge, Math.min(left, COUNTED));
    await setImmediate();
  }
  return signal.aborted ? null : edge;
}
