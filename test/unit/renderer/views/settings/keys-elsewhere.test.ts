import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settingsSchema } from '../../../../../src-main/contract/settings';
import { FRENCH_SCHEMA } from '../../../../../src-renderer/i18n/fr/schema';
import { schemaOf } from '../../../../../src-renderer/state/settings-schema';
import { ELSEWHERE, keysElsewhere } from '../../../../../src-renderer/views/settings/keys-elsewhere';

const schema = schemaOf(JSON.parse(JSON.stringify(z.toJSONSchema(settingsSchema, { io: 'input' }))));
const english = { text: (text: string) => text };
const french = { text: (text: string) => FRENCH_SCHEMA.get(text) ?? text };
const viewsOf = (search: string, words = english) => keysElsewhere(schema, search, words, []).map(({ view }) => view);

describe('keys that are entered in other views', () => {
  it('are keys of the schema, and all of them are shown while nothing is looked for', () => {
    expect([...ELSEWHERE.keys()].filter((key) => !schema.properties.has(key))).toEqual([]);
    expect(keysElsewhere(schema, '', english, []).every(({ found }) => found.length === 0)).toBe(true);
    expect(viewsOf('')).toEqual([...ELSEWHERE.values()]);
  });

  it('are found with the titles that lead there, each once', () => {
    const [only, ...others] = keysElsewhere(schema, 'clamav socket', english, []);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ view: 'probes', found: ['ClamAV: Socket'] });
    expect(keysElsewhere(schema, 'folder', english, []).find(({ key }) => key === 'destinations')?.found).toEqual([
      'Folder',
    ]);
  });

  it('are found in every form of an entry, by their names in dropgate.yaml, and in French without accents', () => {
    expect(viewsOf('bucket')).toEqual(['destinations']);
    expect(viewsOf('settleMs')).toEqual(['folders']);
    expect(viewsOf('reglages de chaque sonde', french)).toEqual(['probes']);
    expect(viewsOf('zebra')).toEqual([]);
  });

  it('are shown when unsaved settings would break them, whatever is looked for', () => {
    const problem = { path: ['destinations', 'out', 'dir'], text: '/srv/a lies in the quarantine' };
    expect(keysElsewhere(schema, 'zebra', english, [problem])).toMatchObject([
      { view: 'destinations', problems: ['destinations.out.dir: /srv/a lies in the quarantine'] },
    ]);
  });
});
