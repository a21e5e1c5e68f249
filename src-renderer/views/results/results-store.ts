import { create } from 'zustand';
import { createSelection } from '../../state/selection';
import { EVERYTHING, type ResultsFilter } from './results-filter';

interface ResultsState {
  readonly filter: ResultsFilter;
  /** When `filter` was set: what "the last 24 hours" are counted from. */
  readonly since: number;
  /** Whether the pane beside the table is open; null: as wide as the window allows. */
  readonly pane: boolean | null;
}

/** What Results shows, kept while other views are looked at. */
export const useResults = create<ResultsState>()(() => ({ filter: EVERYTHING, since: Date.now(), pane: null }));

export const resultsSelection = createSelection();

export function setFilter(change: Partial<ResultsFilter>): void {
  useResults.setState(({ filter }) => ({ filter: { ...filter, ...change }, since: Date.now() }));
  resultsSelection.setState({ ids: new Set(), active: -1, anchor: -1 });
}
