import type { EntryGetDataOptions, FileEntry } from '@zip.js/zip.js';
import { ProbeError, toDropgateError } from '../../base/errors';
import type { ScanContext } from '../probe';

/** Longest beginning of a member that is kept: more than any path a link can hold. */
const START_BYTES = 4096;

export interface MemberSource {
  readonly entry: FileEntry;
  readonly options: Omit<EntryGetDataOptions, 'signal'>;
  readonly signal: AbortSignal;
  /** Keep the first bytes (for links). */
  readonly keepsStart: boolean;
}

/** `failed`: the child was not staged. The error is a ProbeError when staging was at fault, else the content was. */
export type StagedMember =
  | { readonly kind: 'staged'; readonly start: Buffer }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Unpacks one member into a child item: both ends of one stream, of which each stops the other. The child counts as
 * staged only when every byte was unpacked, its checksum fitted and staging took it.
 */
export async function stageMember(context: ScanContext, name: Uint8Array, source: MemberSource): Promise<StagedMember> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const stop = new AbortController();
  // not AbortSignal.any: ten thousand of them on one signal cost seconds
  const stopToo = () => stop.abort(source.signal.reason);
  source.signal.addEventListener('abort', stopToo);
  if (source.signal.aborted) stopToo();
  const options = { ...source.options, signal: stop.signal };
  const outcome = new Outcome();

  const unpacking = source.entry.getData(writable, options).catch(async (error: unknown) => {
    outcome.contentFailed(error);
    await endQuietly(() => writable.abort(error));
  });
  const observed = outcome.observe(readable, source.keepsStart);
  const staging = context.addChild(name, observed).catch(async (error: unknown) => {
    outcome.stagingFailed(error);
    stop.abort(error);
    await endQuietly(() => readable.cancel(error));
  });
  await Promise.all([unpacking, staging]);
  source.signal.removeEventListener('abort', stopToo);
  return outcome.result();
}

/** Which end of the stream failed of itself: the other one fails too, as a consequence. */
class Outcome {
  private content: { error: unknown } | null = null;
  private staging: { error: unknown } | null = null;
  /** The staging stopped reading before the end, by its own decision. */
  private left = false;
  private readonly start: Buffer[] = [];

  contentFailed(error: unknown): void {
    this.content = { error };
  }

  stagingFailed(error: unknown): void {
    if (this.left || this.content === null) this.staging = { error: toProbeError(error) };
  }

  result(): StagedMember {
    const failure = this.staging ?? this.content;
    if (failure !== null) return { kind: 'failed', error: failure.error };
    return { kind: 'staged', start: Buffer.concat(this.start) };
  }

  async *observe(readable: ReadableStream<Uint8Array>, keepsStart: boolean): AsyncGenerator<Uint8Array> {
    let kept = keepsStart ? 0 : START_BYTES;
    for await (const chunk of readable) {
      if (kept < START_BYTES) this.start.push(Buffer.from(chunk.subarray(0, START_BYTES - kept)));
      kept += chunk.length;
      this.left = true; // unless it asks for more
      yield chunk;
      this.left = false;
    }
  }
}

/** A stream that its other end has ended already, or holds, refuses to be ended again: that is all that can go wrong here. */
async function endQuietly(end: () => Promise<void>): Promise<void> {
  await Promise.allSettled([Promise.resolve().then(end)]);
}

/** What staging threw, as a ProbeError. */
export function toProbeError(error: unknown): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code, message, retryable } = toDropgateError(error, 'STAGING_FAILED');
  return new ProbeError(code, message, { cause: error, retryable });
}
