import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ClamavSettings, limitsSchema } from '../../../../src-main/contract/settings';
import { createClamavProbe } from '../../../../src-main/probes/clamav/probe';
import type { Probe, ScanContext, StagedItem } from '../../../../src-main/probes/probe';

export const CONTEXT: ScanContext = {
  limits: limitsSchema.parse({}),
  passwords: [],
  begins: () => undefined,
  addChild: () => Promise.reject(new Error('clamav stages no children')),
  isOverLimit: () => false,
};

export const patience = () => AbortSignal.timeout(25_000);

/** A probe that is closed after the test. */
export function openProbe(settings: Partial<ClamavSettings> | undefined, stagingDir: string): Probe {
  const whole = settings === undefined ? undefined : { timeoutSeconds: 20, ...settings };
  const probe = createClamavProbe(whole, { stagingDirs: [stagingDir] });
  onTestFinished(() => probe.close());
  return probe;
}

/** A fresh folder that every user can reach, removed after the test. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-test-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file with these bytes, as an item. */
export function staged(folder: string, name: string, bytes: Uint8Array): StagedItem {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return itemAt(path, bytes);
}

export function itemAt(path: string, bytes: Uint8Array = Buffer.from(path)): StagedItem {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? bytes.length;
  return { path, name: Buffer.from('a file'), size, hashes: { sha256, sha1: null, md5: null }, type: null };
}

/** How a scan ended, in one word: a verdict of the probe, or the code of its error. */
export async function outcome(probe: Probe, item: StagedItem, signal = patience()): Promise<string> {
  try {
    const { statement, coverage, findings } = await probe.scan(item, CONTEXT, signal);
    if (coverage.kind === 'incomplete') return coverage.reason;
    return statement === 'found' ? findings.map(({ severity }) => severity).join() : 'clean';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `not a typed error: ${String(error)}`;
  }
}
