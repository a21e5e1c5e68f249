import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connectEngine, type EngineClient } from '../../src-main/base/engine-client';
import { type TestGate, testGate } from '../support/cli';
import { startGateway } from '../support/gateway';
import { EICAR, tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

const encoded = (path: string) => Buffer.from(path).toString('base64');
const HOSTILE = '=cmd <script>alert(1).txt';

async function clientOf(gate: TestGate): Promise<EngineClient> {
  const gateway = await startGateway(gate);
  onTestFinished(() => void gateway.process.kill('SIGKILL'));
  const client = await connectEngine(join(gate.dataDir, 'engine.sock'));
  if (client === null) throw new Error('the gateway does not listen');
  onTestFinished(() => client.close());
  return client;
}

async function gated(client: EngineClient, path: string): Promise<string> {
  const { submission } = await client.call('gate', {
    paths: [encoded(path)],
    profile: null,
    probes: null,
    force: false,
    from: 'window',
  });
  await until('the end of the submission', async () => (await client.call('progress', { submission })).ended);
  return submission;
}

it('a window reads lists, pages, figures and pieces of what is kept, and exports them', async () => {
  const gate = testGate(tempFolder());
  writeFileSync(join(gate.input, 'eicar.com'), EICAR);
  writeFileSync(join(gate.input, HOSTILE), 'nothing bad');
  for (let n = 0; n < 5; n += 1) writeFileSync(join(gate.input, `clean-${n}.txt`), `content ${n}`);
  const client = await clientOf(gate);
  const submission = await gated(client, gate.input);

  const bad = await client.call('items', { query: { verdicts: ['infected'] }, offset: 0, limit: 10 });
  expect(bad).toMatchObject({
    total: 1,
    rows: [{ name: 'eicar.com', submission, disposition: 'quarantined', running: [] }],
  });
  const [row] = bad.rows;
  if (row === undefined) throw new Error('no row');
  expect(row.findings).toBeGreaterThan(0);
  const sorted = { by: 'name', descending: false } as const;
  const whole = await client.call('items', { query: { submission, open: false, sort: sorted }, offset: 0, limit: 500 });
  expect(whole.total).toBe(7);
  expect(whole.rows.map(({ name }) => name)).toContain(HOSTILE);
  const { ids } = await client.call('item-ids', { query: { submission, sort: sorted } });
  expect(ids).toEqual(whole.rows.map(({ id }) => id));

  const page = await client.call('item-page', { id: row.id, language: 'fr' });
  expect(page).toMatchObject({
    submission: { guid: submission, profile: 'default', origin: `window: ${gate.input}` },
    children: [],
    childrenLeftOut: 0,
  });
  expect(page.custody.map(({ event }) => event)).toContain('quarantined');
  expect(page.guidance.length).toBeGreaterThan(0);
  expect(page.report?.verdict.kind).toBe('infected');
  expect(page.report?.submission.origin).toBe(`window: ${gate.input}`);
  await expect(client.call('item-page', { id: '999', language: 'en' })).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const { rows, total } = await client.call('submissions', { offset: 0, limit: 10, open: false });
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({
    guid: submission,
    items: 7,
    settled: 7,
    clean: 6,
    infected: 1,
    waiting: 0,
    sealed: true,
  });
  expect(await client.call('submissions', { offset: 0, limit: 10, open: true })).toEqual({ rows: [], total: 0 });

  const overview = await client.call('overview', { hours: 24 });
  expect(overview.hours).toHaveLength(24);
  expect(overview.hours.reduce((sum, { clean, infected }) => sum + clean + infected, 0)).toBe(7);
  expect(overview.probes.map(({ probe }) => probe)).toContain('yara');

  const preview = await client.call('preview', { id: row.id, offset: 3, length: 10 });
  expect(preview).toEqual({ bytes: EICAR.subarray(3, 13).toString('base64'), size: EICAR.length });
  const beyond = await client.call('preview', { id: row.id, offset: 1000, length: 10 });
  expect(beyond).toEqual({ bytes: '', size: EICAR.length });
  const cleanId = ids.find((id) => id !== row.id) ?? '';
  await expect(client.call('preview', { id: cleanId, offset: 0, length: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });

  const json = await client.call('export-reports', { ids, format: 'json', language: 'en' });
  expect(JSON.parse(json.text)).toHaveLength(7);
  const { text: html } = await client.call('export-reports', { ids, format: 'html', language: 'fr' });
  expect(html).not.toMatch(/<script/i);
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain('Infecté');
  const { text: csv } = await client.call('export-reports', { ids: [row.id], format: 'csv', language: 'en' });
  expect(csv.split('\r\n')).toHaveLength(3);
});

it('files that cannot be cancelled or retried are named with the reason, and the others are done', async () => {
  const gate = testGate(tempFolder());
  const folder = join(gate.input, 'many');
  mkdirSync(folder);
  for (let n = 0; n < 20; n += 1) writeFileSync(join(folder, `file-${n}.txt`), `content ${n}`);
  const client = await clientOf(gate);
  writeFileSync(join(gate.input, 'done.txt'), 'done');
  const first = await gated(client, join(gate.input, 'done.txt'));
  const [done] = (await client.call('item-ids', { query: { submission: first } })).ids;
  if (done === undefined) throw new Error('nothing was gated');

  await client.call('pause', { dir: null, paused: true });
  const { submission } = await client.call('gate', {
    paths: [encoded(folder)],
    profile: null,
    probes: null,
    force: false,
  });
  const open = { submission, open: true };
  await until('all rows', async () => (await client.call('items', { query: open, offset: 0, limit: 1 })).total === 20);
  const { ids } = await client.call('item-ids', { query: open });
  expect((await client.call('submissions', { offset: 0, limit: 10, open: true })).rows[0]?.guid).toBe(submission);
  const cancelled = await client.call('item-cancel', { ids: [...ids.slice(0, 5), done, '12345'] });
  expect(cancelled.done).toBe(5);
  expect(cancelled.failed.map(({ id }) => id)).toEqual([done, '12345']);
  expect(cancelled.failed[0]?.problem).toContain('done.txt');

  await client.call('pause', { dir: null, paused: false });
  await until('the end of the submission', async () => (await client.call('progress', { submission })).ended);
  const { summary } = await client.call('progress', { submission });
  expect(summary).toMatchObject({ cancelled: 5, clean: 15 });
  const retried = await client.call('item-retry', { ids: [done] });
  expect(retried).toMatchObject({ done: 0, failed: [{ id: done }] });
});
