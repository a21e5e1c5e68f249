import { messageOf, ProbeError } from '../../base/errors';
import { rm, stat } from '../../base/files';
import { Limiter } from '../../base/limiter';
import type { ClamavSettings } from '../../contract/settings';
import { createCanaryFile, EICAR, nestedCanary } from '../canary-files';
import { throwIfAborted, whileWanted, withDeadline } from '../deadline';
import { readPieces } from '../read-pieces';
import { type Answer, isAccessRefusal, quoted, refusalError } from './answer';
import type { Backend, Readiness, ScanTarget } from './backend';
import { findConfig } from './clamd-config';
import { ask } from './conversation';
import { claimedLimit, limitNotes, silentTimeoutMs } from './limits';
import { hasOfficialSignaturesOnly } from './official-signatures';
import { SessionScanner } from './session-scanner';
import { SharedLook } from './shared-look';
import { scanStream } from './stream-scan';
import { Suspects } from './suspects';
import { isOnThisMachine, type Target, targetName } from './target';
import { LIMIT_ALERT } from './to-report';
import { parseVersion } from './version';

/** Connections of INSTREAM at once. */
const STREAMS = 8;
const VERSION_MS = 5000;
const CANARY_MS = 10_000;
/** A busy clamd lets the canary wait; for so long an earlier one stands. */
const CANARY_TTL_MS = 120_000;
/** Between two looks at whether it still is the same while files end: their OKs wait for the next one. */
const LOOK_REST_MS = 20;
/**
 * The canary is a detection in the operator's clamd, with a line in its log and a run of its VirusEvent: so many in a
 * row, each behind an OK, and then one in so many milliseconds, for the OKs of a second.
 */
const CANARIES_IN_A_ROW = 5;
const CANARY_REST_MS = 1000;
/** A folder that clamd could not read is tried again after this time. */
const STREAM_TTL_MS = 60_000;
/** A daemon elsewhere shows no restart: its limits are proven again after this time. */
const GENERATION_MS = 600_000;

/** How files get to clamd: `path` = it reads them itself, `stream` = they are sent. */
type Mode =
  | { readonly kind: 'path' }
  | { readonly kind: 'stream'; readonly note: string | null; readonly until: number };

export interface DaemonOptions {
  readonly target: Target;
  readonly settings: ClamavSettings | undefined;
  readonly timeoutMs: number;
  /** Folder of our own below each staging folder, as deep as staged files lie. */
  readonly canaryDirs: readonly string[];
}

/** clamd, over a unix socket or TCP. */
export class ClamdDaemon implements Backend {
  private readonly options: DaemonOptions;
  private readonly target: Target;
  private readonly session: SessionScanner;
  private readonly streams = new Limiter(STREAMS);
  private readonly suspects = new Suspects();
  private readonly closing = new AbortController();
  private readonly looks = new SharedLook(() => this.look(), LOOK_REST_MS);
  private mode: Mode | null = null;
  private generation = '';
  /** The last one found: which clamd it was, and when it was asked for. */
  private canary: { readonly identity: string; readonly at: number } | null = null;
  /** In the future: canaries enough were asked for of late. */
  private canariesUntil = Number.NEGATIVE_INFINITY;
  /** Whether it tells of its limits; null = to be tested. */
  private tellsLimits: boolean | null = null;

  constructor(options: DaemonOptions) {
    this.options = options;
    this.target = options.target;
    this.session = new SessionScanner(options.target, options.timeoutMs);
  }

  async ready(signal: AbortSignal): Promise<Readiness> {
    const text = await this.askVersion(signal);
    const versions = parseVersion(text);
    const config = findConfig(this.options.settings, this.target, isOnThisMachine(this.target));
    const identity = await this.identity(text);
    const generation = JSON.stringify([identity, this.era(), config?.file, config?.modified]);
    if (generation !== this.generation) {
      this.generation = generation;
      this.mode = null;
      this.tellsLimits = null;
      this.canary = null;
    }
    const isBusy = await this.proveAlive(text, identity, signal);
    const [tellsLimits, mode] = await Promise.all([this.knownTelling(signal), this.knownMode(signal)]);
    const isOfficial = isOnThisMachine(this.target) && (await hasOfficialSignaturesOnly(config));
    return {
      versions,
      engineVersion: versions.engine,
      generation,
      identity,
      resultsDependOn: isOfficial ? generation : null,
      claimedLimit: claimedLimit(config, this.options.settings, mode.kind),
      tellsLimits,
      silentTimeoutMs: silentTimeoutMs(config, tellsLimits),
      stopsAtAlerts: config?.config.stopsAtAlerts ?? false,
      notes: [...this.notes(mode, isBusy), ...limitNotes(config, this.options.settings, tellsLimits)],
    };
  }

  async scan(file: ScanTarget, signal: AbortSignal, onBegin?: () => void): Promise<Answer> {
    if (this.mode?.kind === 'path') {
      const answer = await this.session.scan(file.path, file.content, signal, onBegin);
      if (answer.kind !== 'refused') return answer;
      if (!isAccessRefusal(answer.text)) throw refusalError(answer.text);
    }
    const answer = await this.stream(file, signal, onBegin);
    if (answer.kind === 'refused') throw refusalError(answer.text);
    return answer;
  }

  async confirm({ identity }: Readiness, signal: AbortSignal): Promise<void> {
    const now = await whileWanted(this.looks.fromNow(), signal);
    if (now === identity) return;
    throw new ProbeError('PROBE_UNAVAILABLE', 'clamd was started anew or got other signatures while it had the file');
  }

  async close(): Promise<void> {
    this.closing.abort(new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed'));
    this.session.close();
  }

  /**
   * Which clamd answers now: see Readiness. Rejects with PROBE_UNAVAILABLE when it cannot be told, or finds no canary,
   * which is asked for when it is due.
   */
  private async look(): Promise<string> {
    const { signal } = this.closing;
    try {
      const version = await this.askVersion(signal);
      const identity = await this.identity(version);
      if (this.isCanaryDue(identity)) await this.proveAlive(version, identity, signal);
      return identity;
    } catch (error) {
      throwIfAborted(signal);
      throw new ProbeError('PROBE_UNAVAILABLE', messageOf(error), { cause: error });
    }
  }

  /** Changes when the daemon at this place was started anew, as far as that can be seen, or tells another version. */
  private async identity(version: string): Promise<string> {
    if (this.target.kind === 'tcp') return version;
    const { ino, ctimeMs } = await stat(this.target.path);
    return `${ino} ${ctimeMs} ${version}`;
  }

  private era(): number {
    return this.target.kind === 'tcp' ? Math.floor(performance.now() / GENERATION_MS) : 0;
  }

  /** Answered at once, also by a busy clamd. */
  private askVersion(signal: AbortSignal): Promise<string> {
    return withDeadline('ClamAV', VERSION_MS, signal, (limited) => ask(this.target, 'VERSION', limited));
  }

  /** Not while the same clamd found one that began within the last second, and those in a row are used up. */
  private isCanaryDue(identity: string): boolean {
    const now = performance.now();
    if (this.canary?.identity !== identity || now - this.canary.at >= CANARY_REST_MS) return true;
    return now >= this.canariesUntil;
  }

  /**
   * A clamd without signatures answers PING and VERSION: only a found canary counts. True = it is busy, has that
   * `version` still, and found an earlier one with the same identity.
   */
  private async proveAlive(version: string, identity: string, signal: AbortSignal): Promise<boolean> {
    const started = performance.now();
    const inARow = started - (CANARIES_IN_A_ROW - 1) * CANARY_REST_MS;
    this.canariesUntil = Math.max(this.canariesUntil, inARow) + CANARY_REST_MS;
    let answer: Answer;
    try {
      answer = await withDeadline('ClamAV', CANARY_MS, signal, (limited) =>
        scanStream(this.target, [EICAR], EICAR.length, limited),
      );
    } catch (error) {
      throwIfAborted(signal);
      const isLate = error instanceof ProbeError && error.code === 'PROBE_TIMEOUT';
      const stands = this.canary?.identity === identity && started - this.canary.at < CANARY_TTL_MS;
      if (isLate && stands && (await this.askVersion(signal)) === version) return true;
      this.canary = null;
      throw error;
    }
    if (answer.kind === 'found') {
      this.canary = { identity, at: started };
      return false;
    }
    this.canary = null;
    const said = answer.kind === 'refused' ? `: ${quoted(answer.text)}` : '';
    const message = `clamd at ${targetName(this.target)} does not find the EICAR test file${said}; look at its signature database (freshclam) and its log, and restart it`;
    throw new ProbeError('PROBE_UNAVAILABLE', message);
  }

  /** What it does, whatever its configuration says: that may have been changed since it was started. */
  private async knownTelling(signal: AbortSignal): Promise<boolean> {
    this.tellsLimits ??= await this.testTelling(signal);
    return this.tellsLimits;
  }

  private async testTelling(signal: AbortSignal): Promise<boolean> {
    const canary = nestedCanary();
    const answer = await withDeadline('ClamAV', CANARY_MS, signal, (limited) =>
      scanStream(this.target, [canary], canary.length, limited),
    );
    return answer.kind === 'found' && answer.name.startsWith(LIMIT_ALERT);
  }

  private async knownMode(signal: AbortSignal): Promise<Mode> {
    const known = this.mode;
    if (known?.kind === 'path') return known;
    if (known !== null && performance.now() < known.until) return known;
    this.mode = await this.testMode(signal);
    return this.mode;
  }

  private async testMode(signal: AbortSignal): Promise<Mode> {
    if (!isOnThisMachine(this.target)) return { kind: 'stream', note: null, until: Number.POSITIVE_INFINITY };
    for (const dir of this.options.canaryDirs) {
      const problem = await this.cannotRead(dir, signal);
      if (problem === null) continue;
      const note = `files are sent to clamd (INSTREAM), because it cannot read ${quoted(dir)}: ${problem}; let clamd's user into the group of that folder and of those above it`;
      return { kind: 'stream', note, until: performance.now() + STREAM_TTL_MS };
    }
    return { kind: 'path' };
  }

  /** Why clamd cannot read files in `dir`; null when it found a canary there. */
  private async cannotRead(dir: string, signal: AbortSignal): Promise<string | null> {
    let made: Awaited<ReturnType<typeof createCanaryFile>>;
    try {
      made = await createCanaryFile(dir);
    } catch (error) {
      return `no test file can be written there (${messageOf(error)})`;
    }
    try {
      await made.handle.write(EICAR);
      const answer = await this.session.scan(made.path, 'canary', signal);
      if (answer.kind === 'found') return null;
      await stat(made.path);
      return answer.kind === 'refused' ? quoted(answer.text) : 'it does not find the test file there';
    } finally {
      await made.handle.close();
      await rm(made.path, { force: true });
    }
  }

  private async stream(file: ScanTarget, signal: AbortSignal, onBegin: (() => void) | undefined): Promise<Answer> {
    const either = AbortSignal.any([signal, this.closing.signal]);
    try {
      const answer = await this.streams.run(() => {
        onBegin?.();
        return withDeadline('ClamAV', this.options.timeoutMs, either, (limited) =>
          scanStream(this.target, readPieces(file.path, limited), file.size, limited),
        );
      }, either);
      this.suspects.clear(file.content);
      return answer;
    } catch (error) {
      throwIfAborted(either);
      throw this.judgeLoss(file, error);
    }
  }

  /** clamd went away while it had this file: the first time it may have been another one's fault. */
  private judgeLoss(file: ScanTarget, error: unknown): unknown {
    if (!(error instanceof ProbeError) || error.code !== 'PROBE_DIED' || this.suspects.has(file.content)) return error;
    this.suspects.add(file.content);
    return new ProbeError('PROBE_FAILED', error.message, { cause: error });
  }

  private notes(mode: Mode, isBusy: boolean): string[] {
    const notes = isBusy ? ['clamd is busy: its test file waits in the queue, and the last one was found'] : [];
    if (mode.kind === 'stream' && mode.note !== null) notes.push(mode.note);
    return notes;
  }
}
