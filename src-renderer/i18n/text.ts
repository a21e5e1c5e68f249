import { toldIn } from '../../src-main/contract/told';
import { type Language, useLanguage } from '../state/language';
import { en } from './en/catalogue';
import { fr } from './fr/catalogue';
import type { Params, Plural } from './text-types';

type Catalogue = typeof en;
export type TextKey = keyof Catalogue;

export interface Say {
  /** Says a text of the catalogue: `say('queue.files', { count: 3 })`. */
  <Key extends TextKey>(key: Key, ...params: Params<Catalogue[Key]>): string;
  /** What engine or shell told, in the window's language as far as its words are known. */
  told(text: string): string;
}

const catalogues = { en, fr } as const;
const rules = { en: new Intl.PluralRules('en'), fr: new Intl.PluralRules('fr') } as const;

function formOf(entry: string | Plural, language: Language, count: unknown): string {
  if (typeof entry === 'string') return entry;
  return rules[language].select(typeof count === 'number' ? count : 0) === 'one' ? entry.one : entry.other;
}

function sayIn(language: Language): Say {
  const numbers = new Intl.NumberFormat(language);
  const say = <Key extends TextKey>(key: Key, ...rest: Params<Catalogue[Key]>): string => {
    const params: Readonly<Record<string, string | number>> = rest[0] ?? {};
    const entry: string | Plural = catalogues[language][key];
    return formOf(entry, language, params.count).replaceAll(/\{(\w+)\}/g, (place, name: string) => {
      const value = params[name];
      if (value === undefined) return place;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
  return Object.assign(say, { told: (text: string) => toldIn(language, text) });
}

const sayers: Readonly<Record<Language, Say>> = { en: sayIn('en'), fr: sayIn('fr') };

/** The texts in the window's language, kept up to date when it changes. */
export function useText(): Say {
  return sayers[useLanguage((state) => state.language)];
}

/** The same outside of a component: at the moment of the call. */
export function currentText(): Say {
  return sayers[useLanguage.getState().language];
}
