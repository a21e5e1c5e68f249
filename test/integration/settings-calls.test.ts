import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { connectEngine } from '../../src-main/base/engine-client';
import { dataFolder } from '../../src-main/engine/data-folder';
import { testGate } from '../support/cli';
import { startGateway } from '../support/gateway';
import { filesBelow } from '../support/ledger-view';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

async function connected(socket: string) {
  const client = await connectEngine(socket);
  if (client === null) throw new Error(`nobody listens on ${socket}`);
  return client;
}

test('a folder that a call adds is watched by the running gateway, and the call is answered before it is taken over', async () => {
  const folder = tempFolder();
  const added = join(folder, 'in', 'added');
  mkdirSync(added, { recursive: true });
  const gate = testGate(folder, {
    profiles: { default: { probes: ['hash-list', 'file-type'], destination: 'outbox' } },
  });
  const gateway = await startGateway(gate);
  const { socket } = dataFolder(gate.dataDir);

  const client = await connected(socket);
  const { file, version } = await client.call('settings-read', {});
  expect(file).toBe(gate.config);
  const changes = [{ path: ['watch', 0], value: { dir: added, settleMs: 100 } }];
  const wrong = [{ path: ['watch', 0, 'settleMs'], value: 'soon' }];
  const { problems } = await client.call('settings-write', {
    changes: [...changes, ...wrong],
    checkOnly: false,
    version,
  });
  expect(problems[0]).toMatchObject({ path: ['watch', 0, 'settleMs'] });
  expect(await client.call('settings-write', { changes, checkOnly: false, version })).toEqual({ problems: [] });
  await client.close();

  await gateway.event({ event: 'reloaded' });
  writeFileSync(join(added, 'new.txt'), 'new');
  await until('the arrival of new.txt', () => filesBelow(gate.outbox).some((path) => path.endsWith('/new.txt')));
  const again = await connected(socket);
  expect(await again.call('settings-read', {})).toMatchObject({
    effective: { watch: [{ dir: added, settleMs: 100 }] },
  });
  await again.close();
  expect(readFileSync(gate.config, 'utf8')).toContain(added);
  expect((await gateway.stop()).code).toBe(0);
});
