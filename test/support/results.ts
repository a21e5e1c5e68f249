import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RESULT_SCHEMA, type ResultItem, resultItemSchema, summarySchema } from '../../src-main/contract/result';
import { type TestGate, testGate } from './cli';

import { EICAR } from './temp-folder';

/** The one document of `--json`; a key that the contract does not know fails. */
export const resultsSchema = z.strictObject({
  schema: z.literal(RESULT_SCHEMA),
  submission: z.guid(),
  items: z.array(z.strictObject(resultItemSchema.shape)),
  summary: z.strictObject(summarySchema.shape),
});

/** Settings of a profile with all probes, ClamAV by a socket, and files that are kept or moved. */
export function clamavSettings(socket: string, more: Record<string, unknown> = {}, profile: object = {}) {
  const probes = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'];
  const { probes: moreProbes, ...rest } = more;
  return {
    profiles: { default: { probes, destination: 'outbox', ...profile } },
    probes: { clamav: { socket }, ...(typeof moreProbes === 'object' ? moreProbes : {}) },
    ...rest,
  };
}

/**
 * A gate whose commands start fast, for tests whose matter is not a scanner: the probes that need no other program, and
 * EICAR on the deny list. `more`: further settings, or others instead.
 */
export function quickGate(folder: string, profile: object = {}, more: object = {}): TestGate {
  const deny = join(folder, 'deny.txt');
  writeFileSync(deny, `${createHash('sha256').update(EICAR).digest('hex')}  test virus\n`);
  const probes = ['hash-list', 'file-type', 'archive'];
  return testGate(folder, {
    profiles: { default: { probes, destination: 'outbox', ...profile } },
    probes: { 'hash-list': { deny: [deny] } },
    ...more,
  });
}

/** True bytes of a path that `--json` shows escaped. */
export function trueBytes(shown: string | null, bytes: string | null): Buffer {
  if (shown === null) throw new Error('there is no path');
  if (bytes !== null) return Buffer.from(bytes, 'base64');
  const unescaped = shown.replaceAll(/\\(\\|n|r|t|x[0-9a-f]{2}|u\{[0-9a-f]+\})/g, (_all, code: string) => {
    const named = { '\\': '\\', n: '\n', r: '\r', t: '\t' }[code];
    return named ?? String.fromCodePoint(Number.parseInt(code.replaceAll(/[xu{}]/g, ''), 16));
  });
  return Buffer.from(unescaped);
}

/** The one item with this relative path, as shown, that is no member of an archive. */
export function itemOf(items: readonly ResultItem[], shown: string): ResultItem {
  const found = items.filter(({ parent, relativePath }) => parent === null && relativePath === shown);
  const [item] = found;
  if (item === undefined || found.length > 1) throw new Error(`${found.length} items are called ${shown}`);
  return item;
}

/** Root items by what became of them: `clean forwarded` -> number. */
export function endsOf(items: readonly ResultItem[]): Record<string, number> {
  const ends: Record<string, number> = {};
  for (const { verdict, disposition } of items.filter(({ parent }) => parent === null)) {
    const end = `${verdict} ${disposition ?? 'nowhere'}`;
    ends[end] = (ends[end] ?? 0) + 1;
  }
  return ends;
}

/** Arguments of a command with the gate's own configuration. */
export function withGate(gate: Pick<TestGate, 'options'>, ...args: string[]): string[] {
  return [...args, ...gate.options];
}
