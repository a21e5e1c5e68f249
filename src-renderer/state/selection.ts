import { createStore, type StoreApi } from 'zustand';

/** Which rows of one table are chosen, by id, and where the keyboard stands (`active`, an index; -1 for nowhere). */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly active: number;
  /** Where a range with Shift begins. */
  readonly anchor: number;
}
export type SelectionStore = StoreApi<Selection>;

const NOTHING: ReadonlySet<string> = new Set();

export function createSelection(): SelectionStore {
  return createStore<Selection>()(() => ({ ids: NOTHING, active: -1, anchor: -1 }));
}

export function chooseOnly(store: SelectionStore, index: number, id: string): void {
  store.setState({ ids: new Set([id]), active: index, anchor: index });
}

export function toggle(store: SelectionStore, index: number, id: string): void {
  const ids = new Set(store.getState().ids);
  if (!ids.delete(id)) ids.add(id);
  store.setState({ ids, active: index, anchor: index });
}

/** Replaces the choice by `ids`, which lie between the anchor and `active`. */
export function chooseRange(store: SelectionStore, active: number, ids: readonly string[]): void {
  store.setState((before) => ({ ids: new Set(ids), active, anchor: before.anchor < 0 ? active : before.anchor }));
}

export function chooseAll(store: SelectionStore, ids: readonly string[]): void {
  store.setState({ ids: new Set(ids) });
}

export function chooseNone(store: SelectionStore): void {
  store.setState({ ids: NOTHING, anchor: -1 });
}

/** Lets go of rows that are no longer there. */
export function forget(store: SelectionStore, gone: readonly string[]): void {
  const ids = new Set(store.getState().ids);
  for (const id of gone) ids.delete(id);
  store.setState({ ids });
}
