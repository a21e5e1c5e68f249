/** Rhythm of a watched folder in ms; tests make it quicker. */
export interface WatchTiming {
  /** Between full sweeps where events are heard. */
  readonly sweepMs: number;
  /** Between full sweeps where they are not: `poll`, or the system is out of watches. */
  readonly pollMs: number;
  /** How often a folder that is away is looked for, and one that is there is checked. */
  readonly rootMs: number;
  /** A burst ends when nothing else settles, when no file settled for so long, */
  readonly quietMs: number;
  /** or so long after its first. */
  readonly longestBurstMs: number;
}

export const DEFAULT_TIMING: WatchTiming = {
  sweepMs: 60_000,
  pollMs: 5000,
  rootMs: 2000,
  quietMs: 100,
  longestBurstMs: 5000,
};
