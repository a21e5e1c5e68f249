import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { quickGate, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';

/** Kills the engine while it works on the item that comes so far first. */
const FAULT = { DROPGATE_FAULT_KILL: 'job-finish:before' };

test('a file with which alone the engine died ten times is held, and the queue goes on', {
  timeout: 120_000,
}, async () => {
  const gate = quickGate(tempFolder());
  const files = ['1.txt', '2.txt'].map((name) => join(gate.input, name));
  for (const path of files) writeFileSync(path, path);
  // once among others, which says nothing about it, then alone
  expect(await runCli(withGate(gate, 'gate', ...files), FAULT)).toMatchObject({ signal: 'SIGKILL' });
  for (let death = 1; death <= 10; death += 1) {
    const before = ledgerItems(gate.dataDir).map(({ state }) => state);
    expect(before, `before death ${death}`).not.toContain('held');
    expect(await runCli(withGate(gate, 'probes'), FAULT)).toMatchObject({ signal: 'SIGKILL' });
  }
  await runCli(withGate(gate, 'probes'));
  const ends = ledgerItems(gate.dataDir).map(({ state }) => state);
  expect([...ends].sort()).toEqual(['forwarded', 'held']);
  expect(filesBelow(gate.outbox)).toHaveLength(1);
  const report = filesBelow(join(gate.dataDir, 'held')).find((name) => name.endsWith('.report.json'));
  const { verdict } = JSON.parse(readFileSync(join(gate.dataDir, 'held', report ?? ''), 'utf8'));
  expect(verdict).toMatchObject({ kind: 'unverified', rule: 'engine_died' });
  expect(verdict.sentence).toContain('ended 10 times while it worked on this file alone');
  // no later engine takes it up by itself
  await runCli(withGate(gate, 'probes'));
  expect(ledgerItems(gate.dataDir).map(({ state }) => state)).toEqual(ends);
});
