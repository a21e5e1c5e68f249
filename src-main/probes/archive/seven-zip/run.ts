import { basename } from 'node:path';
import { ProbeError } from '../../../base/errors';
import type { Limits } from '../../../contract/settings';
import { ConfinedProcess, type Ended } from '../confined-process';
import { type Listing, readListing } from './listing';
import type { SevenZipProgram } from './program';

/** No progress, one thread (each further one takes memory of its own), the archive only as the format that it is. */
const COMMON = ['-bsp0', '-mmt=1', '-spd'];

const ERROR = /^(Open )?ERROR: /;

/** Address space for a list alone: no dictionary is needed, and those of far more members than are allowed do not fit. */
const LIST_BYTES = 256 * 1024 * 1024;

/** How a run ended, in terms of what can be done about it. */
export type RunEnd =
  | { readonly kind: 'done' | 'needs_password' | 'over_bounds' }
  | { readonly kind: 'failed'; readonly why: string };

/** Runs of 7-Zip on one archive. Passwords go in by standard input: other users see a command's arguments. */
export class SevenZipRuns {
  private readonly program: SevenZipProgram;
  private readonly format: string;
  private readonly path: string;
  private readonly limits: Limits;
  private readonly signal: AbortSignal;

  constructor(options: {
    program: SevenZipProgram;
    format: string;
    path: string;
    limits: Limits;
    signal: AbortSignal;
  }) {
    this.program = options.program;
    this.format = options.format;
    this.path = options.path;
    this.limits = options.limits;
    this.signal = options.signal;
  }

  /** What it holds; one more member than the profile allows is enough to know. */
  async list(password: string | null): Promise<{ listing: Listing; end: RunEnd }> {
    const child = this.start(['l', '-slt'], password);
    const listing = await this.while(child, () => readListing(child.output, this.limits.archiveFiles));
    if (listing.cut) child.kill();
    const end = this.endOf(await child.ended);
    return { listing, end: listing.cut ? { kind: 'done' } : end };
  }

  /** Whether everything unpacks with this password. */
  async test(password: string): Promise<boolean> {
    const child = this.start(['t', '-bso0'], password);
    await this.while(child, () => child.output.resume().toArray());
    return this.endOf(await child.ended).kind === 'done';
  }

  /** Hands the contents of all members, one behind the other, to `take`; what `take` leaves is given up. `bytesRead`: of ConfinedProcess. */
  async unpack(
    password: string | null,
    take: (output: AsyncIterable<Buffer>, bytesRead: () => number | null) => Promise<void>,
  ): Promise<RunEnd> {
    const child = this.start(['x', '-so', '-bso0'], password);
    await this.while(child, () => take(child.output, () => child.bytesRead()));
    if (!child.output.readableEnded) child.kill();
    return this.endOf(await child.ended);
  }

  private start(task: readonly string[], password: string | null): ConfinedProcess {
    const { command, bounds } = this.program;
    const isList = task[0] === 'l' && bounds.addressBytes !== undefined;
    const line = [...command, ...task, `-t${this.format}`, ...COMMON, '--', this.path];
    const input = password === null ? '' : `${password}\n`;
    return new ConfinedProcess(
      line,
      { ...bounds, ...(isList ? { addressBytes: LIST_BYTES } : {}), cpuSeconds: this.limits.seconds },
      input,
      this.signal,
    );
  }

  /** `work` on a child's output; the child is gone when it throws. */
  private async while<T>(child: ConfinedProcess, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      child.kill();
      await child.ended;
      this.signal.throwIfAborted();
      throw error;
    }
  }

  /** Throws PROBE_UNAVAILABLE when it never ran. 7-Zip's exit codes: 0, 1 warning, 2 error, 7 usage, 8 memory, 255 no password to be had. */
  private endOf({ code, reason, ran, endedBySystem, stderr }: Ended): RunEnd {
    if (!ran) throw new ProbeError('PROBE_UNAVAILABLE', `7-Zip: ${reason}`);
    if (code === 0) return { kind: 'done' };
    if (code === 255 && stderr.includes('Break signaled')) return { kind: 'needs_password' };
    if (endedBySystem || stderr.includes("Can't allocate required memory")) return { kind: 'over_bounds' };
    if (/encrypted archive. Wrong password/.test(stderr)) return { kind: 'needs_password' };
    return { kind: 'failed', why: wordsIn(stderr, basename(this.path)) ?? reason };
  }
}

/** What 7-Zip said of an error, or said last, without `own`, the staged file's name, which says nothing to people; null: no word. */
function wordsIn(stderr: string, own: string): string | null {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.endsWith(':'));
  const errors = lines.filter((line) => ERROR.test(line));
  const parts = (line: string) => line.replace(ERROR, '').split(' : ');
  const words = (errors.length > 0 ? errors : lines.slice(-1)).map((line) =>
    parts(line)
      .filter((part) => !part.includes(own))
      .join(': '),
  );
  return words.find((text) => text !== '') ?? null;
}
