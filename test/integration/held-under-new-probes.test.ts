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
