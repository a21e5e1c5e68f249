import { describe, expect, it } from 'vitest';
import { hasWords, isNamed, isSought } from '../../../../src-renderer/parts/form/form-search';
import { schemaOf } from '../../../../src-renderer/state/settings-schema';

const words = { text: (text: string) => text };
const node = schemaOf({
  title: 'Retention',
  description: 'How long things are kept.',
  properties: { historyDays: { type: 'integer', title: 'History' } },
});

describe('a search in a form', () => {
  it('asks for every word, in any order, without case and accents', () => {
    expect(hasWords(['Durée limite', null], 'LIMITE duree')).toBe(true);
    expect(hasWords(['Durée limite'], 'durée archive')).toBe(false);
    expect(hasWords(['anything'], '  ')).toBe(true);
  });

  it('finds a group by itself or by a key below it, and tells which', () => {
    expect(isNamed(node, ['retention'], 'kept', words)).toBe(true);
    expect(isNamed(node, ['retention'], 'history', words)).toBe(false);
    expect(isSought(node, ['retention'], 'history', words)).toBe(true);
    expect(isSought(node, ['retention'], 'retention.historydays', words)).toBe(true);
    expect(isSought(node, ['retention'], 'quarantine', words)).toBe(false);
  });

  it('looks into each form of an entry', () => {
    const record = schemaOf({
      additionalProperties: {
        oneOf: [
          { properties: { kind: { const: 'a' }, dir: { title: 'Folder' } } },
          { properties: { kind: { const: 'b' }, bucket: { title: 'Bucket' } } },
        ],
      },
    });
    expect(isSought(record, ['destinations'], 'bucket', words)).toBe(true);
  });
});
