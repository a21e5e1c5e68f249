import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../base/clock';
import { DropgateError, errnoOf } from '../base/errors';
import { mkdir, rm } from '../base/files';
import { HOUR_MS } from '../contract/durations';
import type { Limits } from '../contract/settings';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { Gate } from './gate';
import { HeldCauses } from './held-causes';
import { type ProbesNow, planNow, probesUnseen } from './plan-now';
import { mayRetryHeld } from './policy';
import type { ProbeSet } from './probe-set';
import { shareBytes } from './share-bytes';
import type { Transitions } from './transitions';
import { UntakenFiles } from './untaken';
import { ENGINE_DIED } from './unverified';

const PAGE = 200;
/** All that is held is looked at this often at least. */
const ALL_AGAIN_MS = HOUR_MS;

export interface HeldRetrierParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly gate: Gate;
  readonly probes: ProbeSet;
  readonly clock: Clock;
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
  private readonly causes: HeldCauses;
  /** With which all that is held was looked at last. */
  private seen: { readonly probes: string; readonly profiles: string; readonly at: number } | null = null;
  /** Profiles of what is held. */
  private readonly profiles = new Set<string>();
  /** Held since the last round, and whether each has had its further chance. */
  private fresh = new Map<number, boolean>();
  /** At work on their further chance. */
  private readonly onLastChance = new Set<number>();
  /** Of the round that goes on: why one could not be put back to work. */
  private failure: unknown = null;

  constructor(parts: HeldRetrierParts) {
    this.parts = parts;
    this.causes = new HeldCauses(parts);
    this.untaken = new UntakenFiles(parts);
  }

  /** An item came to its end: if it is held it is looked at in the next round. */
  ended({ id, state }: Item): void {
    const hadChance = this.onLastChance.delete(id);
    if (state === 'held') this.fresh.set(id, hadChance);
  }

  /**
   * Looks at what was held since the last round, and at all that is held where a cause is another one than then (and
   * every hour), page by page and never for long at a stretch; returns how many work again. One that cannot be put back
   * to work hinders no other, and is tried again in the next round: rejects with the first such failure at the end.
   */
  async run(): Promise<number> {
    this.failure = null;
    const retried = await this.round();
    if (this.failure !== null) throw this.failure;
    return retried;
  }

  private async round(): Promise<number> {
    const { items } = this.parts.ledger;
    const { fresh } = this;
    this.fresh = new Map();
    let retried = await this.each(
      (after) => items.untaken({ after, limit: PAGE }),
      async (item) => this.told(item, await this.untaken.look(item)),
    );
    this.untaken.forgetEnded();
    if (items.countKept('held') === 0) return retried;
    const before = this.seen;
    const probes = await this.causes.ofProbes();
    const isSame = before?.probes === probes && before.profiles === this.causes.ofProfiles(this.profiles);
    const mayTryAgain = ({ id }: Item) => (before === null ? !this.onLastChance.has(id) : fresh.get(id) === false);
    const retry = async (item: Item) => (await this.causeIsGone(item, mayTryAgain(item))) && (await this.retry(item));
    this.seen = null; // until the round is through
    if (isSame && this.parts.clock.monotonic() - before.at < ALL_AGAIN_MS) {
      const those = [...fresh.keys()].flatMap((id) => items.find(id) ?? []).filter(({ state }) => state === 'held');
      for (const item of those) if (await this.tried(item, retry)) retried += 1;
      this.seen = before;
      return retried;
    }
    retried += await this.each((after) => items.inState('held', { after, limit: PAGE }), retry);
    this.seen = { probes, profiles: this.causes.ofProfiles(this.profiles), at: this.parts.clock.monotonic() };
    return retried;
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

  private async each(
    pageBehind: (after: number) => readonly Item[],
    retry: (item: Item) => Promise<boolean>,
  ): Promise<number> {
    let retried = 0;
    for (let after = 0; ; ) {
      const page = pageBehind(after);
      const last = page.at(-1);
      if (last === undefined) return retried;
      after = last.id;
      for (const item of page) if (await this.tried(item, retry)) retried += 1;
      await setImmediate();
    }
  }

  /** False also when a person settled it while the others were looked at. */
  private async tried(item: Item, retry: (item: Item) => Promise<boolean>): Promise<boolean> {
    try {
      return await retry(item);
    } catch (error) {
      if (error instanceof DropgateError && error.code === 'ILLEGAL_TRANSITION') return false;
      this.failure ??= error;
      this.fresh.set(item.id, false);
      return false;
    }
  }

  private async causeIsGone(item: Item, mayTryAgain: boolean): Promise<boolean> {
    const { verdict } = item;
    if (verdict === null || item.destination === null) return false;
    const plan = planNow(this.parts.ledger.submissions.get(item.submissionId).plan, this.parts.probesNow);
    this.profiles.add(plan.profile);
    if (verdict.kind === 'clean') {
      const unseen = probesUnseen(this.parts.ledger, item, plan).length > 0;
      return unseen && (await this.parts.gate.state(plan.required)).open;
    }
    if (verdict.kind !== 'unverified' || !mayRetryHeld(verdict.reason)) return false;
    if (verdict.rule === ENGINE_DIED || this.parts.ledger.jobs.isPoisoned(item.id)) return false;
    if (!(await this.parts.gate.state(plan.required)).open) return false;
    if (verdict.reason === 'probe_missing') return true;
    // a probe that failed on the file gets one more chance from each engine, then only from a change
    if (verdict.reason === 'probe_error' && mayTryAgain) {
      this.onLastChance.add(item.id);
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
