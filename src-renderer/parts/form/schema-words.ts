import { SCHEMA_VALUES } from '../../i18n/en/schema';
import { FRENCH_SCHEMA } from '../../i18n/fr/schema';
import { type Language, useLanguage } from '../../state/language';

/** Words of the settings' schema in the window's language. A key that nobody translated yet is said in English. */
export interface SchemaWords {
  /** A title or a description. */
  readonly text: (english: string) => string;
  /** A value of a choice; as dropgate.yaml writes it where it has no words. */
  readonly value: (value: string) => string;
}

function wordsIn(language: Language): SchemaWords {
  const text = (english: string) => (language === 'fr' ? (FRENCH_SCHEMA.get(english) ?? english) : english);
  return { text, value: (value) => text(SCHEMA_VALUES.get(value) ?? value) };
}

const words: Readonly<Record<Language, SchemaWords>> = { en: wordsIn('en'), fr: wordsIn('fr') };

export function useSchemaWords(): SchemaWords {
  return words[useLanguage(({ language }) => language)];
}
