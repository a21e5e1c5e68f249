import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { textsArrived } from '../support/arrived';
import { runCli, type TestGate, testGate, writeSettings } from '../support/cli';
import { type Gateway, startGateway } from '../support/gateway';
import { custodyEvents, filesBelow, ledgerItems } from '../support/ledger-view';
import { withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

vi.setConfig({ testTimeout: 120_000 });

/** A user without rights. */
const NOBODY = 65_534;

function settingsFor(input: string, fileBytes: number, source = 'keep') {
  return {
    profiles: {
      default: { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox', source, limits: { fileBytes } },
    },
    watch: [{ dir: input, settleMs: 100 }],
  };
}

function watchGate(fileBytes: number, source = 'keep'): TestGate {
  const folder = tempFolder();
  return testGate(folder, settingsFor(join(folder, 'in'), fileBytes, source));
}

const statesOf = (gate: TestGate) => ledgerItems(gate.dataDir).map(({ name, state }) => `${name} ${state}`);
const arrived = (gate: TestGate) => textsArrived(gate.outbox);

/** Runs a gateway while `use` runs, and ends it. */
async function running(gate: TestGate, use: (gateway: Gateway) => Promise<void>, user = {}): Promise<void> {
  const gateway = await startGateway(gate, { HOME: gate.dataDir }, user);
  try {
    await use(gateway);
  } finally {
    await gateway.stop();
  }
}

test.each(['keep', 'move'])(
  'a file that was too large is taken once when the limit was raised, with source: %s',
  async (source) => {
    const gate = watchGate(3, source);
    const path = join(gate.input, 'big.txt');
    writeFileSync(path, 'too large');
    await running(gate, async (gateway) => {
      await until('the file to be held', () => statesOf(gate).includes('big.txt held'));
      writeSettings(gate.config, gate, settingsFor(gate.input, 1000, source));
      gateway.process.kill('SIGHUP');
      await until('the file', () => arrived(gate).length > 0);
      await until('its end', () => statesOf(gate).includes('big.txt forwarded'));
    });
    await running(gate, async () => {
      writeFileSync(join(gate.input, 'later.txt'), 'later');
      await until('a later file', () => statesOf(gate).includes('later.txt forwarded'));
    });
    expect(arrived(gate).sort()).toEqual(['later', 'too large']);
    expect(statesOf(gate)).toEqual(['big.txt forwarded', 'later.txt forwarded']);
    expect(filesBelow(join(gate.dataDir, 'held'))).toEqual([]);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).stdout).toContain('intact');
    expect(filesBelow(gate.input)).toEqual(source === 'keep' ? ['big.txt', 'later.txt'] : []);
    expect(custodyEvents(gate.dataDir, 1)).toEqual([
      ...['received', 'decided', 'held', 'retaken', 'staged', 'decided', 'forwarded'],
    ]);
  },
);

test('a file that could not be read is taken once when it can be read, while the gateway runs', async () => {
  const folder = tempFolder();
  const gate = testGate(folder, settingsFor(join(folder, 'in'), 1000));
  mkdirSync(gate.dataDir);
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  for (const path of [gate.dataDir, gate.outbox]) if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
  chmodSync(folder, 0o755);
  const path = join(gate.input, 'secret.txt');
  writeFileSync(path, 'a secret', { mode: 0 });
  await running(
    gate,
    async () => {
      await until('the file to be held', () => statesOf(gate).includes('secret.txt held'));
      chmodSync(path, 0o644);
      await until('the file', () => statesOf(gate).includes('secret.txt forwarded'));
    },
    user,
  );
  expect(arrived(gate)).toEqual(['a secret']);
  expect(statesOf(gate)).toEqual(['secret.txt forwarded']);
});

test('a file that was too large and is replaced by another leaves nothing held behind', async () => {
  const gate = watchGate(3);
  const path = join(gate.input, 'big.txt');
  writeFileSync(path, 'too large');
  await running(gate, async () => {
    await until('the file to be held', () => statesOf(gate).includes('big.txt held'));
    rmSync(path);
    writeFileSync(path, 'ok');
    await until('the other file', () => statesOf(gate).includes('big.txt forwarded'));
    await until('the end of the first', () => statesOf(gate).includes('big.txt deleted'));
  });
  expect(statesOf(gate)).toEqual(['big.txt deleted', 'big.txt forwarded']);
  expect(custodyEvents(gate.dataDir, 1)).toEqual(['received', 'decided', 'held', 'deleted']);
});
