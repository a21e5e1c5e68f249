import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Clamd, startClamd } from '../support/clamd';
import { runJson, testGate } from '../support/cli';
import { findComponent } from '../support/components';
import { clamavSettings, itemOf } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const zip = findComponent('7zz');
const isAble = zip !== null && findComponent('clamd') !== null;

/** Packs files of `folder` with 7-Zip; `password` null leaves them open. */
function pack(folder: string, archive: string, names: readonly string[], password: string | null): void {
  const secret = password === null ? [] : [`-p${password}`];
  execFileSync(zip ?? '7zz', ['a', '-tzip', ...secret, archive, ...names], { cwd: folder, stdio: 'ignore' });
}

describe.skipIf(!isAble)('a zip that ClamAV (AlertEncrypted yes) calls encrypted', () => {
  let clamd: Clamd;
  beforeAll(async () => {
    clamd = await startClamd({ extra: ['AlertEncrypted yes'] });
  });
  afterAll(() => clamd.stop());

  it('is judged by its members where the profile knows the password of all of them, else held', async () => {
    const gate = testGate(tempFolder(), clamavSettings(clamd.socket, {}, { passwords: ['wrong', 'infected'] }));
    const parts = tempFolder();
    writeFileSync(join(parts, 'a.txt'), 'a harmless text\n');
    writeFileSync(join(parts, 'b.txt'), 'another harmless text\n');
    writeFileSync(join(parts, 'eicar.com'), EICAR);
    mkdirSync(gate.input, { recursive: true });
    const into = (name: string) => join(gate.input, name);
    pack(parts, into('known.zip'), ['a.txt', 'b.txt'], 'infected');
    pack(parts, into('evil.zip'), ['a.txt', 'eicar.com'], 'infected');
    pack(parts, into('unknown.zip'), ['a.txt', 'b.txt'], 'another');
    pack(parts, into('mixed.zip'), ['a.txt'], 'infected');
    pack(parts, into('mixed.zip'), ['b.txt'], 'another');
    pack(gate.input, into('nested.zip'), ['known.zip'], null);

    const { results } = await runJson(['gate', gate.input, ...gate.options]);
    const end = (name: string) => {
      const { verdict, reason, disposition } = itemOf(results.items, name);
      return `${verdict} ${reason} ${disposition}`;
    };
    expect(end('known.zip')).toBe('clean null forwarded');
    expect(end('nested.zip')).toBe('clean null forwarded');
    expect(end('evil.zip')).toBe('infected null quarantined');
    expect(end('unknown.zip')).toBe('unverified encrypted held');
    expect(end('mixed.zip')).toBe('unverified encrypted held');
    const { jobs, sentence } = itemOf(results.items, 'known.zip');
    expect(jobs.find(({ probe }) => probe === 'clamav')?.coverage).toMatchObject({ reason: 'encrypted' });
    expect(sentence).toContain('a known password opened it');
  });
});

it.skipIf(!isAble)('stays held where ClamAV ends a scan with its first alert', async () => {
  const clamd = await startClamd({ extra: ['AlertEncrypted yes', 'HeuristicScanPrecedence yes'] });
  try {
    const { socket, configFile } = clamd;
    const probes = { clamav: { socket, configFile } };
    const gate = testGate(tempFolder(), clamavSettings(socket, { probes }, { passwords: ['infected'] }));
    const parts = tempFolder();
    writeFileSync(join(parts, 'a.txt'), 'a harmless text\n');
    mkdirSync(gate.input, { recursive: true });
    pack(parts, join(gate.input, 'known.zip'), ['a.txt'], 'infected');
    const { results } = await runJson(['gate', gate.input, ...gate.options]);
    expect(itemOf(results.items, 'known.zip')).toMatchObject({ verdict: 'unverified', reason: 'partial' });
  } finally {
    await clamd.stop();
  }
});
