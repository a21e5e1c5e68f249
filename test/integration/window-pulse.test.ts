import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connectEngine } from '../../src-main/base/engine-client';
import type { Pulse } from '../../src-main/contract/pulse';
import { type TestGate, testGate } from '../support/cli';
import { startGateway } from '../support/gateway';
import { EICAR, tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

async function watchedGateway(gate: TestGate) {
  const gateway = await startGateway(gate);
  onTestFinished(() => void gateway.process.kill('SIGKILL'));
  const pulses: Pulse[] = [];
  const listener = { pulse: (pulse: Pulse) => void pulses.push(pulse), closed: () => undefined };
  const client = await connectEngine(join(gate.dataDir, 'engine.sock'), listener);
  if (client === null) throw new Error('the gateway does not listen');
  onTestFinished(() => client.close());
  return { gateway, client, pulses };
}

const encoded = (path: string) => Buffer.from(path).toString('base64');

it('a watcher hears of the gate at once, then of every change, and of nothing while nothing changes', async () => {
  const gate = testGate(tempFolder());
  const { client, pulses } = await watchedGateway(gate);
  await client.call('watch', {});
  await until('the open gate', () => pulses.at(-1)?.gate.open === true);
  expect(pulses.at(-1)).toMatchObject({ activity: null, paused: false, counts: { unsettled: 0, quarantined: 0 } });
  const first = pulses.at(-1)?.revision;

  writeFileSync(join(gate.input, 'eicar.com'), EICAR);
  for (let n = 0; n < 50; n += 1) writeFileSync(join(gate.input, `clean-${n}.txt`), `content ${n}`);
  const { submission } = await client.call('gate', {
    paths: [encoded(gate.input)],
    profile: null,
    probes: null,
    force: false,
  });
  await until('the end of the submission', async () => (await client.call('progress', { submission })).ended);
  await until('its last pulse', () => {
    const { counts, ended, activity } = pulses.at(-1) ?? {};
    return counts?.quarantined === 1 && ended?.infected === 1 && activity === null;
  });
  expect(pulses.at(-1)).toMatchObject({
    counts: { unsettled: 0, waiting: 0, held: 0, quarantined: 1 },
    ended: { clean: 50, infected: 1, suspicious: 0, unverified: 0, failed: 0 },
    activity: null,
  });
  expect(pulses.at(-1)?.revision.items).toBeGreaterThan(first?.items ?? Number.POSITIVE_INFINITY);

  await client.call('pause', { dir: null, paused: true });
  await until('the pause', () => pulses.at(-1)?.paused === true);
  const heard = new Set(pulses.map((pulse) => JSON.stringify(pulse)));
  expect(heard.size).toBeGreaterThanOrEqual(pulses.length - 1); // the greeting may be said twice
});

it('a folder that goes away is a new revision of the folders', async () => {
  const folder = tempFolder();
  const dir = join(folder, 'watched');
  mkdirSync(dir);
  const gate = testGate(folder, { watch: [{ dir, settleMs: 50 }] });
  const { client, pulses } = await watchedGateway(gate);
  await client.call('watch', {});
  await until('the first pulse', () => pulses.length > 0);
  const before = pulses.at(-1)?.revision.folders;
  await client.call('pause', { dir, paused: true });
  await until('the new revision', () => pulses.at(-1)?.revision.folders !== before);
  await client.call('sweep', {});
});

it('a watcher stays one when the configuration is read again, and hears that everything is to be read anew', async () => {
  const gate = testGate(tempFolder());
  const { gateway, client, pulses } = await watchedGateway(gate);
  await client.call('watch', {});
  await until('the open gate', () => pulses.at(-1)?.gate.open === true);
  const before = pulses.at(-1)?.revision;
  gateway.process.kill('SIGHUP');
  await gateway.event({ event: 'reloaded' });
  await until('the gate of the next engine', () => {
    const now = pulses.at(-1);
    return (
      now?.gate.open === true && now.revision.settings !== before?.settings && now.revision.items !== before?.items
    );
  });
  await client.call('pause', { dir: null, paused: true });
  await until('the pause', () => pulses.at(-1)?.paused === true);
});
