import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settingsSchema } from '../../../../src-main/contract/settings';
import { FRENCH_SCHEMA } from '../../../../src-renderer/i18n/fr/schema';
import { fieldAt, nodeAt, type SchemaNode, schemaOf } from '../../../../src-renderer/state/settings-schema';

const schema = schemaOf(JSON.parse(JSON.stringify(z.toJSONSchema(settingsSchema, { io: 'input' }))));

function all(node: SchemaNode): SchemaNode[] {
  const inner = [
    ...node.properties.values(),
    ...node.branches,
    ...[node.items, node.entry].filter((one) => one !== null),
  ];
  return [node, ...inner.flatMap(all)];
}

describe('the schema of the settings', () => {
  it('tells what each key is called, what it takes and what it is by default', () => {
    expect(nodeAt(schema, {}, ['retention', 'historyDays'])).toMatchObject({
      title: 'History',
      types: ['integer'],
      unit: 'days',
      byDefault: 365,
    });
    expect(nodeAt(schema, {}, ['profiles', 'any', 'limits', 'fileBytes'])?.format).toBe('byte-size');
  });

  it('follows the kind that an entry says', () => {
    const settings = { destinations: { out: { kind: 's3', bucket: 'b' } } };
    expect(nodeAt(schema, settings, ['destinations', 'out', 'bucket'])?.title).toBe('Bucket');
    expect(nodeAt(schema, settings, ['destinations', 'out', 'dir'])).toBeNull();
  });

  it('knows the field for a problem inside of a list, and that an unknown key has none', () => {
    expect(fieldAt(schema, {}, ['profiles', 'default', 'passwords', 3])).toEqual(['profiles', 'default', 'passwords']);
    expect(fieldAt(schema, {}, ['watch', 0, 'dir'])).toEqual(['watch', 0, 'dir']);
    expect(fieldAt(schema, {}, ['retention', 'years'])).toBeNull();
    expect(fieldAt(schema, {}, [])).toBeNull();
  });

  it('is said in French as a whole', () => {
    const said = all(schema).flatMap(({ title, description }) => [title, description].filter((text) => text !== null));
    const names = new Set(['ClamAV', 'YARA', 'S3', 'clamd.conf']);
    expect([...new Set(said)].filter((text) => !FRENCH_SCHEMA.has(text) && !names.has(text))).toEqual([]);
  });
});
