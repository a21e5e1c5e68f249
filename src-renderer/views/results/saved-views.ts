import type { ShellResult } from '../../../src-main/contract/shell-schema';
import { changePreferences, usePreferences } from '../../state/preferences';
import { filterFrom, type ResultsFilter, sameFilter } from './results-filter';

type SavedViews = ShellResult<'preferences'>['savedViews'];

export interface SavedView {
  readonly name: string;
  readonly filter: ResultsFilter;
}

/** The views that can be shown, by name; what is none is left out (and kept). */
export function viewsOf(saved: SavedViews): SavedView[] {
  return Object.entries(saved)
    .flatMap(([name, value]) => {
      const filter = filterFrom(value);
      return filter === null ? [] : [{ name, filter }];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function viewNamed(views: readonly SavedView[], filter: ResultsFilter): string | null {
  return views.find((view) => sameFilter(view.filter, filter))?.name ?? null;
}

function withView(saved: SavedViews, name: string, { verdicts, dispositions, ...filter }: ResultsFilter): SavedViews {
  return { ...saved, [name]: { ...filter, verdicts: [...verdicts], dispositions: [...dispositions] } };
}

/** Keeps a filter under a name; one that had it is replaced. Throws CallError. */
export async function saveView(name: string, filter: ResultsFilter): Promise<void> {
  const saved = usePreferences.getState().preferences?.savedViews ?? {};
  await changePreferences({ savedViews: withView(saved, name, filter) });
}

/** One line of the list that a person edits: null as name takes the view away. */
export interface ViewEdit {
  readonly from: string;
  readonly to: string | null;
}

/** What is wrong with a list of edits: the first name that is empty or there twice; null when it can be kept. */
export function problemOf(
  edits: readonly ViewEdit[],
): { readonly kind: 'empty' | 'twice'; readonly at: number } | null {
  const names = edits.map(({ to }) => to?.trim() ?? null);
  const at = names.findIndex((name, place) => name === '' || (name !== null && names.indexOf(name) !== place));
  return at < 0 ? null : { kind: names[at] === '' ? 'empty' : 'twice', at };
}

/** The saved views after renaming and deleting, in one step, so that names can be exchanged. */
export function edited(saved: SavedViews, edits: readonly ViewEdit[]): SavedViews {
  const rest = Object.entries(saved).filter(([name]) => !edits.some(({ from }) => from === name));
  const kept = edits.flatMap(({ from, to }) => {
    const value = saved[from];
    return to === null || value === undefined ? [] : [[to.trim(), value] as const];
  });
  return Object.fromEntries([...rest, ...kept]);
}

/** Throws CallError. */
export async function editViews(edits: readonly ViewEdit[]): Promise<void> {
  const saved = usePreferences.getState().preferences?.savedViews ?? {};
  await changePreferences({ savedViews: edited(saved, edits) });
}
