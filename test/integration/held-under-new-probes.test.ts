import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, runJson, testGate, writeSettings } from '../support/cli';
import { describeWith } from '../support/components';
import { makeZip } from '../support/corpus';
import { filesBelow } from '../support/ledger-view';
import { tempFolder } from '../support/temp-folder';

describeWith(['python3'], 'a held file whose limit is raised while its profile gets a further probe', () => {
  test('is not let through without that probe', async () => {
    const folder = tempFolder();
    const profile = { probes: ['file-type', 'archive'], destination: 'outbox', limits: { archiveFiles: 2 } };
    const gate = testGate(folder, { profiles: { default: profile } });
    const archive = join(gate.input, 'a.zip');
    makeZip(archive, { a: '1', b: '2', c: '3' });
    const { results } = await runJson(['gate', archive, ...gate.options]);
    expect(results.items[0]?.disposition).toBe('held');
    const deny = join(folder, 'deny.txt');
    writeFileSync(deny, `${createHash('sha256').update(readFileSync(archive)).digest('hex')}  a\n`);
    const grown = { ...profile, probes: [...profile.probes, 'hash-list'], limits: { archiveFiles: 20 } };
    writeSettings(gate.config, gate, { profiles: { default: grown }, probes: { 'hash-list': { deny: [deny] } } });
    const list = await runCli(['quarantine', 'list', ...gate.options]);
    expect(list.code).toBe(0);
    expect((await runCli(['quarantine', 'list', ...gate.options])).stdout).toContain('infected    quarantined');
    expect(filesBelow(gate.outbox)).toEqual([]);
  });
});

test('a clean file that waited for its destination is not delivered without a probe that its profile got meanwhile', async () => {
  const folder = tempFolder();
  const profile = { probes: ['file-type'], destination: 'outbox' };
  // nobody listens there: the file waits
  const away = { kind: 's3', bucket: 'away', endpoint: 'http://127.0.0.1:1', pathStyle: true };
  const gate = testGate(folder, { profiles: { default: profile }, destinations: { outbox: away } });
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const file = join(gate.input, 'a.txt');
  writeFileSync(file, 'harmless, but denied');
  const { code, results } = await runJson(['gate', file, ...gate.options], keys);
  expect([code, results.items[0]?.state]).toEqual([2, 'disposing']);

  const deny = join(folder, 'deny.txt');
  writeFileSync(deny, `${createHash('sha256').update(readFileSync(file)).digest('hex')}\n`);
  const grown = { ...profile, probes: ['file-type', 'hash-list'] };
  writeSettings(gate.config, gate, { profiles: { default: grown }, probes: { 'hash-list': { deny: [deny] } } });
  await runCli(['quarantine', 'list', ...gate.options]);
  expect(filesBelow(gate.outbox)).toEqual([]);
  await runCli(['quarantine', 'list', ...gate.options]);
  expect((await runCli(['quarantine', 'list', ...gate.options])).stdout).toContain('infected    quarantined');
  expect(filesBelow(gate.outbox)).toEqual([]);
});
