import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { SettingsChange } from '../../../src-main/contract/window-calls';
import { commentsIn, lostComments } from '../../../src-main/engine/settings-comments';
import { edited } from '../../../src-main/engine/settings-edit';
import { parseYaml } from '../../../src-main/engine/settings-file';

type Json = NonNullable<SettingsChange['value']> | null;

const text = fc.oneof(
  fc.constantFrom(
    '',
    'true',
    '12',
    '0x1f',
    '# no comment',
    'a: b',
    "it's",
    '- x',
    '~',
    '*a',
    'a\nb',
    ' lead',
    'é\u{202e}x',
  ),
  fc.string({ maxLength: 12 }),
);
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const key = fc.constantFrom('dir', 'kind', 'a', 'b-c', '12', 'true', 'ü', 'x y');
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const root = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

/** Numbers that decide, one by one, what a person's hand would: style, comments, empty lines. */
const whims = fc.array(fc.nat(99), { minLength: 40, maxLength: 40 });

const isCollection = (data: Json) => typeof data === 'object' && data !== null && Object.keys(data).length > 0;

/** Data as a person may have written it: block and flow style mixed, comments and empty lines between. */
function byHand(data: Json, numbers: readonly number[]): string {
  let count = 0;
  const whim = () => numbers[count++ % numbers.length] ?? 0;
  const note = () => `# note ${count}`;
  const lines: string[] = [];
  const inline = (one: Json) => {
    const flow = stringify([one], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: whim() % 2 === 0 });
    const plain = flow.trim().slice(1, -1).trim();
    return plain.includes('\n') || whim() % 5 === 0 ? JSON.stringify(one) : plain;
  };
  const write = (indent: string, head: string, inner: Json) => {
    if (whim() % 5 === 0) lines.push('');
    if (whim() % 3 === 0) lines.push(`${indent}${note()}`);
    const after = whim() % 3 === 0 ? `${' '.repeat(1 + (whim() % 4))}${note()}` : '';
    if (isCollection(inner) && whim() % 3 !== 0) {
      lines.push(`${indent}${head}${after}`);
      block(`${indent}${' '.repeat(1 + (whim() % 4))}`, inner);
    } else lines.push(`${indent}${head} ${inline(inner)}${after}`);
  };
  const block = (indent: string, one: Json) => {
    if (Array.isArray(one)) for (const entry of one) write(indent, '-', entry);
    else if (typeof one === 'object' && one !== null)
      for (const [name, inner] of Object.entries(one)) write(indent, `${inline(name)}:`, inner);
  };
  block('', data);
  if (whim() % 2 === 0) lines.push('', note());
  return `${lines.join('\n')}\n`;
}

/** One change of `data`: numbers choose how deep it goes and what it does. */
function changeOf(data: Json, numbers: readonly number[], fresh: Json): SettingsChange {
  const path: (string | number)[] = [];
  let node = data;
  for (const number of numbers.slice(0, 4)) {
    if (!isCollection(node) || (path.length > 0 && number % 4 === 0)) break;
    const names = Object.keys(node as object);
    const name = names[number % names.length] ?? '';
    path.push(Array.isArray(node) ? Number(name) : name);
    node = (node as Record<string, Json>)[name] ?? null;
  }
  const what = (numbers[4] ?? 0) % 4;
  if (path.length === 0) return { path: ['first'], value: fresh };
  if (what === 0) return { path };
  if (what === 1 && Array.isArray(node)) return { path: [...path, node.length], value: fresh };
  if (what === 1 && typeof node === 'object' && node !== null) return { path: [...path, 'new one'], value: fresh };
  return { path, value: fresh };
}

/** What a change means, said as simply as can be. */
function wanted(data: Json, [step, ...rest]: readonly (string | number)[], fresh: Json | undefined): Json {
  if (Array.isArray(data)) {
    if (rest.length === 0 && fresh === undefined) return data.filter((_one, index) => index !== step);
    const copy = [...data];
    copy[Number(step)] = rest.length === 0 ? (fresh ?? null) : wanted(data[Number(step)] ?? null, rest, fresh);
    return copy;
  }
  const entries = Object.entries(data ?? {}).filter(([name]) => rest.length > 0 || name !== step);
  if (rest.length === 0) {
    return Object.fromEntries(fresh === undefined ? entries : [...entries, [String(step), fresh]]);
  }
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === step ? wanted(inner, rest, fresh) : inner]));
}

describe('any changes of any configuration', () => {
  it('say exactly what was wanted, and every comment survives', () => {
    const step = fc.tuple(fc.array(fc.nat(99), { minLength: 5, maxLength: 5 }), value);
    fc.assert(
      fc.property(root, whims, fc.array(step, { minLength: 1, maxLength: 3 }), (start, hand, steps) => {
        const given = byHand(start, hand);
        const parsed = parseYaml(given);
        if (parsed.kind !== 'data') throw new Error(`the hand wrote no YAML: ${parsed.kind}\n${given}`);
        expect(parsed.data).toEqual(start);
        let data: Json = start;
        const changes = steps.map(([numbers, fresh]) => {
          const change = changeOf(data, numbers, fresh);
          data = wanted(data, change.path, change.value);
          return change;
        });
        const result = edited({ text: given, data: parsed.data }, changes);
        if (!('data' in result)) throw new Error(result.text);
        expect(result.data).toEqual(data);
        expect(parseYaml(result.text)).toMatchObject({ kind: 'data' });
        expect(parseYaml(result.text)).toEqual({ kind: 'data', data, text: result.text });
        expect(lostComments(given, result.text)).toEqual([]);
        expect(commentsIn(result.text).length).toBe(commentsIn(given).length);
      }),
      { numRuns: 150 },
    );
  });
});
