import { useMemo } from 'react';
import { create } from 'zustand';
import { HOUR_MS } from '../../../src-main/contract/durations';
import type { Overview } from '../../../src-main/contract/item-view';
import { engine } from '../../bridge';
import { useNow } from '../../parts/use-now';
import { currentPulse, usePulse } from '../../state/pulse';
import { type Reading, useReading } from '../../state/reading';
import { RANGE_HOURS, type Range } from './figures';

/** What time the overview looks back, kept while other views are looked at. */
export const useRange = create<{ readonly range: Range }>()(() => ({ range: '24h' }));

/** Figures are counted anew over many files: while files move, they are asked for once in so many seconds. */
const CALM_SECONDS = 10;

/** Figures with the range that they are of: it is another one than the person's for as long as these are read. */
export interface RangeFigures {
  readonly range: Range;
  readonly overview: Overview;
}

export function useOverview(): Reading<RangeFigures> {
  const range = useRange((state) => state.range);
  const pid = usePulse((pulse) => pulse?.pid ?? null);
  const now = useNow(CALM_SECONDS);
  // looked at when the clock moves on, and not at every change
  const items = useMemo(() => currentPulse()?.revision.items, [now, pid]);
  return useReading(
    async () => ({ range, overview: await engine('overview', { hours: RANGE_HOURS[range].hours }) }),
    pid === null ? null : `${pid} ${range} ${items} ${Math.floor(now / HOUR_MS)}`,
  );
}
