import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCli, runJson, type TestGate, testGate, writeSettings } from '../support/cli';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems, sha256Of } from '../support/ledger-view';
import { endsOf, itemOf, withGate } from '../support/results';
import { xmlError } from '../support/s3-proxy';
import { answers } from '../support/s3-rules';
import { BUCKET, type S3Server, startS3Server } from '../support/s3-server';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

describe('gate to an S3 destination', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterEach(() => {
    server.proxy.rules = [];
  });
  afterAll(() => server.stop());

  const settings = (endpoint: string) => ({
    profiles: { default: { probes: ['hash-list', 'file-type', 'archive'], destination: 'inbound' } },
    destinations: {
      inbound: { kind: 's3', bucket: BUCKET, prefix: 'clean/', endpoint, pathStyle: true },
    },
  });

  function freshGate(): TestGate {
    const gate = testGate(tempFolder(), settings(server.endpoint));
    writeFileSync(join(gate.input, 'a.txt'), 'hello');
    writeFileSync(join(gate.input, 'naïve +%20 name.txt'), 'a name for a URL');
    writeFileSync(join(gate.input, 'photo\u202egnp.txt'), 'a disguised name');
    return gate;
  }

  const keysOf = async (submission: string) => (await server.keys()).filter((key) => key.includes(submission));

  test('clean files lie in the bucket with their bytes, hash, verdict, submission and probes', async () => {
    const gate = freshGate();
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(1);
    const { submission, items } = results;
    const names = ['a.txt', 'naïve +%20 name.txt'];
    expect(await keysOf(submission)).toEqual(names.map((name) => `clean/${submission}/${name}`));
    for (const name of names) {
      const item = itemOf(items, name);
      const key = `clean/${submission}/${name}`;
      expect.soft(item).toMatchObject({ verdict: 'clean', disposition: 'forwarded' });
      expect.soft(item.destination).toMatch(/^s3:\/\/inbound\/clean\//);
      expect.soft(await server.read(key)).toEqual(Buffer.from(name === 'a.txt' ? 'hello' : 'a name for a URL'));
      const metadata = await server.metadata(key);
      expect.soft(metadata).toMatchObject({
        'dropgate-sha256': item.sha256,
        'dropgate-verdict': 'clean',
        'dropgate-submission': submission,
      });
      expect.soft(metadata['dropgate-probes']).toMatch(/hash-list\/.*archive\/|archive\/.*hash-list\//);
      expect.soft(sha256Of(join(gate.input, name))).toBe(item.sha256);
    }
  });

  test('the server is away: files wait, exit 2, the problem is said; it is back: the next command delivers', async () => {
    const gate = freshGate();
    server.proxy.rules = [answers('reset', () => true)];
    const { code, results } = await runJson(withGate(gate, 'gate', join(gate.input, 'a.txt')));
    expect(code).toBe(2);
    const item = itemOf(results.items, 'a.txt');
    expect(item).toMatchObject({ verdict: 'clean', state: 'disposing', disposition: null, destination: null });
    expect(item.problem).toMatch(/^waiting for destination inbound: .*cannot be reached/);
    expect(results.summary).toMatchObject({ clean: 0, failed: 1 });
    expect(await keysOf(results.submission)).toEqual([]);
    const doctor = await runCli(withGate(gate, 'doctor'));
    expect(doctor.code).toBe(2);
    expect(doctor.stdout).toMatch(/^failed +destination inbound/m);

    server.proxy.rules = [];
    await runCli(withGate(gate, 'probes'));
    expect(ledgerItems(gate.dataDir).map(({ state }) => state)).toEqual(['forwarded']);
    expect(await keysOf(results.submission)).toEqual([`clean/${results.submission}/a.txt`]);
    expect(filesBelow(join(gate.dataDir, 'staging')).filter((name) => !name.startsWith('canary/'))).toEqual([]);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(0);
  });

  test('the server refuses for good (no permission): nothing is lost, and the reason is said', async () => {
    const gate = freshGate();
    server.proxy.rules = [answers(xmlError(403, 'AccessDenied'), () => true)];
    const { code, results } = await runJson(withGate(gate, 'gate', join(gate.input, 'a.txt')));
    expect(code).toBe(2);
    expect(itemOf(results.items, 'a.txt').problem).toMatch(/access is denied; check credentials/);
    expect(itemOf(results.items, 'a.txt').disposition).not.toBe('forwarded');
    expect(await keysOf(results.submission)).toEqual([]);
  });

  test('the endpoint is another one with the next configuration: what waited goes there', async () => {
    const gate = freshGate();
    writeSettings(gate.config, gate, settings('http://127.0.0.1:9'));
    const { results } = await runJson(withGate(gate, 'gate', join(gate.input, 'a.txt')));
    expect(endsOf(results.items)).toEqual({ 'clean nowhere': 1 });
    writeSettings(gate.config, gate, settings(server.endpoint));
    await runCli(withGate(gate, 'quarantine', 'list'));
    expect(await keysOf(results.submission)).toEqual([`clean/${results.submission}/a.txt`]);
  });

  test('more files than are named ahead of the work, and nothing takes them: the command ends all the same', async () => {
    const gate = testGate(tempFolder(), settings('http://127.0.0.1:9'));
    const files = 4200;
    for (let n = 0; n < files; n += 1) writeFileSync(join(gate.input, `${n}.txt`), `file ${n}`);
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(2);
    expect(results.summary).toMatchObject({ clean: 0, failed: files });
    expect(endsOf(results.items)).toEqual({ 'clean nowhere': files });
  });

  test('killed in the middle of the uploads: each object once, whole', async () => {
    const gate = freshGate();
    for (let n = 0; n < 40; n += 1) writeFileSync(join(gate.input, `${n}.txt`), `file ${n} `.repeat(500));
    const killed = await runCli(withGate(gate, 'gate', gate.input), { DROPGATE_FAULT_KILL: 'forward:before:5' });
    expect(killed.signal).toBe('SIGKILL');
    const gateway = await startGateway(gate);
    await until('the rest', () => ledgerItems(gate.dataDir).every(({ state }) => state !== 'disposing'));
    await until('the end', () => ledgerItems(gate.dataDir).length === 43);
    await gateway.stop();
    const items = ledgerItems(gate.dataDir);
    expect(items.filter(({ state }) => state === 'forwarded')).toHaveLength(42);
    for (const { name, state, sha256, destination } of items.filter((item) => item.state === 'forwarded')) {
      const key = (destination ?? Buffer.alloc(0)).toString().replace(`s3://${BUCKET}/`, '');
      expect.soft((await server.metadata(key))['dropgate-sha256'], `${name} ${state}`).toBe(sha256);
    }
  });
});
