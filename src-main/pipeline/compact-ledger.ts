import { setTimeout } from 'node:timers/promises';
import type { Ledger } from '../store/ledger';

const MIB = 1024 * 1024;
/** As much unused room is kept: it is used again by what comes, without growing the file. */
const KEPT_FREE = 64 * MIB;
/** Given back at a stretch: as much as takes some milliseconds of the engine's own thread, between these bounds. */
const LEAST_STEP = 32 * 1024;
const MOST_STEP = MIB / 4;
const STEP_MS = 5;
const REST_MS = 20;

/** Gives room that nothing in the ledger uses any more back to the disk, in small steps. Returns how many bytes. An abort ends it early. */
export async function compactLedger(ledger: Ledger, signal: AbortSignal, keptFree = KEPT_FREE): Promise<number> {
  const before = ledger.room.freeBytes();
  let free = before;
  let step = LEAST_STEP;
  while (free > keptFree && !signal.aborted) {
    const ms = await ledger.commit(() => {
      const started = performance.now();
      ledger.room.giveBack(Math.min(step, free - keptFree));
      return performance.now() - started;
    });
    step = ms > STEP_MS ? Math.max(LEAST_STEP, step / 2) : Math.min(MOST_STEP, step * 2);
    const left = ledger.room.freeBytes();
    if (left >= free) break;
    free = left;
    await setTimeout(REST_MS);
  }
  return before - free;
}
