import { create } from 'zustand';

/** Kept files whose deletion was asked for and can still be taken back. */
const useLeavingStore = create<{ readonly ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }));

export function addLeaving(ids: readonly string[]): void {
  useLeavingStore.setState((before) => ({ ids: new Set([...before.ids, ...ids]) }));
}

export function removeLeaving(ids: readonly string[]): void {
  const back = new Set(ids);
  useLeavingStore.setState((before) => ({ ids: new Set([...before.ids].filter((id) => !back.has(id))) }));
}

export function useLeaving(id: string): boolean {
  return useLeavingStore(({ ids }) => ids.has(id));
}

const goneListeners = new Set<(ids: readonly string[]) => void>();

/** What was restored, deleted or sent back to the probes is no longer a matter of the list it was chosen in. */
export function tellGone(ids: readonly string[]): void {
  if (ids.length === 0) return;
  for (const listener of goneListeners) listener(ids);
}

export function onGone(listener: (ids: readonly string[]) => void): () => void {
  goneListeners.add(listener);
  return () => goneListeners.delete(listener);
}
