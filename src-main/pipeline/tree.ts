import { Limiter } from '../base/limiter';
import type { JobOutcome } from '../contract/job-outcome';

/** Containers of one level of a tree that are open at once: unpacked, with members that are not decided yet. */
const OPEN_AT_ONCE = 4;

/** What the ledger has of a tree already. */
export interface TreeSoFar {
  readonly files: number;
  readonly bytes: number;
  readonly overLimit: boolean;
}

/**
 * What a root and everything unpacked from it share while they are worked on. The inside of a container comes before
 * the containers beside it, so that what waits to be scanned is bounded by the tree's depth and the width of one
 * container; and the first limit that any of them meets decides: nothing more is unpacked then.
 */
export class Tree {
  /** What all containers have unpacked together. */
  files: number;
  bytes: number;
  /** A container went over a limit of the profile. */
  overLimit: boolean;
  /** Made with the first container: most files are none. */
  private levels: Map<number, Limiter> | null = null;

  constructor({ files, bytes, overLimit }: TreeSoFar) {
    this.files = files;
    this.bytes = bytes;
    this.overLimit = overLimit;
  }

  /** The right of one item at `depth` to be unpacked. */
  openingAt(depth: number): Opening {
    return new Opening(this, depth);
  }

  /** Of all containers at `depth`. */
  level(depth: number): Limiter {
    this.levels ??= new Map();
    const level = this.levels.get(depth) ?? new Limiter(OPEN_AT_ONCE);
    this.levels.set(depth, level);
    return level;
  }
}

/**
 * Held from before an item is unpacked until all of its members are decided. Its members have the next level's, so
 * that whoever holds one never waits for a neighbour.
 */
export class Opening {
  private readonly tree: Tree;
  private readonly depth: number;
  private place: Promise<() => void> | null = null;

  constructor(tree: Tree, depth: number) {
    this.tree = tree;
    this.depth = depth;
  }

  /** For every job that unpacks the item, before it does. Rejects with the signal's reason when it aborts before there is a place. */
  async begin(signal: AbortSignal): Promise<void> {
    this.place ??= this.tree.level(this.depth).take(signal);
    await this.place;
  }

  /** Any number of times, also when it never began. */
  async end(): Promise<void> {
    const { place } = this;
    this.place = null;
    if (place !== null) (await place)();
  }
}

/** Whether a job that unpacks ended at a limit: depth, number, bytes, ratio or time. The ledger tells the same: Jobs.metLimit. */
export function metLimit(outcome: JobOutcome): boolean {
  if (outcome.kind === 'error') return outcome.code === 'PROBE_LIMIT' || outcome.code === 'PROBE_TIMEOUT';
  if (outcome.kind !== 'report' || outcome.report.coverage.kind === 'complete') return false;
  return outcome.report.coverage.reason === 'limit_exceeded' || outcome.report.coverage.reason === 'timeout';
}
