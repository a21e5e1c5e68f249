import { create } from 'zustand';
import type { ShellParams, ShellResult } from '../../src-main/contract/shell-schema';
import { messageOf, shell } from '../bridge';
import { setLanguage } from './language';

export type Preferences = ShellResult<'preferences'>;
export type About = ShellResult<'about'>;

interface PreferencesState {
  /** Null until the shell has answered. */
  readonly preferences: Preferences | null;
  readonly about: About | null;
  /** Why they could not be read. */
  readonly problem: string | null;
}

export const usePreferences = create<PreferencesState>()(() => ({
  preferences: null,
  about: null,
  problem: null,
}));

const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)');

function applyTheme(theme: Preferences['theme']): void {
  const dark = theme === 'dark' || (theme === 'system' && prefersDark().matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

function apply(): void {
  const { preferences, about } = usePreferences.getState();
  applyTheme(preferences?.theme ?? 'system');
  setLanguage(preferences?.language ?? 'system', about?.language ?? navigator.language);
}

/** Reads what the person prefers and what the window runs on. Throws CallError. */
export async function loadPreferences(): Promise<void> {
  apply();
  try {
    const [preferences, about] = await Promise.all([shell('preferences', {}), shell('about', {})]);
    usePreferences.setState({ preferences, about, problem: null });
  } catch (error) {
    usePreferences.setState({ problem: messageOf(error) });
    throw error;
  }
  apply();
}

/** Follows the system between light and dark; answers with the function that ends it. */
export function followSystemTheme(): () => void {
  const query = prefersDark();
  query.addEventListener('change', apply);
  return () => query.removeEventListener('change', apply);
}

/** Shows the change at once and keeps it; when it cannot be kept it is taken back. Throws CallError. */
export async function changePreferences(change: ShellParams<'set-preferences'>): Promise<void> {
  const before = usePreferences.getState().preferences;
  if (before === null) return;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  usePreferences.setState({ preferences: { ...before, ...given } });
  apply();
  try {
    await shell('set-preferences', change);
  } catch (error) {
    usePreferences.setState({ preferences: before });
    apply();
    throw error;
  }
}
