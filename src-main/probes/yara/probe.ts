import { totalmem } from 'node:os';
import { ProbeError } from '../../base/errors';
import { notReady } from '../../base/not-ready';
import type { Finding } from '../../contract/finding';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { YaraSettings } from '../../contract/settings';
import { EICAR } from '../canary-files';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import type { Ready } from './pool';
import { type Generation, RuleKeeper } from './rule-keeper';
import { abortError } from './scan-task';

/** Scans asked for at once: the windows of two children. */
const CONCURRENCY = 64;

function manifestOf(settings: YaraSettings): ProbeManifest {
  return {
    id: 'yara',
    title: 'YARA',
    category: 'antivirus',
    kind: 'local',
    accepts: null,
    // the pool's own deadline of one file, which ends the child, comes first
    timeoutMs: settings.timeoutSeconds * 1000 + 5000,
    concurrency: CONCURRENCY,
    queues: true,
    unpacks: false,
    dependsOn: 'content',
    privacy: 'local',
    canary: { fileName: 'eicar.com', bytes: EICAR },
    needs: { type: false, allHashes: false },
    options: '',
  };
}

/**
 * The probe `yara`: YARA rules in a pool of child processes that start when they are first needed. `builtInRules` is
 * the absolute path of resources/rules; settings.rules adds files and folders. Any rule file that does not compile
 * makes the whole probe not ready.
 */
export function createYaraProbe(settings: YaraSettings, options: { readonly builtInRules: string }): Probe {
  return new YaraProbe(settings, options.builtInRules);
}

class YaraProbe implements Probe {
  readonly manifest: ProbeManifest;
  private readonly settings: YaraSettings;
  private readonly keeper: RuleKeeper;

  constructor(settings: YaraSettings, builtInRules: string) {
    this.manifest = manifestOf(settings);
    this.settings = settings;
    this.keeper = new RuleKeeper({
      builtInRules,
      places: settings.rules,
      processes: settings.processes,
      timeoutMs: settings.timeoutSeconds * 1000,
    });
  }

  async describe(signal: AbortSignal): Promise<ProbeHealth> {
    try {
      return this.healthOf(await unlessAborted(this.keeper.refresh(), signal));
    } catch (error) {
      if (signal.aborted) return notReady('the rules are still being compiled');
      if (error instanceof ProbeError) return notReady(error.message);
      throw error;
    }
  }

  async scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    const generation = this.keeper.ready ?? (await this.compiled(signal));
    const most = this.maxBytes(generation);
    if (item.size > most) return this.tooLarge(generation, item.size, most);
    if (/[\0\n\r]/.test(item.path)) {
      throw new ProbeError('PROBE_FAILED', 'the path holds a line break', { retryable: false });
    }
    const findings = await generation.pool.scan(item.path, item.size, signal, () => context.begins());
    return report(generation, findings, { kind: 'complete' });
  }

  close(): Promise<void> {
    return this.keeper.close();
  }

  private async compiled(signal: AbortSignal): Promise<Generation> {
    try {
      return await unlessAborted(this.keeper.current(), signal);
    } catch (error) {
      if (!(error instanceof ProbeError) || error.code !== 'RULES_INVALID') throw error;
      throw new ProbeError('PROBE_UNAVAILABLE', error.message, { cause: error });
    }
  }

  private maxBytes({ ready }: Generation): number {
    return Math.min(this.settings.maxBytes, ready.maxBytes ?? Number.POSITIVE_INFINITY);
  }

  private tooLarge(generation: Generation, size: number, most: number): ProbeReport {
    const detail = `YARA looks at files up to ${most} bytes and this one has ${size}`;
    return report(generation, [], { kind: 'incomplete', reason: 'limit_exceeded', detail });
  }

  private healthOf(generation: Generation): ProbeHealth {
    const { ready, rules } = generation;
    return {
      state: 'ready',
      problem: null,
      engineVersion: ready.engineVersion,
      databaseVersion: rules.version,
      databaseDate: rules.date,
      signatures: ready.rules,
      maxBytes: this.maxBytes(generation),
      notes: [engineNote(ready), ...this.memoryNotes(generation)],
    };
  }

  /** The library holds a file whole in memory; the kernel may end a child that asks for more than there is. */
  private memoryNotes(generation: Generation): string[] {
    const needed = this.maxBytes(generation) * this.settings.processes;
    if (needed <= totalmem() / 2) return [];
    const gib = (needed / 1024 ** 3).toFixed(1);
    return [`the largest accepted files may need ${gib} GiB of memory (probes.yara.maxBytes x processes)`];
  }
}

function engineNote({ engineVersion, fallback }: Ready): string {
  if (fallback === null) return `engine ${engineVersion}`;
  return `engine ${engineVersion}: much slower, because the native library is not used (${fallback})`;
}

function report(generation: Generation, findings: Finding[], coverage: ProbeReport['coverage']): ProbeReport {
  return {
    statement: findings.length > 0 ? 'found' : 'nothing_found',
    findings,
    coverage,
    engineVersion: generation.ready.engineVersion,
    databaseVersion: generation.rules.version,
  };
}

/** The promise's outcome, or a rejection as soon as the signal aborts; the promise itself goes on. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(abortError(signal));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
