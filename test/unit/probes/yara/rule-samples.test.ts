import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../../../../src-main/contract/finding';
import type { Probe } from '../../../../src-main/probes/probe';
import { createYaraProbe } from '../../../../src-main/probes/yara/probe';
import { describeWith } from '../../../support/components';
import { BUILT_IN_RULES, scan } from './support';

const WRITER = resolve(__dirname, '../../../support/rule-samples/write_samples.py');
const samplesSchema = z.array(z.object({ rule: z.string().nullable(), path: z.string() }));

/** Name and severity of every rule that can be reported. */
const rules = readdirSync(BUILT_IN_RULES)
  .filter((name) => name.endsWith('.yar'))
  .flatMap((name) => [
    ...readFileSync(join(BUILT_IN_RULES, name), 'utf8').matchAll(/^rule (\w+)\s*\{\s*meta:\s*severity = "(\w+)"/gm),
  ])
  .map(([, name, severity]) => ({ name, severity }));

describeWith(['python3'], 'the built-in rules, on files made by programs that know the techniques only', () => {
  let folder: string;
  let probe: Probe;
  let samples: { readonly rule: string | null; readonly path: string; readonly findings: readonly Finding[] }[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-test-'));
    const settings = { rules: [], processes: 2, maxBytes: 1024 ** 3, timeoutSeconds: 60 };
    probe = createYaraProbe(settings, { builtInRules: BUILT_IN_RULES });
    const written = execFileSync('python3', ['-B', WRITER, folder], { maxBuffer: 16 * 1024 ** 2 });
    const listed = samplesSchema.parse(JSON.parse(written.toString()));
    samples = await Promise.all(
      listed.map(async ({ rule, path }) => ({ rule, path, findings: (await scan(probe, path)).findings })),
    );
  });
  afterAll(async () => {
    await probe.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(rules)('$name ($severity) finds every form of its technique', ({ name, severity }) => {
    const own = samples.filter(({ rule }) => rule === name);
    expect(own.length).toBeGreaterThanOrEqual(3);
    const missed = own.filter(
      ({ findings }) => !findings.some((found) => found.name === name && found.severity === severity),
    );
    expect(missed.map(({ path }) => path)).toEqual([]);
  });

  test('every sample names a rule that there is', () => {
    const known = new Set<string | null | undefined>([null, ...rules.map(({ name }) => name)]);
    expect(samples.filter(({ rule }) => !known.has(rule)).map(({ rule }) => rule)).toEqual([]);
  });

  test('nothing stops honest files that come close to a technique', () => {
    const ordinary = samples.filter(({ rule }) => rule === null);
    expect(ordinary.length).toBeGreaterThan(80);
    const stopped = ordinary.flatMap(({ path, findings }) =>
      findings.filter(({ severity }) => severity !== 'info').map(({ name }) => `${name}: ${path}`),
    );
    expect(stopped).toEqual([]);
  });
});
