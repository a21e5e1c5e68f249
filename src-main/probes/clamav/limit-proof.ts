import { messageOf, ProbeError } from '../../base/errors';
import { rm } from '../../base/files';
import type { Backend, Readiness } from './backend';
import { createCanaryFile, writePaddedCanary } from './canary';

/** Files up to this size are believed without a proof: no ClamAV is set up to skip them. */
const BELIEVED = 16 * 1024;
/** Sizes that are proven one after the other, as far as files ask for them; above, powers of two. */
const STEPS = [1024 ** 2, 32 * 1024 ** 2];
/** A proof that failed is tried again after this time: it may have been a bad moment. */
const FAILED_TTL_MS = 300_000;

/**
 * Proves that ClamAV reads files of a size to their end: beyond its own limits it answers OK, unless AlertExceedsMax
 * is set. A padded canary of that size must be found; where it is not, the limit is halved until one is.
 */
export class LimitProof {
  private readonly backend: Backend;
  private readonly dir: string;
  private readonly generation: string;
  private proven = BELIEVED;
  private limit: number;
  private lowered: { readonly from: number; readonly until: number } | null = null;
  private running: Promise<void> | null = null;

  constructor(backend: Backend, readiness: Readiness, dir: string) {
    this.backend = backend;
    this.dir = dir;
    this.generation = readiness.generation;
    this.limit = readiness.claimedLimit;
  }

  isFor(backend: Backend, readiness: Readiness): boolean {
    const isStale = this.lowered !== null && performance.now() > this.lowered.until;
    return this.backend === backend && this.generation === readiness.generation && !isStale;
  }

  /** Largest file in bytes that is scanned whole, as far as is known now. */
  get maxBytes(): number {
    return this.limit;
  }

  /** What a person should know about a limit that is lower than ClamAV was thought to have. */
  get note(): string | null {
    if (this.lowered === null) return null;
    return `files over ${this.limit} bytes are not covered: ClamAV overlooked a test file below ${this.lowered.from} bytes; raise MaxFileSize, MaxScanSize and StreamMaxLength in clamd.conf`;
  }

  /** Whether `size` is proven, or beyond maxBytes: then `ensure` has nothing to do. */
  covers(size: number): boolean {
    return size <= this.proven || size > this.limit;
  }

  /** Resolves when `size` is proven or beyond maxBytes. Rejects when ClamAV fails meanwhile. One proof runs at a time. */
  async ensure(size: number, signal: AbortSignal): Promise<void> {
    while (!this.covers(size)) {
      this.running ??= this.prove(this.stepFor(size), signal).finally(() => {
        this.running = null;
      });
      await this.running;
    }
  }

  private stepFor(size: number): number {
    let step = STEPS.find((one) => one >= size) ?? 2 ** Math.ceil(Math.log2(size));
    if (step > this.limit) step = this.limit;
    return step;
  }

  private async prove(size: number, signal: AbortSignal): Promise<void> {
    if (await this.isFound(size, signal)) {
      this.proven = size;
      return;
    }
    let lower = Math.floor(size / 2);
    while (lower > this.proven && !(await this.isFound(lower, signal))) lower = Math.floor(lower / 2);
    this.proven = Math.max(this.proven, lower);
    this.limit = this.proven;
    this.lowered = { from: size, until: performance.now() + FAILED_TTL_MS };
  }

  /** A file too large for a stream, or too slow, is one that is not covered; only a ClamAV that is away is an error. */
  private async isFound(size: number, signal: AbortSignal): Promise<boolean> {
    const { path, handle } = await createCanaryFile(this.dir);
    try {
      await writePaddedCanary(handle, size);
      const answer = await this.backend.scan({ path, size, content: `canary of ${size} bytes` }, signal);
      return answer.kind === 'found' && !answer.name.startsWith('Heuristics.Limits.');
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof ProbeError && error.code !== 'PROBE_UNAVAILABLE') return false;
      if (error instanceof ProbeError) throw error;
      throw new ProbeError('PROBE_FAILED', `the size limit of ClamAV cannot be tested: ${messageOf(error)}`, {
        cause: error,
      });
    } finally {
      await handle.close();
      await rm(path, { force: true });
    }
  }
}
