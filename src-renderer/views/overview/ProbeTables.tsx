import type { ReactNode } from 'react';
import { useFormat } from '../../format/use-format';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { FileName } from '../../parts/FileName';
import { hashOf } from '../../state/navigation';
import { titleAmong, useProbeTitles } from '../../state/probe-titles';
import { mostFailing, type ProbeFigures, slowest } from './figures';

const SHOWN = 8;

/** Which probes take the longest, and which fail the most. */
export function ProbeTables({ probes }: { readonly probes: readonly ProbeFigures[] }) {
  const say = useText();
  const format = useFormat();
  const titleOf = titleAmong(useProbeTitles());
  const named = (rows: readonly ProbeFigures[], cells: (row: ProbeFigures) => readonly string[]) =>
    rows.slice(0, SHOWN).map((row) => ({ id: row.probe, title: visibleName(titleOf(row.probe)), cells: cells(row) }));
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(440px,100%),1fr))] gap-x-8 gap-y-6">
      <ProbeTable
        id="overview-slowest"
        title={say('overview.slowest')}
        help={say('overview.slowestHelp')}
        columns={[say('overview.median'), say('overview.p95')]}
        none={say('overview.slowestNone')}
        rows={named(slowest(probes), ({ medianMs, p95Ms }) => [format.duration(medianMs), format.duration(p95Ms)])}
      />
      <ProbeTable
        id="overview-failing"
        title={say('overview.failing')}
        help={say('overview.failingHelp')}
        columns={[say('overview.failed'), say('overview.looked')]}
        none={say('overview.failingNone')}
        rows={named(mostFailing(probes), ({ failed, jobs }) => [format.count(failed), format.count(jobs)])}
      />
    </div>
  );
}

function ProbeTable({
  id,
  title,
  help,
  columns,
  none,
  rows,
}: {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly columns: readonly string[];
  /** Instead of no rows. */
  readonly none: string;
  readonly rows: readonly { readonly id: string; readonly title: string; readonly cells: readonly string[] }[];
}) {
  const say = useText();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="text-15 font-semibold">
        {title}
      </h2>
      <p className="pb-1 text-muted">{rows.length === 0 ? none : help}</p>
      {rows.length > 0 && (
        <table className="w-full table-fixed" aria-labelledby={id}>
          <thead>
            <tr className="border-b border-line text-11 text-muted">
              <Head left>{say('overview.probe')}</Head>
              {columns.map((column) => (
                <Head key={column}>{column}</Head>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className="border-b border-line/60 last:border-0">
                <th scope="row" className="h-8 pr-4 text-left font-medium">
                  <a
                    href={hashOf({ view: 'probes', path: [row.id] })}
                    draggable={false}
                    className="flex w-fit max-w-full rounded-sm text-text underline decoration-line-strong underline-offset-2 hover:decoration-text"
                  >
                    <FileName name={row.title} />
                  </a>
                </th>
                {row.cells.map((cell, at) => (
                  <td key={columns[at]} className="pl-4 text-right whitespace-nowrap">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Head({ left = false, children }: { readonly left?: boolean; readonly children: ReactNode }) {
  return (
    <th
      scope="col"
      className={
        left ? 'h-7 pr-4 text-left font-medium' : 'h-7 w-28 pl-4 text-right font-medium [overflow-wrap:anywhere]'
      }
    >
      {children}
    </th>
  );
}
