import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { quickGate, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';

/** Kills the engine while it works on the first item that it takes up. */
const FAULT = { DROPGATE_FAULT_KILL: 'job-finish:before' };

test('a file with which alone the engine died ten times is held, and the queue goes on', {
  timeout: 120_000,
}, async () => {
  const gate = quickGate(tempFolder());
  const [killer, innocent] = ['1.txt', '2.txt'].map((name) => join(gate.input, name));
  if (killer === undefined || innocent === undefined) throw new Error('two files');
  for (const path of [killer, innocent]) writeFileSync(path, path);
  // once among others, which says nothing about it, then alone
  expect(await runCli(withGate(gate, 'gate', killer, innocent), FAULT)).toMatchObject({ signal: 'SIGKILL' });
  for (let death = 1; death <= 10; death += 1) {
    const before = ledgerItems(gate.dataDir).map(({ state }) => state);
    expect(before, `before death ${death}`).not.toContain('held');
    expect(await runCli(withGate(gate, 'probes'), FAULT)).toMatchObject({ signal: 'SIGKILL' });
  }
  await runCli(withGate(gate, 'probes'));
  const ends = ledgerItems(gate.dataDir).map(({ name, state }) => `${name} ${state}`);
  expect(ends).toEqual(['1.txt held', '2.txt forwarded']);
  expect(filesBelow(gate.outbox)).toHaveLength(1);
  const report = filesBelow(join(gate.dataDir, 'held')).find((name) => name.endsWith('.report.json'));
  const { verdict } = JSON.parse(readFileSync(join(gate.dataDir, 'held', report ?? ''), 'utf8'));
  expect(verdict).toMatchObject({ kind: 'unverified', rule: 'engine_died' });
  expect(verdict.sentence).toContain('ended 10 times while it worked on this file alone');
  // no later engine takes it up by itself
  await runCli(withGate(gate, 'probes'));
  expect(ledgerItems(gate.dataDir)[0]?.state).toBe('held');
});
