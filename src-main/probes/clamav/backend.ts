import type { Answer } from './answer';
import type { Versions } from './version';

/** What a ready ClamAV is like now. */
export interface Readiness {
  readonly versions: Versions;
  /** Engine version as reports name it. */
  readonly engineVersion: string;
  /** Changes when limits may have changed: another database, a restart, another clamd.conf. */
  readonly generation: string;
  /** Changes when it was started anew or got another database, as far as it tells. */
  readonly identity: string;
  /** What results depend on besides the versions; null when signatures that no version tells of may be in use. */
  readonly resultsDependOn: string | null;
  /** Largest file in bytes that it says it scans whole; to be proven. */
  readonly claimedLimit: number;
  /** Whether it says so when it reaches a limit inside a file; else its OK may be about a part only. */
  readonly tellsLimits: boolean;
  /** A scan that takes so long may have been given up by ClamAV, which then says OK. Null where it says so itself. */
  readonly silentTimeoutMs: number | null;
  /** Its alerts end a scan, so that one says nothing about the rest of the file. */
  readonly stopsAtAlerts: boolean;
  readonly notes: readonly string[];
}

/** A file to scan. `content` names the bytes: their hash. */
export interface ScanTarget {
  readonly path: string;
  readonly size: number;
  readonly content: string;
}

/** A way to ClamAV: the daemon, or the local programs. */
export interface Backend {
  /** Versions, and a canary scan. Rejects with a ProbeError (PROBE_UNAVAILABLE when it is not there). */
  ready(signal: AbortSignal): Promise<Readiness>;
  /**
   * Rejects with ProbeError only; never answers `ok` unless ClamAV said so of these bytes. `onBegin` is called when
   * ClamAV works on the file: what waits for its turn before does not count as its time.
   */
  scan(file: ScanTarget, signal: AbortSignal, onBegin?: () => void): Promise<Answer>;
  /**
   * To be asked after each `ok`: resolves when ClamAV still is as `readiness` has it, and still finds its canary.
   * Rejects with PROBE_UNAVAILABLE where another one may have answered, or one without signatures.
   */
  confirm(readiness: Readiness, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
