import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '../base/clock';
import type { Ledger } from '../store/ledger';
import type { CacheEdge } from '../store/result-cache';

const DAY_MS = 24 * 3_600_000;
const PRUNED_AT = 'cache-pruned-at';
/** Reports that are kept at most, some 0.5 KB each: those of a hundred thousand files with five probes. */
const MOST_ROWS = 500_000;
/** Reports that are counted at a stretch, in a few milliseconds. */
const COUNTED = 10_000;
/** Reports that are forgotten at a stretch: each lies in a page of its own, so that more would hold up the engine. */
const FORGOTTEN = 50;
const REST_MS = 20;

export interface CachePrunerParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Reports that were unused for longer are forgotten. */
  readonly days: number;
  readonly mostRows?: number;
}

/** Keeps the cache of probe reports bounded, in age and in number, in steps so small that no file waits for them. */
export class CachePruner {
  private readonly parts: CachePrunerParts;

  constructor(parts: CachePrunerParts) {
    this.parts = parts;
  }

  /** Prunes when the last time was a day ago; returns how many reports were forgotten. An abort ends it early. */
  async runIfDue(signal: AbortSignal): Promise<number> {
    const { ledger, clock } = this.parts;
    const now = clock.now();
    // either way: a clock that was set back must not end pruning until it has caught up
    if (Math.abs(now - Number(ledger.meta.get(PRUNED_AT) ?? 0)) < DAY_MS) return 0;
    const forgotten = await this.prune(now, signal);
    if (!signal.aborted) await ledger.commit(() => ledger.meta.set(PRUNED_AT, String(now)));
    return forgotten;
  }

  private async prune(now: number, signal: AbortSignal): Promise<number> {
    const { ledger, days } = this.parts;
    const tooOld: CacheEdge = { at: now - days * DAY_MS, key: '' };
    const tooMany = await this.edgeOfMost(signal);
    const edge = tooMany !== null && tooMany.at > tooOld.at ? tooMany : tooOld;
    let forgotten = 0;
    while (!signal.aborted) {
      const some = await ledger.commit(() => ledger.cache.dropBefore(edge, FORGOTTEN));
      forgotten += some;
      if (some < FORGOTTEN) break;
      await setTimeout(REST_MS);
    }
    return forgotten;
  }

  /** The oldest report of as many as are kept at most; null when there are not so many. */
  private async edgeOfMost(signal: AbortSignal): Promise<CacheEdge | null> {
    let edge: CacheEdge | null = { at: Number.MAX_SAFE_INTEGER, key: '' };
    for (let left = this.parts.mostRows ?? MOST_ROWS; left > 0 && edge !== null && !signal.aborted; left -= COUNTED) {
      edge = this.parts.ledger.cache.before(edge, Math.min(left, COUNTED));
      await setImmediate();
    }
    return signal.aborted ? null : edge;
  }
}
