import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Probe } from '../../../../src-main/probes/probe';
import { createYaraProbe } from '../../../../src-main/probes/yara/probe';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { BUILT_IN_RULES, put, scan } from './support';

const files = readdirSync(BUILT_IN_RULES).filter((name) => name.endsWith('.yar'));
const textOf = (name: string) => readFileSync(join(BUILT_IN_RULES, name), 'utf8');
const guidance: unknown = JSON.parse(readFileSync(join(BUILT_IN_RULES, '../guidance/en.json'), 'utf8'));
const tags = Object.keys(guidance ?? {});

/** Every rule that can be reported, with its text up to the next rule. */
const rules = files.flatMap((file) =>
  textOf(file)
    .split(/^(?=(?:private )?rule )/m)
    .filter((text) => text.startsWith('rule '))
    .map((text) => ({ file, name: /^rule (\w+)/.exec(text)?.[1] ?? '', text })),
);

describe('the built-in rules', () => {
  let probe: Probe;
  beforeAll(() => {
    const settings = { rules: [], processes: 1, maxBytes: 1024 ** 3, timeoutSeconds: 60 };
    probe = createYaraProbe(settings, { builtInRules: BUILT_IN_RULES });
  });
  afterAll(() => probe.close());

  const namesIn = async (content: string | Uint8Array) =>
    (await scan(probe, put(tempFolder(), 'x', content))).findings.map(({ name, severity }) => `${name} ${severity}`);

  test('are 60 or more, each with a name of its own', () => {
    expect(rules.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  test('EICAR is found as the standard says: first in the file, with at most 60 characters behind it', async () => {
    const found = ['EICAR_Test_File malicious'];
    expect(await namesIn(EICAR)).toEqual(found);
    expect(await namesIn(Buffer.concat([EICAR, Buffer.alloc(60, '\n')]))).toEqual(found);
    expect(await namesIn(Buffer.concat([EICAR, Buffer.alloc(61, '\n')]))).toEqual([]);
    expect(await namesIn(Buffer.concat([Buffer.from('The test string is '), EICAR]))).toEqual([]);
    expect(await namesIn(EICAR.subarray(0, -1))).toEqual([]);
  });

  test.each(files)('%s does not find itself', async (name) => {
    expect(await namesIn(textOf(name))).toEqual([]);
  });

  test.each(rules)('$name has severity, category, description, known guidance and reference', ({ text }) => {
    expect(text).toMatch(/severity = "(malicious|suspicious|info)"/);
    expect(text).toMatch(/category = "[a-z-]+"/);
    expect(text).toMatch(/description = "[^"]{20,}"/);
    expect(text).toMatch(/reference = "https:\/\/[^"]+"/);
    const named = /guidance = "([^"]+)"/.exec(text)?.[1]?.split(',') ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(tags).toEqual(expect.arrayContaining(named));
  });

  test.each(rules)('$name names the ATT&CK technique that it refers to', ({ text }) => {
    const technique = /attack = "([^"]+)"/.exec(text)?.[1];
    const linked = /attack\.mitre\.org\/techniques\/(T\d{4})(?:\/(\d{3}))?\/"/.exec(text);
    if (technique !== undefined) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
    if (linked !== null) expect(technique).toBe([linked[1], linked[2]].filter((part) => part !== undefined).join('.'));
  });

  test.each(files)('%s has nothing in it that the compiler calls slow', (name) => {
    const library = createRequire(__filename)('@litko/yara-x') as typeof import('@litko/yara-x');
    const { errors, warnings } = library.validate(textOf(name));
    expect(errors).toEqual([]);
    expect(warnings.filter(({ message }) => message.includes('slow'))).toEqual([]);
  });
});
