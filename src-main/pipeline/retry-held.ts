import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DropgateError, errnoOf } from '../base/errors';
import type { Limits } from '../contract/settings';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { Gate } from './gate';
import { type ProbesNow, planNow, probesUnseen } from './plan-now';
import { mayRetryHeld } from './policy';
import type { ProbeSet } from './probe-set';
import { shareBytes } from './share-bytes';
import type { Transitions } from './transitions';
import { UntakenFiles } from './untaken';
import { ENGINE_DIED } from './unverified';

const PAGE = 200;

export interface HeldRetrierParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly gate: Gate;
  readonly probes: ProbeSet;
  readonly stagingDir: string;
  /** Limits of a profile as configured now; null when there is no such profile any more. */
  readonly limitsOf: (profile: string) => Limits | null;
  readonly probesNow: ProbesNow;
  /** Whether files are taken from a watched folder now. */
  readonly takesFrom: (watchFolder: string) => boolean;
  readonly onRetried: (itemId: number) => void;
}

/**
 * Puts held items back to work when what held them is gone: the probe is back, its rules or engine are others, a limit
 * was raised. Their bytes never leave this machine's disk meanwhile.
 */
export class HeldRetrier {
  private readonly parts: HeldRetrierParts;
  private readonly untaken: UntakenFiles;
  private readonly triedAgain = new Set<number>();

  constructor(parts: HeldRetrierParts) {
    this.parts = parts;
    this.untaken = new UntakenFiles(parts);
  }

  /** Looks at every held item once, page by page and never for long at a stretch; returns how many work again. */
  async run(): Promise<number> {
    let retried = 0;
    for (let after = 0; ; ) {
      const page = this.parts.ledger.items.inState('held', { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) return retried;
      after = last.id;
      for (const item of page) {
        if (await this.retryIfCauseIsGone(item)) retried += 1;
      }
      await setImmediate();
    }
  }

  /**
   * Back to work at once, whatever held it. False when its bytes are gone, or were never taken and cannot be now;
   * rejects with ILLEGAL_TRANSITION when it is not held any more.
   */
  async retry(item: Item): Promise<boolean> {
    if (item.destination === null) return this.told(item, await this.untaken.retake(item, { again: true }));
    const submission = this.parts.ledger.submissions.get(item.submissionId);
    const folder = join(this.parts.stagingDir, submission.guid);
    const staged = join(folder, `item-${randomUUID()}`);
    await mkdir(folder, { recursive: true, mode: 0o750 });
    try {
      await shareBytes(item.destination, staged);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    }
    const limits = this.parts.limitsOf(submission.plan.profile);
    try {
      await this.parts.transitions.retry(item.id, staged, limits);
    } catch (error) {
      await rm(staged, { force: true });
      throw error;
    }
    return this.told(item, true);
  }

  private told(item: Item, retried: boolean): boolean {
    if (retried) this.parts.onRetried(item.id);
    return retried;
  }

  /** False also when a person settled it while the others were looked at. */
  private async retryIfCauseIsGone(item: Item): Promise<boolean> {
    try {
      if (item.destination === null) return this.told(item, await this.untaken.look(item));
      return (await this.causeIsGone(item)) && (await this.retry(item));
    } catch (error) {
      if (error instanceof DropgateError && error.code === 'ILLEGAL_TRANSITION') return false;
      throw error;
    }
  }

  private async causeIsGone(item: Item): Promise<boolean> {
    const { verdict } = item;
    if (verdict === null) return false;
    const plan = planNow(this.parts.ledger.submissions.get(item.submissionId).plan, this.parts.probesNow);
    if (verdict.kind === 'clean') {
      const unseen = probesUnseen(this.parts.ledger, item, plan).length > 0;
      return unseen && (await this.parts.gate.state(plan.required)).open;
    }
    if (verdict.kind !== 'unverified' || !mayRetryHeld(verdict.reason)) return false;
    if (verdict.rule === ENGINE_DIED || this.parts.ledger.jobs.isPoisoned(item.id)) return false;
    if (!(await this.parts.gate.state(plan.required)).open) return false;
    if (verdict.reason === 'probe_missing') return true;
    // a probe that failed on the file gets one more chance from each engine, then only from a change
    if (verdict.reason === 'probe_error' && !this.triedAgain.has(item.id)) {
      this.triedAgain.add(item.id);
      return true;
    }
    return this.limitsRaised(item.limits ?? plan.limits, plan.profile) || (await this.versionsChanged(item));
  }

  private limitsRaised(before: Limits, profile: string): boolean {
    const now = this.parts.limitsOf(profile);
    if (now === null) return false;
    return (Object.keys(now) as (keyof Limits)[]).some((key) => now[key] > before[key]);
  }

  private async versionsChanged(item: Item): Promise<boolean> {
    for (const { probe, outcome } of this.parts.ledger.jobs.of(item.id)) {
      if (outcome?.kind !== 'report') continue;
      const health = await this.parts.probes.health(probe);
      if (health.state !== 'ready') continue;
      const { engineVersion, databaseVersion } = outcome.report;
      if (health.engineVersion !== engineVersion || health.databaseVersion !== databaseVersion) return true;
    }
    return false;
  }
}
