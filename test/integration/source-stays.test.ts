import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { testGate } from '../support/cli';
import { startGateway } from '../support/gateway';
import { custodyEvents, filesBelow, ledgerItems } from '../support/ledger-view';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

vi.setConfig({ testTimeout: 120_000 });

/** A user without rights. */
const NOBODY = 65_534;

test('a moved source that could not be removed is removed when it can be, while the gateway runs', async () => {
  const folder = tempFolder();
  const input = join(folder, 'in');
  const gate = testGate(folder, {
    profiles: { default: { probes: ['hash-list', 'file-type'], destination: 'outbox', source: 'move' } },
    watch: [{ dir: input, settleMs: 100 }],
  });
  const source = join(input, 'a.txt');
  writeFileSync(source, 'a text');
  mkdirSync(gate.dataDir);
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  for (const path of [gate.dataDir, gate.outbox, input]) {
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
  }
  chmodSync(folder, 0o755);
  chmodSync(input, 0o555);
  const gateway = await startGateway(gate, { HOME: gate.dataDir }, user);
  try {
    await until('the file', () => filesBelow(gate.outbox).length > 0);
    await until('the news', () => gateway.log().includes('sources of moved files could not be removed'));
    expect(ledgerItems(gate.dataDir)).toMatchObject([{ state: 'forwarded', sourcePending: 1 }]);
    chmodSync(input, 0o755);
    await until('the removal', () => !existsSync(source));
    await until('its record', () => ledgerItems(gate.dataDir)[0]?.sourcePending === 0);
  } finally {
    await gateway.stop();
  }
  expect(filesBelow(gate.outbox)).toHaveLength(1);
  const events = ['received', 'staged', 'decided', 'forwarded', 'source-not-removed', 'source-removed'];
  expect(custodyEvents(gate.dataDir, 1)).toEqual(events);
});
