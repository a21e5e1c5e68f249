import { create } from 'zustand';
import { go } from './navigation';
import { changePreferences, usePreferences } from './preferences';

export const FIRST_STEPS = ['probes', 'destination', 'drop'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

interface FirstRunState {
  /** What a person said in this window: show it, or leave it; null: what the preferences say. */
  readonly wanted: boolean | null;
  /** The step that is open. */
  readonly current: FirstStep;
  readonly ends: Readonly<Record<FirstStep, 'open' | 'proved' | 'skipped'>>;
}

const BEGINNING = {
  current: 'probes',
  ends: { probes: 'open', destination: 'open', drop: 'open' },
} as const satisfies Partial<FirstRunState>;

export const useFirstRun = create<FirstRunState>()(() => ({ wanted: null, ...BEGINNING }));

/** Whether the first run takes the place of the Drop view. */
export function useIsFirstRun(): boolean {
  const wanted = useFirstRun((state) => state.wanted);
  const isNew = usePreferences(({ preferences }) => preferences?.firstRunDone === false);
  return wanted ?? isNew;
}

/** Shows it again, from its beginning. */
export function beginFirstRun(): void {
  useFirstRun.setState({ wanted: true, ...BEGINNING });
  go('drop');
}

/** Leaves it for good; when that cannot be kept it is left for this time. Throws CallError. */
export async function leaveFirstRun(): Promise<void> {
  useFirstRun.setState({ wanted: false });
  if (usePreferences.getState().preferences?.firstRunDone === false) await changePreferences({ firstRunDone: true });
}

export function showStep(current: FirstStep): void {
  useFirstRun.setState({ current });
}

/** What a step's test told: a later failure takes back what was proved. */
export function tellStep(step: FirstStep, proved: boolean): void {
  useFirstRun.setState(({ ends }) => ({ ends: { ...ends, [step]: proved ? 'proved' : 'open' } }));
}

/** Goes on to the next step; one that proved nothing is skipped. False behind the last one. */
export function goOnFrom(step: FirstStep): boolean {
  const next = FIRST_STEPS[FIRST_STEPS.indexOf(step) + 1];
  useFirstRun.setState(({ ends }) => ({
    ends: { ...ends, [step]: ends[step] === 'proved' ? 'proved' : 'skipped' },
    ...(next === undefined ? {} : { current: next }),
  }));
  return next !== undefined;
}
