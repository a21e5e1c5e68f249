import { nameOf } from '../../base/display-name';
import type { MemberContent, ScanContext } from '../probe';
import { escapeOf } from './member-names';
import type { ScanNotes } from './scan-notes';
import { toProbeError } from './stage-member';

/** A member up to this size is handed over in one piece: a stream for each would cost more than the member itself. */
const SMALL_BYTES = 128 * 1024;
/** Small members that are staged at once. */
const SMALL_AT_ONCE = 32;

/**
 * Makes child items of members that come as streams, one after the other, and counts them. A limit that is met is
 * noted, and nothing is taken from then on; every other failure of staging is thrown.
 */
export class MemberStager {
  /** Members that became children. */
  staged = 0;
  /** False once a limit was met. */
  takesMore = true;
  private readonly context: ScanContext;
  private readonly notes: ScanNotes;
  private readonly signal: AbortSignal;
  private readonly pending: Promise<void>[] = [];

  constructor(context: ScanContext, notes: ScanNotes, signal: AbortSignal) {
    this.context = context;
    this.notes = notes;
    this.signal = signal;
  }

  /**
   * Stages one member; a stream is read to its end, or left where a limit is met. `name` as the archive has it: what is
   * wrong with it is noted. Resolves when the stream may be used for the next member.
   */
  async add(name: Uint8Array, content: AsyncIterator<Uint8Array> | Iterator<Uint8Array>): Promise<void> {
    this.signal.throwIfAborted();
    const why = escapeOf(name);
    if (why !== null)
      this.notes.found('archive-path-traversal', `the name of the member ${nameOf(name).display} has ${why}`);
    const start: Uint8Array[] = [];
    let length = 0;
    while (length <= SMALL_BYTES) {
      const next = await content.next();
      if (next.done === true) {
        await this.addSmall(name, Buffer.concat(start));
        return;
      }
      start.push(next.value);
      length += next.value.length;
    }
    await this.settle();
    if (this.takesMore) await this.stage(name, joined(start, content));
  }

  /** Waits for members that are still being staged; throws what one of them met. */
  async settle(): Promise<void> {
    const ends = await Promise.allSettled(this.pending.splice(0));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  private async addSmall(name: Uint8Array, content: Uint8Array): Promise<void> {
    const staging = this.stage(name, content);
    staging.catch(() => undefined); // heard in settle, with all the others
    this.pending.push(staging);
    if (this.pending.length >= SMALL_AT_ONCE) await this.settle();
  }

  private async stage(name: Uint8Array, content: MemberContent): Promise<void> {
    if (!this.takesMore) return;
    try {
      await this.context.addChild(childName(name, this.staged), content);
      this.staged += 1;
    } catch (error) {
      this.signal.throwIfAborted();
      const failure = toProbeError(error);
      if (failure.code !== 'PROBE_LIMIT') throw failure;
      this.takesMore = false;
      this.notes.overLimit(`unpacking stopped at the member ${nameOf(name).display}: ${failure.message}`);
    }
  }
}

/** Never empty, never with a NUL. */
function childName(name: Uint8Array, before: number): Uint8Array {
  if (name.length === 0) return Buffer.from(`member-${before + 1}`);
  return name.includes(0) ? Buffer.from(nameOf(name).display) : name;
}

async function* joined(
  start: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
