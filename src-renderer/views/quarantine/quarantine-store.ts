import { create } from 'zustand';
import { type ItemQuery, SORT_KEYS } from '../../../src-main/contract/item-view';
import type { ItemQueryParams } from '../../state/item-rows';
import { createSelection } from '../../state/selection';

export const KEPT_SHOWN = ['all', 'quarantined', 'held'] as const;
export type KeptShown = (typeof KEPT_SHOWN)[number];

interface QuarantineState {
  readonly shown: KeptShown;
  readonly text: string;
  readonly sort: ItemQuery['sort'];
  /** Whether the pane beside the table is open; null: as wide as the window allows. */
  readonly pane: boolean | null;
}

/** What Quarantine shows, kept while other views are looked at. */
export const useQuarantine = create<QuarantineState>()(() => ({
  shown: 'all',
  text: '',
  sort: { by: 'time', descending: true },
  pane: null,
}));

export const quarantineSelection = createSelection();

/** Other rows: what was chosen among the old ones is let go. */
export function showKept(change: Partial<Pick<QuarantineState, 'shown' | 'text'>>): void {
  useQuarantine.setState(change);
  quarantineSelection.setState({ ids: new Set(), active: -1, anchor: -1 });
}

export function sortKept({ by, descending }: { readonly by: string; readonly descending: boolean }): void {
  const key = SORT_KEYS.find((each) => each === by);
  if (key !== undefined) useQuarantine.setState({ sort: { by: key, descending } });
}

export function keptQuery({ shown, text, sort }: Pick<QuarantineState, 'shown' | 'text' | 'sort'>): ItemQueryParams {
  return { text, sort, open: false, dispositions: shown === 'all' ? ['quarantined', 'held'] : [shown] };
}
