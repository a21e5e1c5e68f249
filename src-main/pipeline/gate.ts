import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../base/clock';
import { messageOf } from '../base/errors';
import { mkdir, writeFile } from '../base/files';
import type { FileType } from '../contract/item';
import { type ProbeHealth, probeReportSchema } from '../contract/probe-report';
import type { Limits } from '../contract/settings';
import type { MemberContent, Probe, StagedItem } from '../probes/probe';
import type { ProbeSet } from './probe-set';
import { scanInTime } from './scan-in-time';

/** A canary's answer is believed for this long while nothing changes. */
const CANARY_TTL_MS = 60_000;
const CANARY_TIMEOUT_MS = 60_000;

export type CanaryResult =
  | { readonly kind: 'found'; readonly ms: number }
  | { readonly kind: 'none'; readonly ms: 0 }
  | { readonly kind: 'failed'; readonly problem: string; readonly ms: number };

export type GateState =
  | { readonly open: true }
  | { readonly open: false; readonly reason: string; readonly probe: string };

const OPEN = { open: true } as const;

interface Proof {
  readonly result: CanaryResult;
  /** Versions that it holds for. */
  readonly versions: string;
  /** The answer about its health with which it was last seen to hold: many files are decided on one answer. */
  health: ProbeHealth;
  readonly until: number;
}

/** What the gate needs besides the probes: a private folder, and a way to tell the type of the canary's bytes. */
export interface GateOptions {
  readonly folder: string;
  readonly limits: Limits;
  readonly detectType: (bytes: Uint8Array) => Promise<FileType>;
  readonly clock: Clock;
}

/**
 * The gate state: open while every required probe is ready and its last canary passed. A canary is a harmless file
 * that a probe must find something in; a probe that overlooks it is not believed about any other file.
 */
export class Gate {
  private readonly proofs = new Map<string, Proof>();
  private readonly running = new Map<string, Promise<CanaryResult>>();
  private readonly probes: ProbeSet;
  private readonly options: GateOptions;

  constructor(probes: ProbeSet, options: GateOptions) {
    this.probes = probes;
    this.options = options;
  }

  /** The state for one set of required probes, from fresh knowledge: health at most two seconds old, canaries as above. */
  async state(required: readonly string[]): Promise<GateState> {
    for (const id of required) {
      const health = await this.probes.health(id);
      if (health.state !== 'ready') return { open: false, probe: id, reason: health.problem ?? 'it is not ready' };
      const canary = await this.canary(id);
      if (canary.kind === 'failed') return { open: false, probe: id, reason: canary.problem };
    }
    return OPEN;
  }

  /** What state() would say at once: open, or null when something must be asked. */
  known(required: readonly string[]): GateState | null {
    return required.every((id) => this.isProven(id)) ? OPEN : null;
  }

  /** Whether nothing need be asked about a probe: ready by an answer that holds, with which its canary was found. */
  private isProven(id: string): boolean {
    const health = this.probes.knownHealth(id);
    const proof = this.proofs.get(id);
    if (health === null || health.state !== 'ready' || proof === undefined) return false;
    return proof.health === health && proof.result.kind !== 'failed' && proof.until > this.options.clock.monotonic();
  }

  /** Runs the canary of a probe, unless an earlier answer still holds. `fresh` runs it in any case. Never rejects. */
  async canary(id: string, fresh = false): Promise<CanaryResult> {
    const health = await this.probes.health(id);
    const versions = JSON.stringify([health.engineVersion, health.databaseVersion, health.signatures]);
    const proof = this.proofs.get(id);
    if (!fresh && proof?.versions === versions && proof.until > this.options.clock.monotonic()) {
      proof.health = health;
      return proof.result;
    }
    const running = this.running.get(id);
    if (running !== undefined) return running;
    const run = this.prove(id).finally(() => this.running.delete(id));
    this.running.set(id, run);
    const result = await run;
    const ttl = result.kind === 'failed' ? 1000 : CANARY_TTL_MS;
    this.proofs.set(id, { result, versions, health, until: this.options.clock.monotonic() + ttl });
    return result;
  }

  private async prove(id: string): Promise<CanaryResult> {
    const probe = this.probes.get(id)?.probe;
    if (probe === undefined) return { kind: 'failed', problem: `there is no probe ${id}`, ms: 0 };
    if (probe.manifest.canary === null) return { kind: 'none', ms: 0 };
    const started = this.options.clock.monotonic();
    const ms = () => this.options.clock.monotonic() - started;
    try {
      const found = await this.scanCanary(probe, probe.manifest.canary.fileName, probe.manifest.canary.bytes);
      if (found) return { kind: 'found', ms: ms() };
      return { kind: 'failed', problem: `${probe.manifest.title} overlooked its own test file`, ms: ms() };
    } catch (error) {
      return {
        kind: 'failed',
        problem: `the test file of ${probe.manifest.title} failed: ${messageOf(error)}`,
        ms: ms(),
      };
    }
  }

  private async scanCanary(probe: Probe, fileName: string, bytes: Uint8Array): Promise<boolean> {
    const { folder, limits, detectType } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o750 });
    const path = join(folder, `${probe.manifest.id}.canary`);
    await writeFile(path, bytes, { mode: 0o640 });
    const sum = (name: string) => createHash(name).update(bytes).digest('hex');
    const item: StagedItem = {
      path,
      name: Buffer.from(fileName),
      size: bytes.length,
      hashes: { sha256: sum('sha256'), sha1: sum('sha1'), md5: sum('md5') },
      type: await detectType(bytes),
    };
    const context = { limits, passwords: [], addChild: drain, isOverLimit: () => false };
    const ms = Math.min(CANARY_TIMEOUT_MS, limits.seconds * 1000);
    const report = probeReportSchema.parse(await scanInTime(probe, item, context, ms, new AbortController().signal));
    return report.statement === 'found' && report.findings.some((finding) => finding.severity !== 'info');
  }
}

/** A canary's members are read to their end and kept nowhere. */
async function drain(_name: Uint8Array, content: MemberContent): Promise<void> {
  if (!(content instanceof Uint8Array)) for await (const _chunk of content);
}
