import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Probe } from '../../../../src-main/probes/probe';
import { startTestDaemon } from '../../../support/daemon';
import { heldDefinitions } from '../../../support/detection-commands';
import { never, RemoteProbes } from '../../../support/remote-probe';
import { EICAR } from '../../../support/temp-folder';

const probes = new RemoteProbes();
const scan = probes.scan.bind(probes);
const CLEAN = Buffer.from('nothing to see\n');
const SCANNER = { report: ['grep', '-q', 'EICAR', '{FILE}'], verdicts: { 0: 'malicious', 1: 'clean' } } as const;

describe('with our daemon', () => {
  test('what it finds is a finding, and nothing found of the whole file is stated so', async () => {
    const { url } = await startTestDaemon({ 'text/plain': SCANNER });
    const probe = probes.at(url);
    expect(await probe.describe(never)).toMatchObject({ state: 'ready', engineVersion: 'test detections 1' });
    const found = await scan(probe, EICAR);
    expect(found.findings).toEqual([
      { probe: 'lab-av', name: 'Test.Found', severity: 'malicious', category: 'malware', guidance: [] },
    ]);
    expect(await scan(probe, CLEAN)).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'complete' } });
  });

  test('commands that succeed without a verdict prove nothing', async () => {
    const { url } = await startTestDaemon({ 'text/plain': { report: 'true' } });
    await expect(scan(probes.at(url), CLEAN)).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      retryable: false,
      message: expect.stringMatching(/does not say what its commands found/),
    });
  });

  test('what the settings say of an original daemon does not count for ours', async () => {
    const { url } = await startTestDaemon({ 'text/plain': { report: 'true' }, 'text/html': { report: 'false' } });
    const probe = probes.at(url, { answers: { reported: 'clean', failed: 'malicious' } });
    await expect(scan(probe, CLEAN)).rejects.toMatchObject({ message: expect.stringMatching(/does not say/) });
    await expect(scan(probe, CLEAN, 'text/html')).rejects.toMatchObject({ code: 'PROBE_FAILED' });
  });

  test('commands that fail are an error, with the words of the daemon', async () => {
    const { url } = await startTestDaemon({ 'text/plain': { scripts: ['exit 9'], ...SCANNER } });
    await expect(scan(probes.at(url), CLEAN)).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      message: expect.stringMatching(/exit code 9/),
    });
  });

  test('a type without a definition, and a file beyond either limit, was not looked at', async () => {
    const { url } = await startTestDaemon({ 'text/plain': SCANNER }, { maxBytes: 100 });
    const probe = probes.at(url);
    expect(await scan(probe, CLEAN, 'image/png')).toMatchObject({
      coverage: { kind: 'incomplete', reason: 'unsupported' },
    });
    const limited = { coverage: { kind: 'incomplete', reason: 'limit_exceeded' } };
    expect(await scan(probe, Buffer.alloc(101))).toMatchObject(limited);
    expect(await scan(probes.at(url, { maxBytes: 5 }), CLEAN)).toMatchObject(limited);
    expect((await probe.describe(never)).maxBytes).toBe(100);
  });

  test('hands a file over in a shared folder, and leaves nothing there', async () => {
    const daemon = await startTestDaemon({ 'text/plain': SCANNER });
    const probe = probes.at(daemon.url, { sharedPath: { dir: daemon.dumpPath } });
    expect((await scan(probe, EICAR)).statement).toBe('found');
    expect((await scan(probe, CLEAN)).statement).toBe('nothing_found');
    expect(readdirSync(daemon.dumpPath)).toEqual([]);
    const absolute = probes.at(daemon.url, { sharedPath: { dir: daemon.dumpPath, as: `${daemon.dumpPath}/` } });
    expect((await scan(absolute, EICAR)).statement).toBe('found');
  });

  test('waits while the daemon has no room', async () => {
    const { url } = await startTestDaemon(
      { 'text/plain': { ...SCANNER, scripts: ['sleep 0.3'] } },
      { concurrency: 1, queueLength: 0 },
    );
    const probe = probes.at(url);
    const reports = await Promise.all([scan(probe, CLEAN), scan(probe, EICAR)]);
    expect(reports.map(({ statement }) => statement)).toEqual(['nothing_found', 'found']);
  });

  test('a scan that nobody waits for ends there too, and its bytes go', async () => {
    const daemon = await startTestDaemon({ 'text/plain': { ...SCANNER, scripts: ['sleep 60'] } });
    const stop = new AbortController();
    const ended = scan(probes.at(daemon.url), CLEAN, 'text/plain', stop.signal).catch(String);
    await vi.waitFor(() => expect(daemon.detections.ran).toHaveLength(1));
    stop.abort();
    await ended;
    await vi.waitFor(() => expect(readdirSync(join(daemon.folder, 'copies'))).toEqual([]));
  });

  test('new definitions are asked for when the old ones are refused', async () => {
    const first = await startTestDaemon({ 'text/plain': SCANNER });
    const probe = probes.at(first.url);
    await scan(probe, CLEAN);
    await first.daemon.close(0);
    const other = { ...SCANNER, scripts: ['true'] };
    await startTestDaemon({ 'text/plain': other }, { port: first.port });
    await expect(scan(probe, CLEAN)).rejects.toMatchObject({
      message: expect.stringMatching(/not in the definitions/),
    });
    expect((await scan(probe, CLEAN)).statement).toBe('nothing_found');
  });

  test('a scan that asks for a definition and is given up takes it from no other', async () => {
    const { detections, asked, go } = heldDefinitions({ 'text/plain': SCANNER });
    const { url } = await startTestDaemon({}, { detections });
    const probe = probes.at(url);
    await probe.describe(never);
    const stop = new AbortController();
    const first = scan(probe, CLEAN, 'text/plain', stop.signal).catch((error: unknown) => error);
    await asked;
    const second = scan(probe, CLEAN);
    stop.abort();
    expect(await first).toMatchObject({ code: 'CANCELLED' });
    go();
    expect(await second).toMatchObject({ statement: 'nothing_found' });
  });

  test('a type is asked about by its whole name, without parameters', async () => {
    const { url } = await startTestDaemon({ 'application/x-foo': SCANNER });
    const probe = probes.at(url);
    const unsupported = { coverage: { kind: 'incomplete', reason: 'unsupported' } };
    expect(await scan(probe, CLEAN, 'application/x-foo!bar')).toMatchObject(unsupported);
    expect(await scan(probe, CLEAN, 'application/x-foo; a=b')).toMatchObject({ coverage: { kind: 'complete' } });
  });

  test('is not ready, and says what to do, without a daemon, a token, or the right one', async () => {
    const { url, daemon } = await startTestDaemon({ 'text/plain': SCANNER });
    const problem = async (probe: Probe) => (await probe.describe(never)).problem;
    expect(await problem(probes.at(url, {}, {}))).toBe('the environment variable LAB_TOKEN holds no token');
    expect(await problem(probes.at(url, {}, { LAB_TOKEN: 'another' }))).toMatch(
      /another token; put its token into LAB_TOKEN$/,
    );
    expect(await problem(probes.at(url, { tokenEnv: undefined }))).toMatch(
      /another token; write tokenEnv for this probe$/,
    );
    expect(await problem(probes.at(url, { tls: { caFile: '/no/such.pem' } }))).toBe(
      '/no/such.pem cannot be read (ENOENT)',
    );
    await daemon.close(0);
    expect(await problem(probes.at(url))).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });
});

test('a server that hangs up, and one that says nothing, are errors', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  const probe = probes.at(`http://127.0.0.1:${port}`);
  await expect(scan(probe, CLEAN)).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  expect((await probe.describe(never)).state).toBe('not_ready');
  server.removeAllListeners('connection');
  const late = AbortSignal.timeout(100);
  await expect(scan(probe, CLEAN, 'text/plain', late)).rejects.toMatchObject({ code: 'CANCELLED' });
  await probe.close();
  server.close();
});
