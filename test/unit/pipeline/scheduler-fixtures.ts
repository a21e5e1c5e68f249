import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { DestinationLanes } from '../../../src-main/pipeline/destination-lanes';
import { Scheduler } from '../../../src-main/pipeline/scheduler';
import type { StagingRoom } from '../../../src-main/pipeline/staging-room';
import type { Item } from '../../../src-main/store/item-row';
import type { Ledger } from '../../../src-main/store/ledger';

/** A scheduler that does `work` on the items of a ledger, with the lanes in which they wait. Stopped with the test. */
export function schedulerOver(
  ledger: Ledger,
  window: number,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
  room: StagingRoom | null = null,
): { scheduler: Scheduler; lanes: DestinationLanes } {
  const log = pino({ level: 'silent' });
  const lanes = new DestinationLanes({ ledger, clock: systemClock, log });
  const scheduler = new Scheduler({
    ledger,
    log,
    lanes,
    room,
    window,
    work: (item, _plan, signal) => work(item, signal),
  });
  onTestFinished(() => scheduler.stop(0));
  return { scheduler, lanes };
}
