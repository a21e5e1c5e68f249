import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFormat } from '../format/use-format';
import { useText } from '../i18n/text';
import { usePreferences } from '../state/preferences';
import type { Tone } from './Chip';

export interface Series {
  readonly id: string;
  readonly title: string;
  readonly tone: Tone;
  readonly values: readonly number[];
  /** Other than the first series' dash, so that colour is not all that tells them apart. */
  readonly dash?: readonly number[];
}

interface ChartProps {
  readonly title: string;
  /** Milliseconds since 1970, oldest first. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
  /** How a figure is written. */
  readonly figure: (value: number) => string;
  /** Distances between the lines of the axis that read well, smallest first; left out: 1, 2, 5 and their tens. */
  readonly steps?: readonly number[];
  readonly height?: number;
}

const SECOND = 1000;
const AXIS_WIDTH = 64;
const AXIS_HEIGHT = 30;
/** Room above the largest figure. */
const HEADROOM = 1.1;

function colorOf(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(`--${name}`).trim();
}

/** Figures over time: lines for eyes, and the same figures as a table that a screen reader (or anyone) can open. */
export function Chart({ title, times, series, figure, steps, height = 180 }: ChartProps) {
  const say = useText();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const theme = usePreferences(({ preferences }) => preferences?.theme);
  // Drawn again when the theme changes: colours are read from the page.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const axis = {
      stroke: colorOf(element, 'muted'),
      grid: { stroke: colorOf(element, 'line'), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(element).fontFamily}`,
    };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        // figures are amounts: an axis that begins elsewhere would make small changes look large
        scales: { y: { range: (_plot, _least, most) => [0, most > 0 ? most * HEADROOM : 1] } },
        axes: [
          {
            ...axis,
            space: 72,
            size: AXIS_HEIGHT,
            values: (_plot, splits) => splits.map((at) => format.tick(at * SECOND)),
          },
          {
            ...axis,
            size: AXIS_WIDTH,
            values: (_plot, splits) => splits.map((value) => figure(value)),
            ...(steps === undefined ? {} : { incrs: [...steps] }),
          },
        ],
        series: [
          {},
          ...series.map(({ title: label, tone, dash }) => ({
            label,
            stroke: colorOf(element, tone),
            width: 1.5,
            points: { show: false },
            ...(dash === undefined ? {} : { dash: [...dash] }),
          })),
        ],
      },
      [times.map((at) => at / SECOND), ...series.map(({ values }) => [...values])],
      element,
    );
    const watcher = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      plot.destroy();
    };
  }, [times, series, figure, steps, height, format, theme]);
  return (
    <figure aria-label={title} className="min-w-0">
      <figcaption className="mb-1 flex flex-wrap items-baseline gap-x-4">
        <span className="w-full text-15 font-semibold">{title}</span>
        {series.map(({ id, title: label, tone, dash }) => (
          <span key={id} className="flex items-center gap-1.5 text-11 text-muted">
            <svg width="20" height="4" aria-hidden="true">
              <line
                x1="0"
                y1="2"
                x2="20"
                y2="2"
                strokeWidth="2"
                stroke={`var(--${tone})`}
                strokeDasharray={dash?.join(' ')}
              />
            </svg>
            {label}
          </span>
        ))}
      </figcaption>
      <div ref={place} aria-hidden="true" className="min-w-0 overflow-hidden" style={{ height }} />
      <details className="mt-1 text-11 text-muted">
        <summary className="w-fit rounded-sm">{say('parts.chartTable')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section className="max-h-60 overflow-auto" aria-label={title} tabIndex={0}>
          <table className="text-11">
            <thead>
              <tr>
                <th scope="col" className="pr-4 text-left font-medium">
                  {say('parts.time')}
                </th>
                {series.map(({ id, title: label }) => (
                  <th key={id} scope="col" className="pr-4 text-right font-medium">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map((at, row) => (
                <tr key={at}>
                  <th scope="row" className="pr-4 text-left font-normal">
                    {format.exact(at)}
                  </th>
                  {series.map(({ id, values }) => (
                    <td key={id} className="pr-4 text-right">
                      {figure(values[row] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
