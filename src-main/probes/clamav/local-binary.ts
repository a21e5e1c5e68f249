import NodeClam from 'clamscan';
import { messageOf, ProbeError } from '../../base/errors';
import { rm, stat } from '../../base/files';
import { findProgram } from '../../base/find-program';
import { Limiter } from '../../base/limiter';
import { createCanaryFile, EICAR } from '../canary-files';
import { throwIfAborted, withDeadline } from '../deadline';
import type { Answer } from './answer';
import type { Backend, Readiness, ScanTarget } from './backend';
import { ChildWatch, type Watched } from './child-watch';
import { parseVersion, type Versions } from './version';

/** Each run loads the whole database: a gigabyte and some seconds. */
const AT_ONCE = 2;
/** So a canary is scanned when the version changes, and now and then. */
const CANARY_TTL_MS = 600_000;
const VERSION_MS = 20_000;
/** clamscan's MaxScanTime; npm clamscan cannot set another. */
const SILENT_TIMEOUT_MS = 120_000;

export interface LocalBinaryOptions {
  readonly program: string;
  readonly timeoutMs: number;
  readonly claimedLimit: number;
  readonly stagingDir: string;
}

/** ClamAV's own program, started for every file by npm clamscan, which reads what it prints. */
export class LocalBinary implements Backend {
  private readonly options: LocalBinaryOptions;
  private readonly runs = new Limiter(AT_ONCE);
  private readonly children = new ChildWatch();
  private readonly closing = new AbortController();
  private scanner: Promise<NodeClam> | null = null;
  private proof: { readonly version: string; readonly until: number } | null = null;

  constructor(options: LocalBinaryOptions) {
    this.options = options;
  }

  async ready(signal: AbortSignal): Promise<Readiness> {
    const { result: text } = await this.guarded(VERSION_MS, signal, async () => (await this.open()).getVersion());
    const versions = parseVersion(text);
    if (this.proof?.version !== text || performance.now() > this.proof.until) {
      await this.scanCanary(versions, signal);
      this.proof = { version: text, until: performance.now() + CANARY_TTL_MS };
    }
    return {
      versions,
      engineVersion: `clamscan ${versions.engine}`,
      generation: `clamscan ${text}`,
      identity: text,
      resultsDependOn: null,
      claimedLimit: this.options.claimedLimit,
      tellsLimits: false,
      silentTimeoutMs: SILENT_TIMEOUT_MS,
      stopsAtAlerts: false, // clamscan's default, and nobody says otherwise
      notes: [`every file starts ${this.options.program}, which is slow; clamd is many times faster`],
    };
  }

  async scan(file: ScanTarget, signal: AbortSignal, onBegin?: () => void): Promise<Answer> {
    if (/^[^/\\A-Za-z]|[\0\n]|^\s|\s$/.test(file.path)) {
      throw new ProbeError('PROBE_FAILED', 'a path that cannot be given to clamscan');
    }
    if (file.size === 0) return answerOfEmpty(file.path);
    const ask = () => {
      onBegin?.();
      return this.ask(file.path, signal);
    };
    return this.run(ask, signal);
  }

  /** Each run loads the signatures for itself: another run would say nothing about the one before. */
  async confirm(): Promise<void> {}

  async close(): Promise<void> {
    this.closing.abort(new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed'));
    this.children.close();
  }

  private async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await this.runs.run(work, signal);
    } catch (error) {
      throwIfAborted(signal);
      throw error;
    }
  }

  /** npm clamscan takes a last line `x: OK` for clean even when clamscan ended with 1: so both must say it. */
  private async ask(path: string, signal: AbortSignal): Promise<Answer> {
    const scanner = await this.open();
    const { result, exitCodes } = await this.guarded(this.options.timeoutMs, signal, () => scanner.isInfected(path));
    const names: unknown[] = Array.isArray(result.viruses) ? result.viruses : [];
    if (result.isInfected === true) return { kind: 'found', name: latin1Of(names[0]) };
    if (result.isInfected === false && exitCodes.length === 1 && exitCodes[0] === 0) return { kind: 'ok' };
    throw new ProbeError('PROBE_BAD_REPLY', 'clamscan gave no answer about the file');
  }

  /** Under a deadline that kills, and that close() brings forward. Rejects with ProbeError only. */
  private guarded<T>(ms: number, signal: AbortSignal, work: () => Promise<T>): Promise<Watched<T>> {
    const either = AbortSignal.any([signal, this.closing.signal]);
    return withDeadline('ClamAV', ms, either, async (deadline) => {
      try {
        return await this.children.run(work, deadline);
      } catch (error) {
        throwIfAborted(deadline);
        if (error instanceof ProbeError) throw error;
        throw new ProbeError('PROBE_FAILED', `${this.options.program} failed: ${messageOf(error)}`, { cause: error });
      }
    });
  }

  private open(): Promise<NodeClam> {
    const path = findProgram(this.options.program);
    if (path === null) {
      const message = `ClamAV is not there: no clamd was found, and the program ${this.options.program} is not installed; install clamav-daemon, or set probes.clamav.socket, host and port, or binary`;
      return Promise.reject(new ProbeError('PROBE_UNAVAILABLE', message));
    }
    this.scanner ??= new NodeClam()
      .init({
        preference: 'clamscan',
        clamscan: { path, active: true },
        clamdscan: { active: false, localFallback: false, path: false },
      })
      .catch((error: unknown) => {
        this.scanner = null;
        throw error;
      });
    return this.scanner;
  }

  private async scanCanary(versions: Versions, signal: AbortSignal): Promise<void> {
    const { path, handle } = await createCanaryFile(this.options.stagingDir);
    try {
      await handle.write(EICAR);
      const file = { path, size: EICAR.length, content: 'canary' };
      if ((await this.scan(file, signal)).kind === 'found') return;
    } catch (error) {
      throwIfAborted(signal);
      const message = `${messageOf(error)} (on the EICAR test file); is there a signature database? Run freshclam, or start clamd`;
      throw new ProbeError('PROBE_UNAVAILABLE', message, { cause: error });
    } finally {
      await handle.close();
      await rm(path, { force: true });
    }
    const message = `clamscan ${versions.engine} does not find the EICAR test file; renew its signatures (freshclam)`;
    throw new ProbeError('PROBE_UNAVAILABLE', message);
  }
}

function latin1Of(name: unknown): string {
  return typeof name === 'string' && name !== '' ? Buffer.from(name).toString('latin1') : 'unnamed';
}

/** clamscan says "Empty file" and no more; a file that is seen to hold no byte holds nothing that could be found. */
async function answerOfEmpty(path: string): Promise<Answer> {
  const size = await stat(path).then(
    (file) => file.size,
    (error: unknown) => {
      throw new ProbeError('SOURCE_UNREADABLE', 'the staged file cannot be read', { cause: error });
    },
  );
  if (size === 0) return { kind: 'ok' };
  throw new ProbeError('SOURCE_CHANGED', 'the staged file does not have the size it was hashed with');
}
