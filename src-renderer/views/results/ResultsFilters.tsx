import { X } from 'lucide-react';
import { useMemo } from 'react';
import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { DISPOSITIONS } from '../../../src-main/contract/verdict';
import { originWords } from '../../format/origin';
import { type Formats, useFormat } from '../../format/use-format';
import { type Say, useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { FilterMenu } from '../../parts/FilterMenu';
import { SearchField } from '../../parts/SearchField';
import { useSubmissionRows } from '../../state/item-rows';
import { useProbeTitles } from '../../state/probe-titles';
import { sinceWords } from './filter-words';
import { narrows, type ResultsFilter, SINCE_HOURS, toggled, VERDICT_WORDS } from './results-filter';
import { setFilter } from './results-store';

const SUBMISSIONS_OFFERED = 30;
const search = (text: string) => setFilter({ text });

function submissionTitle(say: Say, row: SubmissionRow, format: Formats): string {
  const files = say('results.files', { count: row.items });
  return `${format.exact(Date.parse(row.receivedAt))} · ${originWords(say, row.origin)} · ${files}`;
}

/** Search and conditions, each a chip that says what is chosen. */
export function ResultsFilters({ filter }: { readonly filter: ResultsFilter }) {
  const say = useText();
  const format = useFormat();
  const probes = useProbeTitles();
  const submissions = useSubmissionRows(false);
  const offered = useMemo(() => {
    const rows = Array.from({ length: Math.min(SUBMISSIONS_OFFERED, submissions.total) }, (_, at) =>
      submissions.at(at),
    );
    const known = rows
      .filter((row) => row !== undefined)
      .map((row) => ({
        value: row.guid,
        title: submissionTitle(say, row, format),
        chosen: row.guid === filter.submission,
      }));
    if (filter.submission === null || known.some(({ chosen }) => chosen)) return known;
    return [{ value: filter.submission, title: filter.submission, chosen: true }, ...known];
  }, [submissions, filter.submission, format, say]);
  return (
    <>
      <SearchField value={filter.text} placeholder={say('results.search')} onSearch={search} />
      <FilterMenu
        many
        title={say('columns.verdict')}
        choices={VERDICT_WORDS.map((value) => ({
          value,
          title: say(`verdict.${value}`),
          chosen: filter.verdicts.includes(value),
        }))}
        onToggle={(value) => {
          const verdict = VERDICT_WORDS.find((each) => each === value);
          if (verdict !== undefined) setFilter({ verdicts: toggled(filter.verdicts, verdict) });
        }}
      />
      <FilterMenu
        many
        title={say('columns.disposition')}
        choices={DISPOSITIONS.map((value) => ({
          value,
          title: say(`state.${value}`),
          chosen: filter.dispositions.includes(value),
        }))}
        onToggle={(value) => {
          const disposition = DISPOSITIONS.find((each) => each === value);
          if (disposition !== undefined) setFilter({ dispositions: toggled(filter.dispositions, disposition) });
        }}
      />
      <FilterMenu
        many={false}
        title={say('results.probe')}
        empty={say('results.noProbes')}
        choices={probes.map(({ id, title }) => ({ value: id, title, chosen: filter.probe === id }))}
        onToggle={(value) => setFilter({ probe: value === filter.probe ? null : value })}
      />
      <FilterMenu
        many={false}
        title={say('results.since')}
        choices={SINCE_HOURS.map((hours) => ({
          value: String(hours),
          title: sinceWords(say, hours),
          chosen: hours === filter.sinceHours,
        }))}
        onToggle={(value) => {
          const hours = SINCE_HOURS.find((each) => String(each) === value) ?? null;
          setFilter({ sinceHours: hours === filter.sinceHours ? null : hours });
        }}
      />
      <FilterMenu
        many={false}
        title={say('item.submission')}
        empty={say('results.noSubmissions')}
        choices={offered}
        onToggle={(value) => setFilter({ submission: value === filter.submission ? null : value })}
      />
      {narrows(filter) && (
        <Button
          kind="quiet"
          icon={X}
          onClick={() =>
            setFilter({ text: '', verdicts: [], dispositions: [], probe: null, sinceHours: null, submission: null })
          }
        >
          {say('table.clearFilter')}
        </Button>
      )}
    </>
  );
}
