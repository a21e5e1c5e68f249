import { create } from 'zustand';
import { go } from './navigation';

interface DropState {
  /** How many files hang over the window; 0 when none do. */
  readonly over: number;
  /** Base64 paths that were dropped or handed in from outside, for the Drop view to gate; it sets null when it took them. */
  readonly given: readonly string[] | null;
}

export const useDrop = create<DropState>()(() => ({ over: 0, given: null }));

/** Hands paths to the Drop view, beside those that it has not taken yet, and shows it. */
export function giveToDrop(paths: readonly string[]): void {
  if (paths.length === 0) return;
  useDrop.setState(({ given }) => ({ given: [...(given ?? []), ...paths] }));
  go('drop');
}
