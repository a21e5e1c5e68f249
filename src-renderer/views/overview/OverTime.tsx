import { useCallback, useMemo } from 'react';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { Chart, type Series } from '../../parts/Chart';
import { VerdictCounts } from '../../parts/VerdictCounts';
import { filesOf, pointsOf, RANGE_HOURS, totalOf } from './figures';
import type { RangeFigures } from './use-overview';

/** Besides its colour, each verdict has a line of its own kind. */
const VERDICTS = [
  { id: 'clean', dash: null },
  { id: 'suspicious', dash: [8, 3] },
  { id: 'infected', dash: [3, 2] },
  { id: 'unverified', dash: [8, 3, 2, 3] },
] as const;
/** 1 B, 2 B, 4 B ... 4 PiB: what reads well on an axis of bytes. */
const BINARY_STEPS = Array.from({ length: 53 }, (_, power) => 2 ** power);

/** What ended in the range: how many files with which verdicts, how many bytes, and both over time. */
export function OverTime({ figures: { range, overview } }: { readonly figures: RangeFigures }) {
  const say = useText();
  const format = useFormat();
  const { step } = RANGE_HOURS[range];
  const total = useMemo(() => totalOf(overview.hours), [overview]);
  const points = useMemo(() => pointsOf(overview.hours, step), [overview, step]);
  const times = useMemo(() => points.map(({ at }) => at), [points]);
  const verdicts = useMemo(
    () =>
      VERDICTS.map(
        ({ id, dash }): Series => ({
          id,
          title: say(`verdict.${id}`),
          tone: id,
          values: points.map((point) => point[id]),
          ...(dash === null ? {} : { dash }),
        }),
      ),
    [say, points],
  );
  const bytes = useMemo(
    (): Series[] => [
      { id: 'bytes', title: say('overview.bytes'), tone: 'moving', values: points.map((point) => point.bytesPerHour) },
    ],
    [say, points],
  );
  // an axis of files has no halves
  const files = useCallback((value: number) => (Number.isInteger(value) ? format.count(value) : ''), [format]);
  return (
    <>
      <section aria-labelledby="overview-past">
        <h2 id="overview-past" className="text-15 font-semibold">
          {say(`overview.past.${range}`)}
        </h2>
        <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 py-1">
          <p>
            {say('overview.files', { count: filesOf(total) })}, {format.bytes(total.bytes)}
          </p>
          <VerdictCounts counts={total} />
        </div>
      </section>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(440px,100%),1fr))] gap-x-8 gap-y-6">
        <Chart title={say('overview.verdicts', { count: step })} times={times} series={verdicts} figure={files} />
        <Chart
          title={say('overview.throughput')}
          times={times}
          series={bytes}
          figure={format.bytes}
          steps={BINARY_STEPS}
        />
      </div>
    </>
  );
}
