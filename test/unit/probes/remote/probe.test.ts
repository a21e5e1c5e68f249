import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ProbeReport } from '../../../../src-main/contract/probe-report';
import { limitsSchema } from '../../../../src-main/contract/settings';
import { remoteProbeSchema } from '../../../../src-main/contract/settings-remote';
import type { Probe, StagedItem } from '../../../../src-main/probes/probe';
import { createRemoteProbe } from '../../../../src-main/probes/remote/probe';
import { startTestDaemon, TOKEN } from '../../../support/daemon';
import { type Answer, OriginalDaemon } from '../../../support/original-daemon';
import { EICAR, tempFolder } from '../../../support/temp-folder';

const never = new AbortController().signal;
const CLEAN = Buffer.from('nothing to see\n');
const SCANNER = { report: ['grep', '-q', 'EICAR', '{FILE}'], verdicts: { 0: 'malicious', 1: 'clean' } } as const;
const context = {
  limits: limitsSchema.parse({}),
  passwords: [],
  begins: () => undefined,
  addChild: () => Promise.resolve(),
  isOverLimit: () => false,
};

const open: Probe[] = [];
afterEach(async () => {
  for (const probe of open.splice(0)) await probe.close();
});

function probeFor(
  url: string,
  settings: Record<string, unknown> = {},
  env: NodeJS.ProcessEnv = { LAB_TOKEN: TOKEN },
): Probe {
  const probe = createRemoteProbe(
    remoteProbeSchema.parse({ id: 'lab-av', url, tokenEnv: 'LAB_TOKEN', ...settings }),
    env,
  );
  open.push(probe);
  return probe;
}

function itemOf(bytes: Buffer, mime = 'text/plain'): StagedItem {
  const path = join(tempFolder(), randomUUID());
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const type = { mime, description: 'a test', unknown: false };
  return {
    path,
    name: Buffer.from('a name\n.txt'),
    size: bytes.length,
    hashes: { sha256, sha1: null, md5: null },
    type,
  };
}

const scan = (probe: Probe, bytes: Buffer, mime?: string): Promise<ProbeReport> =>
  probe.scan(itemOf(bytes, mime), context, never);

describe('with our daemon', () => {
  test('what it finds is a finding, and nothing found of the whole file is stated so', async () => {
    const { url } = await startTestDaemon({ 'text/plain': SCANNER });
    const probe = probeFor(url);
    expect(await probe.describe(never)).toMatchObject({ state: 'ready', engineVersion: 'test detections 1' });
    const found = await scan(probe, EICAR);
    expect(found.findings).toEqual([
      { probe: 'lab-av', name: 'Test.Found', severity: 'malicious', category: 'malware', guidance: [] },
    ]);
    expect(await scan(probe, CLEAN)).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'complete' } });
  });

  test('commands that succeed without a verdict prove nothing', async () => {
    const { url } = await startTestDaemon({ 'text/plain': { report: 'true' } });
    await expect(scan(probeFor(url), CLEAN)).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      retryable: false,
      message: expect.stringMatching(/does not say what its commands found/),
    });
  });

  test('commands that fail are an error, with the words of the daemon', async () => {
    const { url } = await startTestDaemon({ 'text/plain': { scripts: ['exit 9'], ...SCANNER } });
    await expect(scan(probeFor(url), CLEAN)).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      message: expect.stringMatching(/exit code 9/),
    });
  });

  test('a type without a definition, and a file beyond either limit, was not looked at', async () => {
    const { url } = await startTestDaemon({ 'text/plain': SCANNER }, { maxBytes: 100 });
    const probe = probeFor(url);
    expect(await scan(probe, CLEAN, 'image/png')).toMatchObject({
      coverage: { kind: 'incomplete', reason: 'unsupported' },
    });
    const limited = { coverage: { kind: 'incomplete', reason: 'limit_exceeded' } };
    expect(await scan(probe, Buffer.alloc(101))).toMatchObject(limited);
    expect(await scan(probeFor(url, { maxBytes: 5 }), CLEAN)).toMatchObject(limited);
    expect((await probe.describe(never)).maxBytes).toBe(100);
  });

  test('hands a file over in a shared folder, and leaves nothing there', async () => {
    const daemon = await startTestDaemon({ 'text/plain': SCANNER });
    const probe = probeFor(daemon.url, { sharedPath: { dir: daemon.dumpPath } });
    expect((await scan(probe, EICAR)).statement).toBe('found');
    expect((await scan(probe, CLEAN)).statement).toBe('nothing_found');
    expect(readdirSync(daemon.dumpPath)).toEqual([]);
    const absolute = probeFor(daemon.url, { sharedPath: { dir: daemon.dumpPath, as: `${daemon.dumpPath}/` } });
    expect((await scan(absolute, EICAR)).statement).toBe('found');
  });

  test('waits while the daemon has no room', async () => {
    const { url } = await startTestDaemon(
      { 'text/plain': { ...SCANNER, scripts: ['sleep 0.3'] } },
      { concurrency: 1, queueLength: 0 },
    );
    const probe = probeFor(url);
    const reports = await Promise.all([scan(probe, CLEAN), scan(probe, EICAR)]);
    expect(reports.map(({ statement }) => statement)).toEqual(['nothing_found', 'found']);
  });

  test('a scan that nobody waits for ends there too, and its bytes go', async () => {
    const daemon = await startTestDaemon({ 'text/plain': { ...SCANNER, scripts: ['sleep 60'] } });
    const stop = new AbortController();
    const ended = probeFor(daemon.url).scan(itemOf(CLEAN), context, stop.signal).catch(String);
    await vi.waitFor(() => expect(daemon.detections.ran).toHaveLength(1));
    stop.abort();
    await ended;
    await vi.waitFor(() => expect(readdirSync(join(daemon.folder, 'copies'))).toEqual([]));
  });

  test('new definitions are asked for when the old ones are refused', async () => {
    const first = await startTestDaemon({ 'text/plain': SCANNER });
    const probe = probeFor(first.url);
    await scan(probe, CLEAN);
    await first.daemon.close(0);
    const other = { ...SCANNER, scripts: ['true'] };
    await startTestDaemon({ 'text/plain': other }, { port: first.port });
    await expect(scan(probe, CLEAN)).rejects.toMatchObject({
      message: expect.stringMatching(/not in the definitions/),
    });
    expect((await scan(probe, CLEAN)).statement).toBe('nothing_found');
  });

  test('is not ready, and says what to do, without a daemon, a token, or the right one', async () => {
    const { url, daemon } = await startTestDaemon({ 'text/plain': SCANNER });
    const problem = async (probe: Probe) => (await probe.describe(never)).problem;
    expect(await problem(probeFor(url, {}, {}))).toBe('the environment variable LAB_TOKEN holds no token');
    expect(await problem(probeFor(url, {}, { LAB_TOKEN: 'another' }))).toMatch(
      /another token; put its token into LAB_TOKEN$/,
    );
    expect(await problem(probeFor(url, { tokenEnv: undefined }))).toMatch(
      /another token; write tokenEnv for this probe$/,
    );
    expect(await problem(probeFor(url, { tls: { caFile: '/no/such.pem' } }))).toBe(
      '/no/such.pem cannot be read (ENOENT)',
    );
    await daemon.close(0);
    expect(await problem(probeFor(url))).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });
});

describe('with an original daemon', () => {
  const COMMANDS = { report: 'sh ./report.sh', scripts: ['sh ./scan.sh'] };
  const done = (posted: Record<string, unknown>, changes = {}) =>
    [200, { id: posted.uuid, initied: true, scanned: true, reported: true, deleted: false, ...changes }] as const;

  async function original(answer: Answer, settings: Record<string, unknown> = {}) {
    const daemon = await OriginalDaemon.start(answer);
    const dir = join(tempFolder(), 'shared');
    mkdirSync(dir);
    const probe = probeFor(daemon.url, {
      tokenEnv: undefined,
      commands: COMMANDS,
      sharedPath: { dir, as: '/dump' },
      ...settings,
    });
    return { daemon, dir, probe };
  }

  test('posts its commands and every key of the API, and the file by its shared path', async () => {
    const seen: Buffer[] = [];
    const { daemon, dir, probe } = await original(
      (posted) => {
        seen.push(readFileSync(join(dir, String(posted.name).replace('/dump/', ''))));
        return done(posted);
      },
      { answers: { reported: 'clean' } },
    );
    expect(await probe.describe(never)).toMatchObject({ state: 'ready', databaseVersion: null });
    expect(await scan(probe, CLEAN)).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'complete' } });
    const [posted] = daemon.posted;
    expect(posted).toEqual({
      name: `/dump/${posted?.uuid}`,
      mime: 'text/plain',
      uuid: posted?.uuid,
      report: 'sh ./report.sh',
      shared: 'text/plain',
      inited: false,
      workdir: '.',
      environ: {},
      install: [],
      scripts: ['sh ./scan.sh'],
    });
    expect(seen).toEqual([CLEAN]);
    expect(readdirSync(dir)).toEqual([]);
  });

  test.each([
    [{ reported: 'clean', failed: 'malicious' }, true, 'nothing_found', undefined],
    [{ reported: 'clean', failed: 'malicious' }, false, 'found', 'malicious'],
    [{ reported: 'suspicious' }, true, 'found', 'suspicious'],
  ])('with answers %j, reported: %s is %s', async (answers, reported, statement, severity) => {
    const { probe } = await original((posted) => done(posted, { reported }), { answers });
    const report = await scan(probe, CLEAN);
    expect(report.statement).toBe(statement);
    expect(report.findings[0]?.severity).toBe(severity);
  });

  test('its success is no verdict where nobody said so', async () => {
    const unsaid = await original((posted) => done(posted));
    expect(await unsaid.probe.describe(never)).toMatchObject({
      state: 'not_ready',
      problem: expect.stringMatching(/write commands and answers/),
    });
    await expect(scan(unsaid.probe, CLEAN)).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      message: expect.stringMatching(/write answers/),
    });
    const nothing = await original((posted) => done(posted), { answers: {} });
    await expect(scan(nothing.probe, CLEAN)).rejects.toMatchObject({
      message: expect.stringMatching(/proves nothing here/),
    });
    const failed = await original((posted) => done(posted, { reported: false }), { answers: { reported: 'clean' } });
    await expect(scan(failed.probe, CLEAN)).rejects.toMatchObject({ code: 'PROBE_FAILED' });
  });

  test('without a shared folder it is not ready', async () => {
    const { probe } = await original((posted) => done(posted), {
      answers: { reported: 'clean' },
      sharedPath: undefined,
    });
    expect(await probe.describe(never)).toMatchObject({
      state: 'not_ready',
      problem: expect.stringMatching(/write sharedPath/),
    });
    await expect(scan(probe, CLEAN)).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  });

  /** Each of them would be clean with these answers, if it were believed. */
  test.each<[string, Answer]>([
    ['a refusal with HTTP 200', () => [200, { status: 400, error: 'x', message: 'invalid info format' }]],
    ['a refusal with HTTP 200 beside a success', (posted) => done(posted, { status: 500, error: 'x', message: 'x' })],
    ['HTTP 500 with a success', (posted) => [500, done(posted)[1]]],
    ['HTTP 302 with a success', (posted) => [302, done(posted)[1]]],
    ['no JSON', () => [200, 'reported: true']],
    ['an empty answer', () => [200, '']],
    ['null', () => [200, 'null']],
    ['a list', (posted) => [200, [done(posted)[1]]]],
    ['another id', (posted) => done(posted, { id: randomUUID() })],
    ['no id', (posted) => done(posted, { id: undefined })],
    ['reported as a text', (posted) => done(posted, { reported: 'true' })],
    ['reported null', (posted) => done(posted, { reported: null })],
    ['reported left out', (posted) => done(posted, { reported: undefined })],
    ['not scanned', (posted) => done(posted, { scanned: false })],
    ['deleted', (posted) => done(posted, { deleted: true })],
    ['not inited, and yet reported', (posted) => done(posted, { initied: false })],
    ['inited and initied at odds', (posted) => done(posted, { inited: false })],
    ['neither inited nor initied', (posted) => done(posted, { initied: undefined })],
    ['a report on another file', (posted) => done(posted, { report: reportOf(posted, { sha256: 'a'.repeat(64) }) })],
    ['a report on another request', (posted) => done(posted, { report: reportOf(posted, { uuid: randomUUID() }) })],
    ['a report on another size', (posted) => done(posted, { report: reportOf(posted, { size: 1 }) })],
    [
      'a report that contradicts itself',
      (posted) => done(posted, { report: reportOf(posted, { statement: 'found' }) }),
    ],
    ['a report without versions', (posted) => done(posted, { report: reportOf(posted, { engineVersion: '' }) })],
    ['a report on commands that failed', (posted) => done(posted, { reported: false, report: reportOf(posted) })],
    ['more than anybody reads', (posted) => done(posted, { more: 'x'.repeat(5 * 1024 * 1024) })],
  ])('%s is never clean', async (_title, answer) => {
    const { probe } = await original(answer, { answers: { reported: 'clean' } });
    const end = await scan(probe, CLEAN).catch((error: unknown) => error);
    expect(end).toMatchObject({
      name: 'ProbeError',
      code: expect.stringMatching(/^PROBE_(BAD_REPLY|FAILED|UNAVAILABLE)$/),
    });
  });

  test('a report that fits is believed more than the bare answer', async () => {
    const finding = { name: 'A\u202eB', severity: 'suspicious', category: 'x', evidence: 'a\nb', guidance: [] };
    const report = { statement: 'found', findings: [finding] };
    const { probe } = await original((posted) => done(posted, { report: reportOf(posted, report) }), {
      answers: { reported: 'clean' },
    });
    const { findings } = await scan(probe, CLEAN);
    expect(findings).toEqual([{ ...finding, probe: 'lab-av', name: 'A\\u{202e}B', evidence: 'a\\nb' }]);
  });
});

const reportOf = (posted: Record<string, unknown>, changes = {}) => ({
  uuid: posted.uuid,
  sha256: createHash('sha256').update(CLEAN).digest('hex'),
  size: CLEAN.length,
  statement: 'nothing_found',
  findings: [],
  coverage: { kind: 'complete' },
  engineVersion: '1',
  databaseVersion: null,
  ...changes,
});

test('a server that hangs up, and one that says nothing, are errors', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  const probe = probeFor(`http://127.0.0.1:${port}`);
  await expect(scan(probe, CLEAN)).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  expect((await probe.describe(never)).state).toBe('not_ready');
  server.removeAllListeners('connection');
  const late = AbortSignal.timeout(100);
  await expect(probe.scan(itemOf(CLEAN), context, late)).rejects.toMatchObject({ code: 'CANCELLED' });
  await probe.close();
  server.close();
});
