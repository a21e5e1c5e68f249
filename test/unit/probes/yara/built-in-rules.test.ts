import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Probe } from '../../../../src-main/probes/probe';
import { createYaraProbe } from '../../../../src-main/probes/yara/probe';
import { readRuleText } from '../../../../src-main/probes/yara/rule-text';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { HARMFUL, HARMLESS } from './samples';
import { BUILT_IN_RULES, put, scan } from './support';

const files = readdirSync(BUILT_IN_RULES).filter((name) => name.endsWith('.yar'));
const guidance: unknown = JSON.parse(readFileSync(join(BUILT_IN_RULES, '../guidance/en.json'), 'utf8'));
const tags = Object.keys(guidance ?? {});

describe('the built-in rules', () => {
  let probe: Probe;
  beforeAll(() => {
    const settings = { rules: [], processes: 1, maxBytes: 1024 ** 3, timeoutSeconds: 60 };
    probe = createYaraProbe(settings, { builtInRules: BUILT_IN_RULES });
  });
  afterAll(() => probe.close());

  const namesIn = async (content: string | Uint8Array) =>
    (await scan(probe, put(tempFolder(), 'x', content))).findings.map(({ name, severity }) => `${name} ${severity}`);

  test.each(HARMFUL)('$rule finds: $title', async ({ rule, severity, content }) => {
    expect(await namesIn(content)).toContain(`${rule} ${severity ?? 'malicious'}`);
  });

  test('every rule has a sample that it finds', () => {
    const rules = files.flatMap((name) => readRuleText(readFileSync(join(BUILT_IN_RULES, name), 'utf8')).rules);
    const sampled = new Set(['EICAR_Test_File', ...HARMFUL.map(({ rule }) => rule)]);
    expect(rules.filter((rule) => !sampled.has(rule))).toEqual([]);
  });

  test.each(HARMLESS)('nothing is found in: $title', async ({ content }) => {
    expect(await namesIn(content)).toEqual([]);
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
    expect(await namesIn(readFileSync(join(BUILT_IN_RULES, name)))).toEqual([]);
  });

  test.each(files)('every rule of %s has severity, category, description, known guidance and reference', (name) => {
    const text = readFileSync(join(BUILT_IN_RULES, name), 'utf8');
    const blocks = text.split(/^rule /m).slice(1);
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      expect(block).toMatch(/severity = "(malicious|suspicious|info)"/);
      expect(block).toMatch(/category = "[a-z-]+"/);
      expect(block).toMatch(/description = "[^"]{20,}"/);
      expect(block).toMatch(/reference = "https:\/\/[^"]+"/);
      const named = /guidance = "([^"]+)"/.exec(block)?.[1]?.split(',') ?? [];
      expect(named.length).toBeGreaterThan(0);
      expect(tags).toEqual(expect.arrayContaining(named));
    }
  });
});
