import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { runCli } from '../support/cli';
import { quickGate, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';

vi.setConfig({ testTimeout: 120_000 });

test('an engine that is killed while it closes its ledger has lost nothing, and the next one says nothing else', async () => {
  const folder = tempFolder();
  const gate = quickGate(folder);
  writeFileSync(join(gate.input, 'a.txt'), 'a');
  const counted = join(folder, 'counted');
  mkdirSync(counted);
  await runCli(withGate(gate, 'gate', gate.input), {
    DROPGATE_FAULT_FILES: 'rm:1:SIGKILL:ledger.db-open',
    DROPGATE_FAULT_FILES_COUNTED: counted,
  });
  expect(await runCli(withGate(gate, 'audit', 'verify'))).toMatchObject({ code: 0 });
  const ledger = new Sqlite(join(gate.dataDir, 'ledger.db'), { readonly: true });
  const events = ledger.prepare<[], string>('SELECT event FROM custody').pluck().all();
  ledger.close();
  expect(events).toContain('forwarded');
  expect(events).not.toContain('ledger-restored');
});
