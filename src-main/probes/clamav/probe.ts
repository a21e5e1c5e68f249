import { messageOf, ProbeError, toDropgateError } from '../../base/errors';
import { notReady } from '../../base/not-ready';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { ClamavSettings } from '../../contract/settings';
import { EICAR } from '../canary-files';
import { abortError, throwIfAborted, whileWanted, withDeadline } from '../deadline';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import type { Backend, Readiness } from './backend';
import { Backends } from './backends';
import { LimitProof } from './limit-proof';
import { looksLikePdf } from './pdf';
import { startCommand } from './start-command';
import { configuredTarget, isOnThisMachine, targetName } from './target';
import { limitReport, partialPdfReport, tooLargeReport, toReport } from './to-report';

export { findClamdSocket } from './find-socket';

/** As many as an engine works on at once: they wait here, in one list, for one of the 32 places of a session. */
const CONCURRENCY = 160;
const USUAL_TIMEOUT_SECONDS = 120;
/** How long describe() believes its last answer, and scan() that ClamAV is as it was described, but for each OK. */
const HEALTH_TTL_MS = 2000;
const SCAN_TTL_MS = 60_000;
/** For a look behind an OK: two, each waiting its longest for a busy clamd. */
const CONFIRM_MS = 30_000;

/**
 * The `clamav` probe: asks clamd about staged files, by their path or as a stream, or starts clamscan where there is no
 * clamd. `settings` undefined: nothing is configured, and what is found on this machine is used. `stagingDirs`: where
 * staged files lie; test files of the probe's own are written below them.
 */
export function createClamavProbe(
  settings: ClamavSettings | undefined,
  options: { stagingDirs: readonly string[] },
): Probe {
  return new ClamavProbe(settings, options.stagingDirs);
}

interface Known {
  readonly backend: Backend;
  readonly readiness: Readiness;
  readonly proof: LimitProof;
  readonly at: number;
}

class ClamavProbe implements Probe {
  private readonly settings: ClamavSettings | undefined;
  private readonly fixed: ProbeManifest;
  private told: ProbeManifest;
  private readonly backends: Backends;
  private readonly closing = new AbortController();
  private known: Known | null = null;
  private asking: Promise<Known> | null = null;

  constructor(settings: ClamavSettings | undefined, stagingDirs: readonly string[]) {
    const timeoutMs = (settings?.timeoutSeconds ?? USUAL_TIMEOUT_SECONDS) * 1000;
    this.settings = settings;
    this.fixed = manifestOf(settings, timeoutMs);
    this.told = { ...this.fixed, options: null };
    this.backends = new Backends({ settings, stagingDirs, timeoutMs });
  }

  /** `options` follow the ClamAV that is there now: its configuration, its last start, signatures without a version. */
  get manifest(): ProbeManifest {
    const resultsDependOn = this.known?.readiness.resultsDependOn ?? null;
    const options = resultsDependOn === null ? null : `${this.fixed.options} ${resultsDependOn}`;
    if (options !== this.told.options) this.told = { ...this.fixed, options };
    return this.told;
  }

  async describe(signal: AbortSignal): Promise<ProbeHealth> {
    try {
      const { readiness, proof } = await this.knownSince(HEALTH_TTL_MS, signal);
      const { versions, notes } = readiness;
      return {
        state: 'ready',
        problem: null,
        engineVersion: readiness.engineVersion,
        databaseVersion: versions.database,
        databaseDate: versions.databaseDate,
        signatures: null,
        maxBytes: proof.maxBytes,
        notes: proof.note === null ? [...notes] : [proof.note, ...notes],
      };
    } catch (error) {
      const command = await startCommand(this.settings, signal);
      return { ...notReady(messageOf(error)), ...(command === null ? {} : { startCommand: command }) };
    }
  }

  async scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    const known = await this.knownSince(SCAN_TTL_MS, signal);
    try {
      return await this.scanWith(known, item, context, signal);
    } catch (error) {
      const failure = asProbeError(error);
      const isGone = failure.code === 'PROBE_UNAVAILABLE' || failure.code === 'PROBE_DIED';
      if (isGone && this.known === known) this.known = null;
      throw failure;
    }
  }

  async close(): Promise<void> {
    this.closing.abort(new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed'));
    await this.backends.close();
  }

  private async scanWith(
    known: Known,
    item: StagedItem,
    context: ScanContext,
    signal: AbortSignal,
  ): Promise<ProbeReport> {
    const { backend, readiness, proof } = known;
    if (!proof.covers(item.size)) await whileWanted(proof.ensure(item.size, this.closing.signal), signal);
    if (item.size > proof.maxBytes) return tooLargeReport(item.size, proof.maxBytes, readiness);
    // waiting included: a scan must not look shorter than ClamAV's own limit of time
    const started = performance.now();
    try {
      const file = { path: item.path, size: item.size, content: item.hashes.sha256 };
      const answer = await backend.scan(file, signal, () => context.begins());
      const tookMs = performance.now() - started;
      if (answer.kind === 'ok') {
        // anew: what the look takes is not the file's time
        context.begins();
        await this.confirm(known, context, signal);
      }
      if (answer.kind === 'refused') throw new ProbeError('PROBE_FAILED', 'ClamAV did not look at the file');
      if (answer.kind === 'ok' && !readiness.tellsLimits && (await looksLikePdf(item.path))) {
        return partialPdfReport(readiness);
      }
      return toReport(answer, tookMs, readiness);
    } catch (error) {
      if (error instanceof ProbeError && error.code === 'PROBE_LIMIT') return limitReport(error.message, readiness);
      throw error;
    }
  }

  /** Its lateness is ClamAV's and may pass, so it is told before the file's own deadline, which would be the file's fault. */
  private async confirm({ backend, readiness }: Known, { limits }: ScanContext, signal: AbortSignal): Promise<void> {
    const ms = Math.min(CONFIRM_MS, 0.8 * Math.min(this.fixed.timeoutMs, limits.seconds * 1000));
    try {
      await withDeadline('ClamAV', ms, signal, (limited) => backend.confirm(readiness, limited));
    } catch (error) {
      throwIfAborted(signal);
      if (!(error instanceof ProbeError) || error.code !== 'PROBE_TIMEOUT') throw error;
      throw new ProbeError('PROBE_UNAVAILABLE', 'clamd is too busy to be asked once more behind its OK', {
        cause: error,
      });
    }
  }

  /** ClamAV as it is, or as it was found at most `ms` ago. Rejects with a ProbeError when it is not ready. */
  private async knownSince(ms: number, signal: AbortSignal): Promise<Known> {
    throwIfAborted(signal);
    throwIfAborted(this.closing.signal);
    if (this.known !== null && performance.now() - this.known.at < ms) return this.known;
    this.asking ??= this.look().finally(() => {
      this.asking = null;
    });
    return whileWanted(this.asking, signal);
  }

  private async look(): Promise<Known> {
    const { signal } = this.closing;
    const before = this.known;
    try {
      const { backend, readiness } = await this.backends.choose(signal);
      throwIfAborted(signal);
      const proof =
        before?.proof.isFor(backend, readiness) === true
          ? before.proof
          : new LimitProof(backend, readiness, this.backends.canaryDir);
      this.known = { backend, readiness, proof, at: performance.now() };
      return this.known;
    } catch (error) {
      this.known = null;
      if (signal.aborted) throw abortError(signal);
      throw asProbeError(error);
    }
  }
}

function manifestOf(settings: ClamavSettings | undefined, timeoutMs: number): ProbeManifest {
  const target = configuredTarget(settings);
  return {
    id: 'clamav',
    title: 'ClamAV',
    category: 'antivirus',
    kind: 'local',
    accepts: null,
    // the probe's own deadline of one file comes first
    timeoutMs: timeoutMs + 5000,
    concurrency: CONCURRENCY,
    queues: true,
    unpacks: false,
    dependsOn: 'content',
    privacy: target === null || isOnThisMachine(target) ? 'local' : 'uploads-bytes',
    canary: { fileName: 'eicar.com', bytes: EICAR },
    needs: { type: false, allHashes: false },
    options: JSON.stringify([target === null ? 'found' : targetName(target), settings?.binary ?? null]),
  };
}

function asProbeError(error: unknown): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code, message } = toDropgateError(error, 'PROBE_FAILED');
  return new ProbeError(code, `ClamAV failed: ${message}`, { cause: error });
}
