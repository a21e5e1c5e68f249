import type { Activity } from '../../src-main/contract/pulse';

/** What moves; nothing does for a while where the gate is closed. */
export const activityOf = (gateOpen: boolean): Activity => ({
  files: 120,
  settled: 34,
  sized: 120,
  bytes: 2_254_857_830,
  settledBytes: 851_443_712,
  bytesPerSecond: 42_991_616,
  filesPerSecond: 3.4,
  etaSeconds: 32,
  stillMs: gateOpen ? 120 : 14_000,
});
