import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { amount } from '../support/amount';
import { runCli } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { quickGate, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';

const FILES = amount(300, 10_000);
const NAME = 'invoice.exe';
const contentOf = (number: number) => `malware number ${number}`;

test(`${FILES} quarantined files of one name: none is overwritten`, { timeout: 1_800_000 }, async ({ task }) => {
  recordFaults(task, { fault: 'a quarantined file of the same name', tried: FILES });
  const folder = tempFolder();
  const gate = quickGate(folder, { probes: ['hash-list'] });
  const hashes = Array.from({ length: FILES }, (_, number) => {
    mkdirSync(join(gate.input, String(number)));
    writeFileSync(join(gate.input, String(number), NAME), contentOf(number));
    return createHash('sha256').update(contentOf(number)).digest('hex');
  });
  writeFileSync(join(folder, 'deny.txt'), hashes.join('\n'));
  const { code, stderr } = await runCli(withGate(gate, 'gate', gate.input, '--quiet'));
  expect(code, stderr).toBe(1);
  const items = ledgerItems(gate.dataDir);
  expect(items.map(({ state }) => state)).toEqual(hashes.map(() => 'quarantined'));
  expect(new Set(items.map(({ sha256 }) => sha256))).toEqual(new Set(hashes));
  expect(new Set(items.map(({ destination }) => destination?.toString())).size).toBe(FILES);
  const kept = filesBelow(join(gate.dataDir, 'quarantine'));
  expect(kept.filter((name) => name.endsWith('.cart'))).toHaveLength(FILES);
  expect(kept.filter((name) => name.endsWith('.report.json'))).toHaveLength(FILES);
  // each holds the bytes that its own item was scanned with
  const verified = await runCli(withGate(gate, 'quarantine', 'verify'));
  expect(verified.stdout).toContain(`${FILES.toLocaleString('en')} files checked, 0 damaged`);
});
