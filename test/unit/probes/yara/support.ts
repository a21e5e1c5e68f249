import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { settingsSchema } from '../../../../src-main/contract/settings';
import type { Probe, ScanContext, StagedItem } from '../../../../src-main/probes/probe';
import { createYaraProbe } from '../../../../src-main/probes/yara/probe';

export const BUILT_IN_RULES = resolve(__dirname, '../../../../resources/rules');

/** Takes as good as forever on a file that begins with `S`; any other file is done at once. */
export const ENDLESS_RULE =
  'rule endless { condition: uint8(0) == 0x53 and for all i in (0..1000000000000) : (uint8(0) == 0x53 and i >= 0) }';

const context: ScanContext = {
  limits: settingsSchema.parse({ profiles: { default: {} } }).profiles.default?.limits ?? fail('no default limits'),
  passwords: [],
  begins: () => undefined,
  addChild: () => Promise.reject(new Error('YARA has no children')),
  isOverLimit: () => false,
};

function fail(message: string): never {
  throw new Error(message);
}

/** A probe with the built-in rules (or those of `builtInRules`) that is closed after the test. */
export function openProbe(
  settings: { rules?: string[]; processes?: number; maxBytes?: number; timeoutSeconds?: number } = {},
  builtInRules: string = BUILT_IN_RULES,
): Probe {
  const probe = createYaraProbe(settingsSchema.parse({ probes: { yara: settings } }).probes.yara, { builtInRules });
  onTestFinished(() => probe.close());
  return probe;
}

/** Writes a file (its folders too) and returns its path. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A file as the pipeline hands it over. The hashes are not looked at by YARA. */
export function itemOf(path: string, size: number = statSync(path).size): StagedItem {
  return { path, name: Buffer.from('x'), size, hashes: { sha256: '0'.repeat(64), sha1: null, md5: null }, type: null };
}

export function scan(probe: Probe, path: string, signal: AbortSignal = new AbortController().signal) {
  return probe.scan(itemOf(path), context, signal);
}

export function scanItem(probe: Probe, item: StagedItem) {
  return probe.scan(item, context, new AbortController().signal);
}

export function describe(probe: Probe) {
  return probe.describe(new AbortController().signal);
}

/** Process ids of the YARA children of this test process. */
export function childPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === process.pid && commandOf(pid).includes('yara-child'));
}

export function isAlive(pid: number): boolean {
  return parentOf(pid) !== null;
}

/** Null when there is no such process, or only what is left of one that nobody has waited for. */
function parentOf(pid: number): number | null {
  const fields = readProc(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields[1] === undefined || fields[0] === 'Z' ? null : Number(fields[1]);
}

function commandOf(pid: number): string {
  return readProc(pid, 'cmdline');
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}

/** Resolves when `condition` holds; the test's own time limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
