import { FileSearch } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { FilteredAway } from '../../parts/FilteredAway';
import { useItemColumns } from '../../parts/item/item-columns';
import { ItemAlone, ItemBrowser } from '../../parts/item-acts/ItemBrowser';
import { type ItemActs, useItemActs } from '../../parts/item-acts/use-item-acts';
import { Page } from '../../parts/Page';
import type { Sort } from '../../parts/table/columns';
import { idsOf, useItemRows } from '../../state/item-rows';
import { go, goInstead, useRoute } from '../../state/navigation';
import { titleAmong, useProbeTitles } from '../../state/probe-titles';
import { filterWords } from './filter-words';
import { ResultsFilters } from './ResultsFilters';
import { EVERYTHING, narrows, queryOf, type ResultsFilter, sortKeyOf } from './results-filter';
import { resultsSelection, setFilter, useResults } from './results-store';
import { SavedViewsMenu } from './SavedViewsMenu';

const COLUMNS = ['name', 'verdict', 'why', 'disposition', 'size', 'ended'] as const;

/** `#/results`, `#/results/42` (one item), `#/results/submission/GUID` (all of one submission). */
export function ResultsView() {
  const path = useRoute((route) => route.path);
  const acts = useItemActs();
  const [first, second] = path;
  useEffect(() => (first === 'submission' ? showSubmission(second) : undefined), [first, second]);
  return (
    <>
      {first === undefined || first === 'submission' ? (
        <ResultsList acts={acts} />
      ) : (
        <ItemAlone view="results" id={first} acts={acts} />
      )}
      {acts.dialogs}
    </>
  );
}

/** The address says so for as long as it is the submission that is shown; answers with the function that ends that. */
function showSubmission(submission: string | undefined): () => void {
  if (submission !== undefined) setFilter({ ...EVERYTHING, submission });
  const follow = ({ filter }: { readonly filter: ResultsFilter }) => {
    if (submission === undefined || filter.submission !== submission) goInstead('results');
  };
  follow(useResults.getState());
  return useResults.subscribe(follow);
}

const showPane = (pane: boolean) => useResults.setState({ pane });

function onSort(sort: Sort): void {
  const by = sortKeyOf(sort.by);
  if (by !== null) setFilter({ sort: { by, descending: sort.descending } });
}

function ResultsList({ acts }: { readonly acts: ItemActs }) {
  const say = useText();
  const { filter, since, pane } = useResults();
  const query = useMemo(() => queryOf(filter, since), [filter, since]);
  const rows = useItemRows(query);
  const columns = useItemColumns(COLUMNS);
  const titleOf = titleAmong(useProbeTitles());
  return (
    <Page
      full
      title={say('view.results')}
      actions={<SavedViewsMenu filter={filter} />}
      toolbar={<ResultsFilters filter={filter} />}
    >
      <ItemBrowser
        view="results"
        label={say('view.results')}
        columns={columns}
        rows={rows}
        sort={filter.sort}
        onSort={onSort}
        selection={resultsSelection}
        allIds={() => idsOf(query)}
        acts={acts}
        actions={acts.forAny}
        pane={pane}
        onPane={showPane}
        empty={
          narrows(filter) ? (
            <FilteredAway filter={filterWords(say, filter, titleOf)} onClear={() => setFilter(EVERYTHING)} />
          ) : (
            <EmptyState icon={FileSearch} title={say('results.empty')}>
              <p>{say('results.emptyHelp')}</p>
              <Button onClick={() => go('drop')}>{say('results.goDrop')}</Button>
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
