import { backoffMs } from '../base/backoff';
import { type Clock, sleep } from '../base/clock';
import { ProbeError, toDropgateError } from '../base/errors';
import type { JobOutcome } from '../contract/job-outcome';
import { type ProbeHealth, type ProbeReport, probeReportSchema } from '../contract/probe-report';
import type { Plan } from '../contract/submission';
import type { Probe, ScanContext, StagedItem } from '../probes/probe';
import { cacheKey } from './cache';
import type { ActiveProbe, ProbeSet } from './probe-set';
import { scanInTime } from './scan-in-time';

/** Attempts of one job in all. A probe process that dies on the same item twice is not given a third. */
const MOST_ATTEMPTS = 3;
const MOST_DEATHS = 2;
const RETRY = { firstMs: 200, mostMs: 2000 } as const;

export interface JobResult {
  readonly outcome: JobOutcome;
  readonly durationMs: number | null;
  readonly cached: boolean;
  /** Under which the report may be used again; null when it may not. */
  readonly cacheKey: string | null;
}

/** What a job may ask of the pipeline around it. */
export interface JobHooks {
  readonly context: Omit<ScanContext, 'begins'>;
  /** True when the report means nothing elsewhere and is not cached: children were staged, or there was no room for them. */
  readonly isOfThisTree: () => boolean;
  /** Before each further attempt: what the failed one left is removed, and the attempt is recorded. */
  readonly onRetry: () => Promise<void>;
  readonly findCached: (key: string) => ProbeReport | null;
}

/** An item whose type nobody told is looked at: only a known type is a reason not to. */
function accepts(probe: Probe, item: StagedItem): boolean {
  const { accepts: patterns } = probe.manifest;
  if (patterns === null || item.type === null) return true;
  const subjects = [item.type.mime, item.type.description];
  return patterns.some((pattern) => subjects.some((subject) => new RegExp(pattern, 'i').test(subject)));
}

const ended = (outcome: JobOutcome): JobResult => ({ outcome, durationMs: null, cached: false, cacheKey: null });

/** Runs one probe on one item to its end, with deadline, retries and cache. Rejects only when `signal` aborts. */
export class JobRunner {
  private readonly probes: ProbeSet;
  private readonly clock: Clock;

  constructor(probes: ProbeSet, clock: Clock) {
    this.probes = probes;
    this.clock = clock;
  }

  async run(id: string, item: StagedItem, plan: Plan, hooks: JobHooks, signal: AbortSignal): Promise<JobResult> {
    const active = this.probes.get(id);
    const health = this.probes.knownHealth(id) ?? (await this.probes.health(id));
    if (active === null || health.state !== 'ready') {
      return ended({ kind: 'skipped', reason: 'probe_missing', detail: health.problem ?? 'it is not ready' });
    }
    if (!accepts(active.probe, item)) {
      const reason = active.probe.manifest.others === 'unsupported' ? 'type_unsupported' : 'type_not_accepted';
      return ended({ kind: 'skipped', reason, detail: item.type?.mime ?? 'unknown type' });
    }
    // a scan's ledger goes with it: nothing to find there, and nobody to keep anything for
    const key = plan.mode === 'gate' ? cacheKey(active.probe.manifest, health, item, plan) : null;
    const cached = key === null || plan.force ? null : hooks.findCached(key);
    if (cached !== null)
      return { outcome: { kind: 'report', report: cached }, durationMs: 0, cached: true, cacheKey: key };
    return this.attempt(active, health, key, item, plan, hooks, signal);
  }

  private async attempt(
    active: ActiveProbe,
    health: ProbeHealth,
    key: string | null,
    item: StagedItem,
    plan: Plan,
    hooks: JobHooks,
    signal: AbortSignal,
  ): Promise<JobResult> {
    const { id } = active.probe.manifest;
    const started = this.clock.monotonic();
    let deaths = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const report = await active.limiter.run(() => scan(active.probe, item, plan, hooks, signal), signal);
        const reusable = key !== null && !hooks.isOfThisTree() && sameVersions(report, health);
        const durationMs = this.clock.monotonic() - started;
        return { outcome: { kind: 'report', report }, durationMs, cached: false, cacheKey: reusable ? key : null };
      } catch (thrown) {
        signal.throwIfAborted();
        const error = toDropgateError(thrown, 'PROBE_FAILED');
        this.probes.doubt(id);
        if (error.code === 'PROBE_DIED') deaths += 1;
        if (error.retryable && attempt < MOST_ATTEMPTS && deaths < MOST_DEATHS) {
          await sleep(backoffMs(attempt, RETRY.firstMs, RETRY.mostMs), signal);
          await hooks.onRetry();
          if ((await this.probes.health(id)).state === 'ready') continue;
        }
        return this.failed(id, error.code === 'CANCELLED' ? 'PROBE_FAILED' : error.code, error.message, started);
      }
    }
  }

  /** A failure of a probe that is not there any more is its absence, not the file's fault. */
  private async failed(
    id: string,
    code: Extract<JobOutcome, { kind: 'error' }>['code'],
    message: string,
    started: number,
  ): Promise<JobResult> {
    const health = await this.probes.health(id);
    if (health.state !== 'ready' && code !== 'PROBE_DIED' && code !== 'PROBE_TIMEOUT') {
      return ended({ kind: 'skipped', reason: 'probe_missing', detail: health.problem ?? message });
    }
    const durationMs = this.clock.monotonic() - started;
    return { outcome: { kind: 'error', code, message }, durationMs, cached: false, cacheKey: null };
  }
}

/** One attempt under the probe's deadline and the profile's. */
async function scan(
  probe: Probe,
  item: StagedItem,
  plan: Plan,
  hooks: JobHooks,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const ms = Math.min(probe.manifest.timeoutMs, plan.limits.seconds * 1000);
  return checked(probe, await scanInTime(probe, item, hooks.context, ms, signal));
}

/** Throws PROBE_BAD_REPLY for anything that is not a whole report. */
function checked(probe: Probe, report: unknown): ProbeReport {
  const parsed = probeReportSchema.safeParse(report);
  if (parsed.success) return parsed.data;
  throw new ProbeError('PROBE_BAD_REPLY', `${probe.manifest.title} gave no valid report`, { cause: parsed.error });
}

/** A database that was renewed during the scan: the report belongs to neither version for sure. */
function sameVersions(report: ProbeReport, health: ProbeHealth): boolean {
  return report.engineVersion === health.engineVersion && report.databaseVersion === health.databaseVersion;
}
