import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitsSchema } from '../../../../src-main/contract/settings';
import { detectBytes } from '../../../../src-main/engine/detect-bytes';
import { createFileTypeProbe } from '../../../../src-main/probes/file-type/probe';
import type { ScanContext, StagedItem } from '../../../../src-main/probes/probe';
import { tempFolder } from '../../../support/temp-folder';

const context: ScanContext = {
  limits: limitsSchema.parse({}),
  passwords: [],
  begins: () => undefined,
  addChild: () => Promise.reject(new Error('this probe has no children')),
  isOverLimit: () => false,
};
const signal = new AbortController().signal;

async function itemOf(name: string, bytes: Uint8Array): Promise<StagedItem> {
  const path = join(tempFolder(), 'item');
  writeFileSync(path, bytes);
  const hashes = { sha256: '0'.repeat(64), sha1: null, md5: null };
  return { path, name: Buffer.from(name), size: bytes.length, hashes, type: await detectBytes(bytes) };
}

describe('the file-type probe', () => {
  it('finds its canary, and calls it malicious', async () => {
    const probe = createFileTypeProbe();
    const { canary } = probe.manifest;
    if (canary === null) throw new Error('no canary');
    const report = await probe.scan(await itemOf(canary.fileName, canary.bytes), context, signal);
    expect(report).toMatchObject({ statement: 'found', coverage: { kind: 'complete' } });
    expect(report.findings[0]).toMatchObject({ name: 'double-extension', severity: 'malicious' });
  });

  it('states that an honest file has no disguise', async () => {
    const report = await createFileTypeProbe().scan(await itemOf('a.txt', Buffer.from('hello')), context, signal);
    expect(report).toMatchObject({ statement: 'nothing_found', findings: [], coverage: { kind: 'complete' } });
  });

  it('fails on an item without a type, one that is gone, one that was cut, and after the end of the scan', async () => {
    const probe = createFileTypeProbe();
    const item = await itemOf('a.txt', Buffer.from('hello'));
    await expect(probe.scan({ ...item, type: null }, context, signal)).rejects.toMatchObject({ code: 'PROBE_FAILED' });
    const gone = { ...item, path: `${item.path}.gone` };
    await expect(probe.scan(gone, context, signal)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    await expect(probe.scan({ ...item, size: 9 }, context, signal)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    await expect(probe.scan(item, context, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    await probe.close();
    await expect(probe.scan(item, context, signal)).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  });
});
