import { create } from 'zustand';

interface DropState {
  /** How many files hang over the window; 0 when none do. */
  readonly over: number;
  /** Base64 paths that were dropped or handed in from outside, for the Drop view to gate; it sets null when it took them. */
  readonly given: readonly string[] | null;
}

export const useDrop = create<DropState>()(() => ({ over: 0, given: null }));
