import type { FileType, Hashes } from '../contract/item';
import type { ProbeHealth, ProbeReport } from '../contract/probe-report';
import type { Limits } from '../contract/settings';

/** A harmless file that the probe must find something in; a probe that does not is not to be trusted, and closes the gate. */
export interface Canary {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface ProbeManifest {
  readonly id: string;
  readonly title: string;
  readonly category: 'antivirus' | 'metadata' | 'external' | 'database' | 'tools';
  readonly kind: 'local' | 'remote';
  /** Regular expressions (case-insensitive) on MIME type or description; null = every item. Needs `item.type`. */
  readonly accepts: readonly string[] | null;
  /** Items that `accepts` leaves out are `ignored` when left out here; `unsupported`: where it is required they stay unproven. */
  readonly others?: 'ignored' | 'unsupported';
  /** Deadline of one scan; the pipeline aborts the signal then. */
  readonly timeoutMs: number;
  /** Scans that may run at once. */
  readonly concurrency: number;
  /** True: scans wait inside the probe for their turn, and the deadline counts from `context.begins()`. */
  readonly queues: boolean;
  /** Its scans call `context.addChild`. */
  readonly unpacks: boolean;
  /** What a result depends on: part of the cache key. */
  readonly dependsOn: 'content' | 'content+name';
  readonly privacy: 'local' | 'hash-only' | 'uploads-bytes';
  readonly canary: Canary | null;
  /** `type`: item.type must be there. `allHashes`: item.hashes must hold SHA-1 and MD5 too. */
  readonly needs: { readonly type: boolean; readonly allHashes: boolean };
  /** What else changes results: part of the cache key. Null: it cannot be seen, so no result is used again. */
  readonly options: string | null;
}

/** One item as a probe sees it. `path` is valid UTF-8 without controls, readable, and does not change while it is scanned. */
export interface StagedItem {
  readonly path: string;
  /** The item's own file name as true bytes (hostile: never used as a path). */
  readonly name: Uint8Array;
  readonly size: number;
  readonly hashes: Hashes;
  readonly type: FileType | null;
}

export type MemberContent = Uint8Array | AsyncIterable<Uint8Array>;

export interface ScanContext {
  /** A probe that queues calls it whenever it begins to work on the item itself. */
  begins(): void;
  readonly limits: Limits;
  readonly passwords: readonly string[];
  /**
   * Stages one member as a child item: a small one in memory of its own, another one as a stream that is copied to its
   * end, counting bytes. Rejects with PROBE_LIMIT when the depth, number, total size or ratio of the profile is exceeded
   * (the scan must then report limit_exceeded). Several may be staged at once; they keep the order of the calls.
   */
  addChild(name: Uint8Array, content: MemberContent): Promise<void>;
  /**
   * An archive of the same root is over a limit already: none is opened any more, and addChild rejects with PROBE_LIMIT.
   * A scan that leaves an archive closed for that reason reports limit_exceeded.
   */
  isOverLimit(): boolean;
}

/** A detector. One instance lives as long as the engine; every method may be called from several scans at once. */
export interface Probe {
  readonly manifest: ProbeManifest;
  /** Versions and readiness, cheap enough to ask every few seconds. Never rejects for "not ready": that is an answer. */
  describe(signal: AbortSignal): Promise<ProbeHealth>;
  /**
   * Idempotent. Resolves only with a positive statement; everything else rejects with a ProbeError. Ends promptly when
   * `signal` aborts. Items larger than the probe's own limit: coverage incomplete(limit_exceeded).
   */
  scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport>;
  /** Ends children and connections; pending scans reject. */
  close(): Promise<void>;
}
