import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Ended, runCli, startCli, type TestGate } from '../support/cli';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { quickGate, resultsSchema, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const FILES = 600;

function fullGate(): TestGate {
  const gate = quickGate(tempFolder(), { source: 'move' });
  for (let n = 0; n < FILES; n += 1) {
    mkdirSync(join(gate.input, `box-${n % 20}`), { recursive: true });
    writeFileSync(join(gate.input, `box-${n % 20}`, `${n}.txt`), `file ${n} `.repeat(50));
  }
  return gate;
}

/** Starts a gate over everything, and sends it the signal when the first files have arrived. */
async function interrupted(gate: TestGate, signal: NodeJS.Signals): Promise<Ended> {
  const command = startCli(withGate(gate, 'gate', gate.input, '--json'));
  await until('the first files', () => filesBelow(gate.outbox).length > 5, { everyMs: 5 });
  command.kill(signal);
  return command.ended;
}

test('Ctrl+C: a whole document, exit 2; what was forwarded is moved, what was cancelled stays where it was', async () => {
  const gate = fullGate();
  const ended = await interrupted(gate, 'SIGINT');
  expect(ended.code).toBe(2);
  const { items, summary } = resultsSchema.parse(JSON.parse(ended.stdout));
  expect(summary.cancelled).toBeGreaterThan(0);
  const forwarded = items.filter(({ disposition }) => disposition === 'forwarded');
  const cancelled = items.filter(({ verdict }) => verdict === 'cancelled');
  expect(forwarded.length + cancelled.length).toBe(items.length);
  expect(filesBelow(gate.outbox)).toHaveLength(forwarded.length);
  expect(filesBelow(gate.input)).toHaveLength(FILES - forwarded.length);
  const staged = filesBelow(join(gate.dataDir, 'staging')).filter((name) => !name.startsWith('canary/'));
  expect(staged).toEqual([]);

  // what stayed can be gated again
  expect((await runCli(withGate(gate, 'gate', gate.input, '--quiet'))).code).toBe(0);
  expect(filesBelow(gate.outbox)).toHaveLength(FILES);
  expect(filesBelow(gate.input)).toEqual([]);
});

test('SIGTERM and SIGKILL: what was taken goes on with the next command, each file once', async () => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const gate = fullGate();
    const ended = await interrupted(gate, signal);
    if (signal === 'SIGTERM') expect(ended.code, signal).toBe(2);
    await runCli(withGate(gate, 'quarantine', 'list'));
    const items = ledgerItems(gate.dataDir);
    expect(items.filter(({ state }) => state !== 'forwarded')).toEqual([]);
    expect(filesBelow(gate.outbox)).toHaveLength(items.length);
    expect(filesBelow(gate.input)).toHaveLength(FILES - items.length);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(0);
  }
});
