import { describe, expect, it } from 'vitest';
import { en } from '../../../../src-renderer/i18n/en/catalogue';
import { fr } from '../../../../src-renderer/i18n/fr/catalogue';
import { currentText } from '../../../../src-renderer/i18n/text';
import type { Plural } from '../../../../src-renderer/i18n/text-types';
import { useLanguage } from '../../../../src-renderer/state/language';

type Entries = [key: string, entry: string | Plural][];
const english: Entries = Object.entries(en);
const french = new Map<string, string | Plural>(Object.entries(fr));

const forms = (entry: string | Plural) => (typeof entry === 'string' ? [entry] : [entry.one, entry.other]);
const placesOf = (entry: string | Plural) =>
  [...new Set(forms(entry).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe('the catalogue', () => {
  it.each(english)('has the same places in both languages: %s', (key, entry) => {
    expect(placesOf(french.get(key) ?? '')).toEqual(placesOf(entry));
  });

  it('says nothing twice, shouts nothing and leaves nothing empty', () => {
    const bad = [...english, ...french].filter(([, entry]) =>
      forms(entry).some((form) => form === '' || form.includes('!')),
    );
    expect(bad).toEqual([]);
  });
});

describe('a text', () => {
  it('takes the form that the language wants for a number, and writes the number its way', () => {
    useLanguage.setState({ language: 'en' });
    expect([0, 1, 2].map((count) => currentText()('table.rows', { count }))).toEqual(['0 rows', '1 row', '2 rows']);
    useLanguage.setState({ language: 'fr' });
    expect([0, 1, 2].map((count) => currentText()('table.rows', { count }))).toEqual([
      '0 ligne',
      '1 ligne',
      '2 lignes',
    ]);
    expect(currentText()('table.selected', { count: 12_000 })).toMatch(/^12\s000 sélectionnés$/);
    useLanguage.setState({ language: 'en' });
  });

  it('agrees in number: how many files got a verdict', () => {
    useLanguage.setState({ language: 'fr' });
    const say = currentText();
    expect([1, 110].map((count) => say('counted.infected', { count }))).toEqual(['1 infecté', '110 infectés']);
    expect(say('counted.unverified', { count: 2 })).toBe('2 non vérifiés');
    expect(say('frame.files', { done: 1, count: 120 })).toBe('1 sur 120 fichiers');
    expect(say('drop.done', { done: '1', count: 120 })).toBe('1 sur 120 fichiers');
    expect(say('queue.rate', { count: 1.5 })).toBe('1,5 fichier/s');
    expect(say('frame.probesReady', { count: 1, all: 3 })).toBe('1/3 sonde prête');
    useLanguage.setState({ language: 'en' });
    expect(currentText()('counted.infected', { count: 110 })).toBe('110 infected');
  });

  it('never reads what it is given as a text with places', () => {
    expect(currentText()('parts.remove', { name: '{name} $& {count}' })).toBe('Remove {name} $& {count}');
  });
});
