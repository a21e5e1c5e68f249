/** How fast a submission moves. */
export interface Pace {
  /** Null while too little was seen. */
  readonly filesPerSecond: number | null;
  readonly etaSeconds: number | null;
  /** Milliseconds since a file ended, or since it was first seen. */
  readonly stillMs: number;
}

interface Sample {
  readonly at: number;
  readonly settled: number;
}

const WINDOW_MS = 15_000;
const LEAST_SPAN_MS = 2_000;
const SECOND = 1000;

/** Learns the pace of submissions from how many of their files had ended at which time (milliseconds since 1970). */
export class ProgressMeter {
  private readonly samples = new Map<string, readonly Sample[]>();

  observe(submissions: readonly { readonly guid: string; readonly settled: number }[], now: number): void {
    const known = new Set(submissions.map(({ guid }) => guid));
    for (const guid of this.samples.keys()) if (!known.has(guid)) this.samples.delete(guid);
    for (const { guid, settled } of submissions) {
      const before = this.samples.get(guid) ?? [];
      if (before.at(-1)?.settled === settled) continue;
      const kept = before.filter(({ at }, index) => index === before.length - 1 || now - at <= WINDOW_MS);
      this.samples.set(guid, [...kept, { at: now, settled }]);
    }
  }

  paceOf(guid: string, left: number, now: number): Pace {
    const samples = this.samples.get(guid) ?? [];
    const newest = samples.at(-1);
    if (newest === undefined) return { filesPerSecond: null, etaSeconds: null, stillMs: 0 };
    const stillMs = Math.max(0, now - newest.at);
    const oldest = samples[0] ?? newest;
    // standing still counts: a pace of minutes ago says nothing about now
    const span = now - oldest.at;
    const moved = newest.settled - oldest.settled;
    if (span < LEAST_SPAN_MS || moved <= 0 || stillMs > WINDOW_MS)
      return { filesPerSecond: null, etaSeconds: null, stillMs };
    const filesPerSecond = (moved * SECOND) / span;
    return { filesPerSecond, etaSeconds: Math.ceil(left / filesPerSecond), stillMs };
  }
}
