import { join } from 'node:path';
import type { Clock } from '../base/clock';
import { errnoOf } from '../base/errors';
import { lstat, opendir, rm } from '../base/files';
import { HOUR_MS } from '../contract/durations';
import type { Ledger } from '../store/ledger';

const PAGE = 500;
/** Copies that are remembered from one look to the next; more are seen to the next time. */
const MOST = 10_000;
/** Folders of submissions, and that of exports; a canary's is its probe's. */
const LOOKED_INTO = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|export)$/;

export interface StagingLeftoversParts {
  readonly ledger: Ledger;
  readonly stagingDir: string;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/**
 * Removes staged copies that no row names while the engine runs: what could not be removed when its file ended. One
 * that is still being written, or whose row is not yet there, is none: a copy goes only when it was unnamed an hour
 * ago too, and is the same since.
 */
export class StagingLeftovers {
  private readonly parts: StagingLeftoversParts;
  private lookedAt: number;
  /** Unnamed copies of the last look, with what tells a change. */
  private unnamed = new Map<string, string>();

  /** The start of an engine sweeps by itself: the first look comes an hour later. */
  constructor(parts: StagingLeftoversParts) {
    this.parts = parts;
    this.lookedAt = parts.clock.monotonic();
  }

  /** To be asked often. Returns how many were removed. */
  async runIfDue(): Promise<number> {
    const now = this.parts.clock.monotonic();
    if (now - this.lookedAt < HOUR_MS) return 0;
    this.lookedAt = now;
    const before = this.unnamed;
    this.unnamed = await this.copies();
    this.forgetNamed();
    let removed = 0;
    for (const [path, state] of this.unnamed) {
      if (before.get(path) !== state) continue;
      await rm(path, { force: true });
      this.unnamed.delete(path);
      removed += 1;
    }
    return removed;
  }

  private async copies(): Promise<Map<string, string>> {
    const copies = new Map<string, string>();
    for await (const folder of await opendir(this.parts.stagingDir)) {
      if (!folder.isDirectory() || !LOOKED_INTO.test(folder.name)) continue;
      for await (const { name } of await opendir(join(this.parts.stagingDir, folder.name))) {
        if (copies.size >= MOST) return copies;
        const path = join(this.parts.stagingDir, folder.name, name);
        const state = await stateOf(path);
        if (state !== null) copies.set(path, state);
      }
    }
    return copies;
  }

  private forgetNamed(): void {
    for (let after = 0; ; ) {
      const page = this.parts.ledger.items.withStagedPath({ after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.id;
      for (const { stagedPath } of page) this.unnamed.delete(stagedPath);
    }
  }
}

/** Another one after each change, also of its names; null when it is gone. */
async function stateOf(path: string): Promise<string | null> {
  try {
    const { ino, size, ctimeNs } = await lstat(path, { bigint: true });
    return `${ino} ${size} ${ctimeNs}`;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
