import { CARRIED_KINDS, type CarriedKind, VIEW_BYTES } from './carried-kinds';
import type { FileWindow } from './file-window';
import { MemberStager } from './member-stager';
import type { OpenJob } from './opener';
import { slice } from './slice';
import { newTrialBudget } from './trial-pieces';

const CHUNK_BYTES = 1024 * 1024;
const BEFORE_BYTES = Math.max(...CARRIED_KINDS.map(({ signAt }) => signAt));
/** Archives that share bytes with others, or that do not tell where they end: more of them are not looked at one by one. */
const MOST_SHARING = 16;
/** More beginnings that are tried out and turn out to be none are not made by chance. */
const MOST_TRIALS = 4096;

/** Bytes of an archive inside a file, to the end of what is searched where the archive does not tell its own. */
interface Carried {
  readonly start: number;
  readonly end: number;
}

/** A sign whose check fits. */
interface Hit {
  readonly kind: CarriedKind;
  /** Where the sign is in the file. */
  readonly at: number;
  /** Where the archive begins, and how long it says that it is. */
  readonly start: number;
  readonly length: number;
}

/**
 * Looks for archives inside a file, behind its start: what self-extractors carry, or what was put behind other bytes. One
 * pass; memory does not grow with the file, nor time with what it is made of.
 */
class CarriedSearch {
  /** Why it was given up; null when the whole file was gone through. */
  givenUp: string | null = null;
  private readonly window: FileWindow;
  private readonly to: number;
  private readonly signal: AbortSignal;
  private readonly budget = newTrialBudget();
  private trials = 0;
  private sharing = 0;
  /** How far those reach that tell where they end. */
  private reach = 0;
  /** The last one that was unpacked to its end: what lies in it is its own. */
  private last: Carried = { start: 0, end: 0 };

  /** `to`: where the search ends. */
  constructor(window: FileWindow, to: number, signal: AbortSignal) {
    this.window = window;
    this.to = to;
    this.signal = signal;
  }

  async *found(): AsyncGenerator<Carried, void> {
    for (let from = 0; from < this.to; from += CHUNK_BYTES) {
      this.signal.throwIfAborted();
      for (const hit of await this.hitsFrom(from)) {
        const carried = await this.carriedAt(hit);
        if (this.givenUp !== null) return;
        if (carried !== null) yield carried;
      }
    }
  }

  /** What fits among the signs of one chunk, by where it begins. */
  private async hitsFrom(from: number): Promise<Hit[]> {
    const before = Math.min(from, BEFORE_BYTES);
    const bytes = await this.window.read(
      from - before,
      Math.min(before + CHUNK_BYTES + VIEW_BYTES, this.to - from + before),
    );
    const hits: Hit[] = [];
    for (const kind of CARRIED_KINDS) {
      const { sign, signAt, viewFrom, measure } = kind;
      const end = before + CHUNK_BYTES;
      for (let at = bytes.indexOf(sign, before); at >= 0 && at < end; at = bytes.indexOf(sign, at + 1)) {
        const start = from - before + at - signAt - viewFrom;
        const length = start > 0 ? measure(bytes.subarray(at - signAt, at - signAt + VIEW_BYTES)) : null;
        if (length !== null) hits.push({ kind, at: from - before + at, start, length });
      }
    }
    return hits.sort((one, other) => one.start - other.start);
  }

  private async carriedAt({ kind, at, start, length }: Hit): Promise<Carried | null> {
    if (start >= this.last.start && at < this.last.end) return null;
    const known = kind.prove === undefined ? length : await this.tried(kind.prove, start);
    if (known === null || this.givenUp !== null) return null;
    const isWhole = start + known <= this.to;
    const carried = { start, end: isWhole ? start + known : this.to };
    if (kind.prove !== undefined && isWhole) this.last = carried;
    if (!isWhole || start < this.reach) this.countSharing();
    else this.reach = carried.end;
    return carried;
  }

  private async tried(prove: NonNullable<CarriedKind['prove']>, start: number): Promise<number | null> {
    this.trials += 1;
    if (this.trials <= MOST_TRIALS) return prove(this.window, start, this.budget);
    this.givenUp = `it has more than ${MOST_TRIALS} beginnings of archives`;
    return null;
  }

  private countSharing(): void {
    this.sharing += 1;
    if (this.sharing > MOST_SHARING) this.givenUp = `it carries more than ${MOST_SHARING} archives that share bytes`;
  }
}

/** Makes a child item of each archive that the file carries before the byte `to`: it is opened as such. */
export async function stageCarried(job: Omit<OpenJob, 'container'>, to: number): Promise<void> {
  const { window, context, notes, signal } = job;
  const search = new CarriedSearch(window, to, signal);
  const stager = new MemberStager(context, notes, signal);
  for await (const { start, end } of search.found()) {
    await stager.add(Buffer.from(`bytes-at-${start}`), slice(window, start, end));
    if (!stager.takesMore) break;
  }
  await stager.settle();
  if (search.givenUp !== null) notes.overLimit(search.givenUp);
}
