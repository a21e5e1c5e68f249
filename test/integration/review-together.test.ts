import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connectEngine, type EngineClient } from '../../src-main/base/engine-client';
import { runCli, runJson } from '../support/cli';
import { startGateway } from '../support/gateway';
import { quickGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';

const encoded = (path: string) => Buffer.from(path).toString('base64');

/** Two analysts at one engine, with one quarantined file between them. */
async function analysts() {
  const folder = tempFolder();
  const gate = quickGate(folder);
  writeFileSync(join(gate.input, 'virus.com'), EICAR);
  await runJson(['gate', gate.input, ...gate.options]);
  mkdirSync(join(folder, 'out'));
  const gateway = await startGateway(gate);
  onTestFinished(() => void gateway.process.kill('SIGKILL'));
  const connected = async (): Promise<EngineClient> => {
    const client = await connectEngine(join(gate.dataDir, 'engine.sock'));
    if (client === null) throw new Error('the gateway does not listen');
    onTestFinished(() => client.close());
    return client;
  };
  return { gate, out: (name: string) => join(folder, 'out', name), one: await connected(), other: await connected() };
}

it('two who restore the same file get it once, and the other is told that it is gone', async () => {
  const { gate, one, other, out } = await analysts();
  const restore = (client: EngineClient, name: string) =>
    client.call('kept-restore', { id: '1', to: encoded(out(name)), reason: 'test' });
  const ends = await Promise.allSettled([restore(one, 'one'), restore(other, 'other')]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [first, second] = ends[0]?.status === 'fulfilled' ? ['one', 'other'] : ['other', 'one'];
  expect(readFileSync(out(first))).toEqual(EICAR);
  expect(existsSync(out(second))).toBe(false);
  const lost = ends.find((end) => end.status === 'rejected');
  expect(lost?.reason).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('virus.com is released') });
  expect((await runCli(['audit', 'verify', ...gate.options])).code).toBe(0);
});

it('a file that one deletes while the other restores it ends as the one or the other, never as both', async () => {
  const { one, other, out } = await analysts();
  const [restored, deleted] = await Promise.allSettled([
    one.call('kept-restore', { id: '1', to: encoded(out('one')), reason: 'test' }),
    other.call('kept-delete', { id: '1', reason: 'test' }),
  ]);
  expect([restored, deleted].filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(existsSync(out('one'))).toBe(restored.status === 'fulfilled');
});

it('what is gone by now is told by its name and its state', async () => {
  const { one, other } = await analysts();
  await one.call('kept-delete', { id: '1', reason: 'test' });
  for (const call of ['kept-delete', 'kept-verify'] as const)
    await expect(other.call(call, { id: '1', reason: 'test' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('virus.com is deleted'),
    });
});
