import { create } from 'zustand';

export type Language = 'en' | 'fr';

/** The language in use: what the preferences say, or the system's. */
export const useLanguage = create<{ readonly language: Language }>()(() => ({ language: 'en' }));

/** `preferred` of the preferences; `system` a tag such as `fr-CA`, from the shell. */
export function setLanguage(preferred: Language | 'system', system: string): void {
  const language = preferred === 'system' ? (/^fr\b/i.test(system) ? 'fr' : 'en') : preferred;
  useLanguage.setState({ language });
  document.documentElement.lang = language;
}
