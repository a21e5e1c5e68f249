import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY_MS } from '../../src-main/contract/durations';
import { amount } from '../support/amount';
import { runCli, type TestGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { quickGate, withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

const CLEAN = amount(30, 300);

/** A gate with files that went on, one that is quarantined and one that is held, and a clock that can be set. */
async function usedGate(quarantineDays: number) {
  const folder = tempFolder();
  const gate = quickGate(folder, { source: 'move', limits: { fileBytes: 1000 } });
  const settings = JSON.parse(readFileSync(gate.config, 'utf8'));
  writeFileSync(gate.config, JSON.stringify({ ...settings, retention: { historyDays: 365, quarantineDays } }));
  const clock = join(folder, 'clock');
  const setClock = (days: number) => writeFileSync(clock, String(days * DAY_MS));
  setClock(0);
  for (let n = 0; n < CLEAN; n += 1) writeFileSync(join(gate.input, `${n}.txt`), `clean ${n}`);
  writeFileSync(join(gate.input, 'eicar.com'), EICAR);
  writeFileSync(join(gate.input, 'large.txt'), 'x'.repeat(2000));
  const env = { DROPGATE_FAULT_CLOCK: clock };
  await runCli(withGate(gate, 'gate', gate.input), env);
  return { gate, env, setClock };
}

const states = (gate: TestGate) => ledgerItems(gate.dataDir).map(({ state }) => state);
const carts = (gate: TestGate) => filesBelow(join(gate.dataDir, 'quarantine')).filter((name) => name.endsWith('.cart'));

/** A gateway that has pruned, ended again. */
async function pruneOnce(gate: TestGate, env: NodeJS.ProcessEnv): Promise<void> {
  const gateway = await startGateway(gate, env);
  await until('the end of pruning', () => gateway.log().includes('what is older than retention allows was removed'));
  expect((await gateway.stop()).code).toBe(0);
}

test('a clock that jumps a year ahead removes nothing, and a day later only what may go', {
  timeout: 120_000,
}, async ({ task }) => {
  recordFaults(task, { fault: 'the clock is set forward, with retention', tried: 1 });
  const { gate, env, setClock } = await usedGate(30);
  const before = states(gate);
  setClock(400);
  await runCli(withGate(gate, 'probes'), env);
  expect(states(gate)).toEqual(before);
  expect(carts(gate)).toHaveLength(1);
  // it goes on like that for a day: then it is the time
  setClock(401.1);
  await pruneOnce(gate, env);
  expect(states(gate).sort()).toEqual(['deleted', 'held']);
  expect(carts(gate)).toEqual([]);
  expect(filesBelow(gate.outbox)).toHaveLength(CLEAN);
  const audit = await runCli(withGate(gate, 'audit', 'verify'), env);
  expect(audit.stdout).toMatch(/pruned up to row \d+; the heads of its segments are kept\n/);
  expect(audit.stdout).toContain('intact');
  // what was deleted is history a day later, with its report
  setClock(402.2);
  await pruneOnce(gate, env);
  expect(states(gate)).toEqual(['held']);
  expect(readdirSync(join(gate.dataDir, 'quarantine'))).toEqual([]);
  expect((await runCli(withGate(gate, 'audit', 'verify'), env)).stdout).toContain('intact');
});

test('a clock that is set back and right again removes nothing that nobody told it to', {
  timeout: 120_000,
}, async ({ task }) => {
  recordFaults(task, { fault: 'the clock is set back, with retention', tried: 1 });
  const { gate, env, setClock } = await usedGate(0);
  for (const days of [-400, 0, 1.1]) {
    setClock(days);
    await runCli(withGate(gate, 'probes'), env);
  }
  expect(states(gate)).toHaveLength(CLEAN + 2);
  // years later held and quarantined files are all that is left of the history
  setClock(1000);
  await runCli(withGate(gate, 'probes'), env);
  setClock(1001.1);
  await pruneOnce(gate, env);
  expect(states(gate).sort()).toEqual(['held', 'quarantined']);
  expect(carts(gate)).toHaveLength(1);
  expect((await runCli(withGate(gate, 'quarantine', 'verify'), env)).stdout).toContain(' 0 damaged');
  expect((await runCli(withGate(gate, 'audit', 'verify'), env)).stdout).toContain('intact');
});
