import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { engine, messageOf } from '../../bridge';
import { currentPulse, onPulse } from '../../state/pulse';
import type { RowSource } from '../../state/windowed-rows';
import { ProgressMeter } from './progress-meter';
import { type QueueRow, QueueRows } from './queue-rows';

const MOST_SUBMISSIONS = 200;

/** The next to be done first. */
export const QUEUE_SORT = { by: 'time', descending: false } as const;

function readQueue(meter: ProgressMeter): QueueRows {
  return new QueueRows(
    {
      submissions: () => engine('submissions', { offset: 0, limit: MOST_SUBMISSIONS, open: true }),
      items: (submission) => (offset, limit) =>
        engine('items', { query: { open: true, submission, sort: QUEUE_SORT }, offset, limit }),
    },
    messageOf,
    (rows) => meter.observe(rows, Date.now()),
  );
}

export interface Queue {
  readonly rows: RowSource<QueueRow>;
  readonly meter: ProgressMeter;
  readonly submissions: readonly SubmissionRow[];
  /** Open submissions beside those. */
  readonly leftOut: number;
  readonly toggle: (guid: string) => void;
}

/** Submissions on their way with their files, kept up to date. */
export function useQueue(): Queue {
  const { meter, queue } = useMemo(() => {
    const learning = new ProgressMeter();
    return { meter: learning, queue: readQueue(learning) };
  }, []);
  useEffect(() => {
    let seen = currentPulse()?.revision.items;
    return onPulse((now) => {
      if (now === null || now.revision.items === seen) return;
      seen = now.revision.items;
      queue.changed();
    });
  }, [queue]);
  const rows = useSyncExternalStore(queue.subscribe, queue.current);
  return { rows, meter, submissions: queue.listed(), leftOut: queue.leftOut(), toggle: queue.toggle };
}
