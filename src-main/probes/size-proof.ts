import { messageOf, ProbeError } from '../base/errors';

/** Files up to this size are believed without a proof: no scanner is set up to skip them. */
const BELIEVED = 16 * 1024;
/** Sizes that are proven one after the other, as far as files ask for them; above, powers of two. */
const STEPS = [1024 ** 2, 32 * 1024 ** 2];
/** A proof that failed is tried again after this time: it may have been a bad moment. */
const FAILED_TTL_MS = 300_000;

export interface SizeProofOptions {
  /** How the scanner is called in messages. */
  readonly who: string;
  /** Largest file in bytes that it is thought to scan whole. */
  readonly claimed: number;
  /** Whether it finds a padded canary of `size` bytes (canary-files.ts). May reject as a scan does. */
  readonly finds: (size: number, signal: AbortSignal) => Promise<boolean>;
}

/**
 * Proves that a scanner reads files of a size to their end: many say that they found nothing in a file that was too large
 * for them. A padded canary of that size must be found; where it is not, the limit is halved until one is.
 */
export class SizeProof {
  private readonly options: SizeProofOptions;
  private proven = BELIEVED;
  private limit: number;
  private loweredFrom: { readonly size: number; readonly until: number } | null = null;
  private running: Promise<void> | null = null;

  constructor(options: SizeProofOptions) {
    this.options = options;
    this.limit = options.claimed;
  }

  /** A lowered limit holds for some minutes only. */
  get isStale(): boolean {
    return this.loweredFrom !== null && performance.now() > this.loweredFrom.until;
  }

  /** Largest file in bytes that is scanned whole, as far as is known now. */
  get maxBytes(): number {
    return this.limit;
  }

  /** Size of the test file that was overlooked, so that the limit is lower than was thought; null when none was. */
  get overlooked(): number | null {
    return this.loweredFrom?.size ?? null;
  }

  /** Whether `size` is proven, or beyond maxBytes: then `ensure` has nothing to do. */
  covers(size: number): boolean {
    return size <= this.proven || size > this.limit;
  }

  /** Resolves when `size` is proven or beyond maxBytes. Rejects when the scanner fails meanwhile. One proof runs at a time. */
  async ensure(size: number, signal: AbortSignal): Promise<void> {
    while (!this.covers(size)) {
      this.running ??= this.prove(this.stepFor(size), signal).finally(() => {
        this.running = null;
      });
      await this.running;
    }
  }

  private stepFor(size: number): number {
    const step = STEPS.find((one) => one >= size) ?? 2 ** Math.ceil(Math.log2(size));
    return Math.min(step, this.limit);
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
    this.loweredFrom = { size, until: performance.now() + FAILED_TTL_MS };
  }

  /** A file that is too large, or too slow, is one that is not covered; only a scanner that is away is an error. */
  private async isFound(size: number, signal: AbortSignal): Promise<boolean> {
    try {
      return await this.options.finds(size, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof ProbeError && error.code !== 'PROBE_UNAVAILABLE') return false;
      if (error instanceof ProbeError) throw error;
      const message = `the size limit of ${this.options.who} cannot be tested: ${messageOf(error)}`;
      throw new ProbeError('PROBE_FAILED', message, { cause: error });
    }
  }
}
