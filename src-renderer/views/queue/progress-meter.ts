import type { SubmissionRow } from '../../../src-main/contract/item-view';

/** How fast a submission moves. */
export interface Pace {
  /** Null while too little was seen, or where only files without bytes ended. */
  readonly bytesPerSecond: number | null;
  /** By bytes; by files where these have none. Null while too little was seen. */
  readonly etaSeconds: number | null;
  /** Milliseconds since anything was taken or ended, or since it was first seen. */
  readonly stillMs: number;
}

/** What a submission says of its files: see the contract. */
export type Progress = Pick<SubmissionRow, 'guid' | 'items' | 'settled' | 'sized' | 'bytes' | 'settledBytes'>;

interface Sample {
  readonly at: number;
  readonly progress: Progress;
}

const WINDOW_MS = 15_000;
const LEAST_SPAN_MS = 2_000;
const SECOND = 1000;

const FIGURES = ['settled', 'sized', 'settledBytes'] as const;
const isSame = (a: Progress, b: Progress) => FIGURES.every((figure) => a[figure] === b[figure]);

/** All bytes of a submission: files that were not taken yet are as large as those that were, on average. */
function expectedBytes({ items, sized, bytes }: Progress): number {
  return sized === 0 ? bytes : bytes * (Math.max(items, sized) / sized);
}

/** Learns the pace of submissions from what was taken and had ended at which time (milliseconds since 1970). */
export class ProgressMeter {
  private readonly samples = new Map<string, readonly Sample[]>();

  observe(submissions: readonly Progress[], now: number): void {
    const known = new Set(submissions.map(({ guid }) => guid));
    for (const guid of this.samples.keys()) if (!known.has(guid)) this.samples.delete(guid);
    for (const progress of submissions) {
      const before = this.samples.get(progress.guid) ?? [];
      const newest = before.at(-1);
      if (newest !== undefined && isSame(newest.progress, progress)) continue;
      const kept = before.filter((sample) => sample === newest || now - sample.at <= WINDOW_MS);
      this.samples.set(progress.guid, [...kept, { at: now, progress }]);
    }
  }

  paceOf(progress: Progress, now: number): Pace {
    const samples = this.samples.get(progress.guid) ?? [];
    const newest = samples.at(-1);
    if (newest === undefined) return { bytesPerSecond: null, etaSeconds: null, stillMs: 0 };
    const stillMs = Math.max(0, now - newest.at);
    const oldest = samples[0] ?? newest;
    // standing still counts: a pace of minutes ago says nothing about now
    const span = now - oldest.at;
    const unknown: Pace = { bytesPerSecond: null, etaSeconds: null, stillMs };
    if (span < LEAST_SPAN_MS || stillMs > WINDOW_MS) return unknown;
    const perSecond = (figure: 'settled' | 'settledBytes') =>
      ((newest.progress[figure] - oldest.progress[figure]) * SECOND) / span;
    const [files, bytes] = [perSecond('settled'), perSecond('settledBytes')];
    if (bytes > 0) {
      const left = expectedBytes(progress) - progress.settledBytes;
      return { bytesPerSecond: bytes, etaSeconds: Math.ceil(Math.max(0, left) / bytes), stillMs };
    }
    if (files <= 0) return unknown;
    return { ...unknown, etaSeconds: Math.ceil((progress.items - progress.settled) / files) };
  }
}
