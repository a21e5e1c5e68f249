import type { Hashes } from '../contract/item';

/** One clean item on its way out. */
export interface OutgoingItem {
  readonly path: string;
  readonly submission: string;
  /** Path below the submission's folder, as true bytes with `/` between names; already checked to be relative and safe. */
  readonly relativePath: Uint8Array;
  readonly size: number;
  readonly hashes: Hashes;
  readonly verdict: 'clean';
  /** Probes that took part, as `id/engine version`. */
  readonly probes: readonly string[];
}

export interface SinkHealth {
  readonly state: 'ready' | 'not_ready';
  readonly problem: string | null;
  readonly notes: readonly string[];
}

/**
 * Where clean files go. `put` is idempotent: (submission, relativePath, sha256) done twice leaves one object, and a put
 * that was cut off by a crash is finished or replaced by the next one.
 */
export interface Sink {
  readonly id: string;
  readonly kind: 'folder' | 's3';
  describe(signal: AbortSignal): Promise<SinkHealth>;
  /**
   * Hands the bytes over and verifies what arrived. Resolves with the absolute place (`/path` as bytes or `s3://...`)
   * only after the destination holds exactly `hashes.sha256`. Rejects with SinkError: SINK_UNAVAILABLE (retry later),
   * SINK_REFUSED (other content is in that place, or never allowed), SINK_MISMATCH, INTEGRITY (the staged bytes are not
   * the scanned ones).
   */
  put(item: OutgoingItem, signal: AbortSignal): Promise<{ readonly location: Uint8Array }>;
  /** Removes what a dead engine of this data folder left half-made; called at start, before the first put; puts may begin meanwhile. */
  sweep(signal: AbortSignal): Promise<{ readonly removed: number }>;
  close(): Promise<void>;
}
