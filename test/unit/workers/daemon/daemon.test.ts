import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  daemonHealthSchema,
  definitionAnswerSchema,
  detectionAnswerSchema,
} from '../../../../src-main/contract/detection-api';
import { call, post, scanBody, sha256Of, startTestDaemon, type TestDaemon, TOKEN } from '../../../support/daemon';
import { heldDefinitions } from '../../../support/detection-commands';
import { tempFolder } from '../../../support/temp-folder';

const BYTES = Buffer.from('the bytes of a file\n');

function share(daemon: TestDaemon, name = 'a.txt', bytes: Uint8Array = BYTES): void {
  writeFileSync(join(daemon.dumpPath, name), bytes);
}

/** A definition that waits until the file `go` is there. */
const waiting = (go: string) => ({ 'text/plain': { report: `while ! [ -e '${go}' ]; do sleep 0.02; done` } });
const waits = (go: string, changes = {}) => scanBody({ report: waiting(go)['text/plain'].report, ...changes });

test('answers a detection whose commands succeed with both spellings, and lists it', async () => {
  const daemon = await startTestDaemon({ 'text/plain': { report: 'true' } });
  share(daemon);
  const uuid = randomUUID();
  const answer = await post(daemon.url, scanBody({ uuid }));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    id: uuid,
    inited: true,
    initied: true,
    scanned: true,
    reported: true,
    deleted: false,
  });
  const known = { id: uuid, inited: null, initied: null, scanned: true, reported: true, deleted: false };
  expect(await (await call(daemon.url, `/report/${uuid}`)).json()).toEqual(known);
  expect(await (await call(daemon.url, '/list')).json()).toEqual([known]);
  expect(readFileSync(join(daemon.folder, 'logs', 'dump.log'), 'utf8')).toMatch(
    new RegExp(`^a\\.txt\\t${uuid}\\ttext/plain\\t[0-9TZ:.-]+\\n$`),
  );
});

test('runs install once, then scripts, then report, and tells which of them failed', async () => {
  const marks = join(await startTestDaemon({}).then(({ folder }) => folder), 'marks');
  const commands = { install: [`echo i >> ${marks}`], scripts: [`echo s >> ${marks}`], report: `echo r >> ${marks}` };
  const daemon = await startTestDaemon({
    'text/plain': commands,
    'text/no-install': { install: ['exit 3'], report: 'true' },
    'text/no-script': { scripts: [['false']], report: 'true' },
  });
  share(daemon);
  for (const _time of [1, 2]) expect((await post(daemon.url, scanBody(commands))).status).toBe(200);
  expect(readFileSync(marks, 'utf8')).toBe('i\ns\nr\ns\nr\n');
  const init = await post(daemon.url, scanBody({ mime: 'text/no-install', install: ['exit 3'] }));
  expect(await init.json()).toMatchObject({ inited: false, initied: false, scanned: true, reported: false });
  const script = await post(daemon.url, scanBody({ mime: 'text/no-script', scripts: [['false']] }));
  expect(await script.json()).toMatchObject({ inited: true, initied: true, scanned: true, reported: false });
  expect(readFileSync(join(daemon.folder, 'logs', 'fail.log'), 'utf8').split('\n')).toHaveLength(3);
});

test('looks at uploaded bytes, states what it found about their hash, and keeps none of them', async () => {
  const scanner = { report: ['grep', '-q', 'virus', '{FILE}'], verdicts: { 0: 'malicious', 1: 'clean' } } as const;
  const daemon = await startTestDaemon({ 'text/plain': scanner });
  for (const [bytes, statement] of [
    [Buffer.from('a virus'), 'found'],
    [BYTES, 'nothing_found'],
    [Buffer.alloc(0), 'nothing_found'],
  ] as const) {
    const [uuid, sha256] = [randomUUID(), sha256Of(bytes)];
    const upload = await call(daemon.url, `/file/${uuid}/${sha256}`, { method: 'PUT', body: bytes });
    expect(upload.status).toBe(201);
    const answer = await post(daemon.url, scanBody({ uuid, sha256, bytes: 'uploaded', report: scanner.report }));
    const { report } = detectionAnswerSchema.parse(await answer.json());
    expect(report).toMatchObject({ uuid, sha256, size: bytes.length, statement });
    expect(report?.engineVersion).toBe('test detections 1');
  }
  expect(readdirSync(join(daemon.folder, 'copies'))).toEqual([]);
});

test('a detection whose commands change the file fails, and states nothing', async () => {
  const scanner = { report: ['sh', '-c', 'chmod 600 "$FILE"; echo x > "$FILE"'], verdicts: { 0: 'clean' } } as const;
  const daemon = await startTestDaemon({ 'text/plain': scanner });
  share(daemon);
  const answer: unknown = await (await post(daemon.url, scanBody({ report: scanner.report }))).json();
  expect(answer).toMatchObject({ reported: false, failed: expect.stringContaining('changed the file') });
  expect(answer).not.toHaveProperty('report');
});

test('an upload without a scan goes with DELETE, and with the daemon', async () => {
  const daemon = await startTestDaemon({});
  const put = (uuid: string) => call(daemon.url, `/file/${uuid}/${sha256Of(BYTES)}`, { method: 'PUT', body: BYTES });
  const [one, other] = [randomUUID(), randomUUID()];
  await put(one);
  await put(other);
  const copies = join(daemon.folder, 'copies');
  expect(readdirSync(copies)).toHaveLength(2);
  await call(daemon.url, `/delete/${one}`, { method: 'DELETE' });
  expect(readdirSync(copies)).toHaveLength(1);
  await daemon.daemon.close(0);
  expect(readdirSync(copies)).toEqual([]);
});

test('tells of running detections, and DELETE ends one', async () => {
  const go = join((await startTestDaemon({})).folder, 'go');
  const daemon = await startTestDaemon(waiting(go));
  share(daemon);
  const uuid = randomUUID();
  const answer = post(daemon.url, waits(go, { uuid }));
  const state = { id: uuid, inited: null, initied: null, reported: null };
  await vi.waitFor(async () => {
    const report = await call(daemon.url, `/report/${uuid}`);
    expect(await report.json()).toEqual({ ...state, scanned: false, deleted: false });
  });
  expect(await (await call(daemon.url, '/list')).json()).toEqual([{ ...state, scanned: true, deleted: false }]);
  const deleted = await call(daemon.url, `/delete/${uuid}`, { method: 'DELETE' });
  expect(await deleted.json()).toEqual({ ...state, scanned: false, deleted: true });
  expect((await answer).status).toBe(410);
  expect((await call(daemon.url, `/report/${uuid}`)).status).toBe(404);
  expect((await post(daemon.url, waits(go, { uuid }))).status).toBe(409);
});

test('a client that goes away takes its detection with it', async () => {
  const go = join((await startTestDaemon({})).folder, 'go');
  const daemon = await startTestDaemon(waiting(go));
  share(daemon);
  const client = new AbortController();
  const uuid = randomUUID();
  const gone = post(daemon.url, waits(go, { uuid }), { signal: client.signal }).catch(() => 'gone');
  await vi.waitFor(() => expect(daemon.detections.ran).toHaveLength(1));
  client.abort();
  expect(await gone).toBe('gone');
  await vi.waitFor(async () => expect((await call(daemon.url, `/report/${uuid}`)).status).toBe(404));
  expect(existsSync(join(daemon.folder, 'logs', 'dump.log'))).toBe(false);
  await vi.waitFor(() => expect(readdirSync(join(daemon.folder, 'copies'))).toEqual([]));
});

test('runs so many at once, lets so many wait, and tells the others when to come again', async () => {
  const go = join((await startTestDaemon({})).folder, 'go');
  const daemon = await startTestDaemon(waiting(go), { concurrency: 2, queueLength: 1 });
  share(daemon);
  const inside = [1, 2, 3].map(() => post(daemon.url, waits(go)));
  await vi.waitFor(async () => {
    const health = daemonHealthSchema.parse(await (await call(daemon.url, '/health')).json());
    expect(health).toMatchObject({ running: 2, waiting: 1 });
  });
  await vi.waitFor(() => expect(daemon.detections.ran).toHaveLength(2));
  const refused = await post(daemon.url, waits(go));
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  writeFileSync(go, '');
  for (const answer of await Promise.all(inside)) expect(await answer.json()).toMatchObject({ reported: true });
});

test('closing lets what runs end and sends the waiting elsewhere', async () => {
  const go = join((await startTestDaemon({})).folder, 'go');
  const daemon = await startTestDaemon(waiting(go), { concurrency: 1 });
  share(daemon);
  const running = post(daemon.url, waits(go));
  await vi.waitFor(() => expect(daemon.detections.ran).toHaveLength(1));
  const queued = post(daemon.url, waits(go));
  await vi.waitFor(async () => {
    expect(await (await call(daemon.url, '/health')).json()).toMatchObject({ waiting: 1 });
  });
  const closed = daemon.daemon.close(60_000);
  expect((await queued).status).toBe(503);
  writeFileSync(go, '');
  expect(await (await running).json()).toMatchObject({ reported: true });
  await closed;
  await expect(call(daemon.url, '/list')).rejects.toThrow();
});

test('closing stops what does not end within its grace', async () => {
  const go = join((await startTestDaemon({})).folder, 'go');
  const daemon = await startTestDaemon(waiting(go));
  share(daemon);
  const running = post(daemon.url, waits(go));
  await vi.waitFor(() => expect(daemon.detections.ran).toHaveLength(1));
  await daemon.daemon.close(50);
  expect((await running).status).toBe(503);
});

/** A request whose sender goes on when he likes. */
function open({ port }: TestDaemon, head: string) {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write(`${head} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n`);
  return socket;
}

test('closing waits no longer than its grace for an upload that hardly comes', async () => {
  const daemon = await startTestDaemon({});
  const socket = open(daemon, `PUT /api/v1.0/file/${randomUUID()}/${sha256Of(BYTES)}`);
  socket.write('Content-Length: 500000\r\n\r\nx');
  const copies = join(daemon.folder, 'copies');
  await vi.waitFor(() => expect(readdirSync(copies)).toHaveLength(1));
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  await daemon.daemon.close(50);
  await vi.waitFor(() => expect(answer).toMatch(/^HTTP\/1\.1 503 /));
  expect(readdirSync(copies)).toEqual([]);
});

test('closing waits no longer than its grace for a client that does not read its answer', async () => {
  const shared = 'x'.repeat(32 * 1024 * 1024);
  const { detections, asked, go } = heldDefinitions({ 'text/plain': { report: 'true', shared } });
  const daemon = await startTestDaemon({}, { detections });
  const socket = open(daemon, 'GET /api/v1.0/definition?mime=text/plain');
  socket.write('\r\n');
  await asked;
  const closed = daemon.daemon.close(50);
  go();
  await closed;
  socket.destroy();
});

test('one that cannot have its folder gives its address back', async () => {
  const { daemon, port } = await startTestDaemon({});
  await daemon.close(0);
  const copiesDir = join(tempFolder(), 'copies');
  mkdirSync(join(copiesDir, 'a folder'), { recursive: true });
  await expect(startTestDaemon({}, { port, copiesDir })).rejects.toThrow(/EISDIR/);
  const next = await startTestDaemon({}, { port });
  expect((await call(next.url, '/list')).status).toBe(200);
});

test('gives its definitions to clients without the values of their variables, and takes them back', async () => {
  const own = { report: 'test "$KEY" = secret', environ: { KEY: 'secret' }, scripts: [['true']], shared: 'one' };
  const daemon = await startTestDaemon({ 'text/plain': own });
  share(daemon);
  const answer = await call(daemon.url, '/definition?mime=text%2Fplain');
  const { mime: _mime, ...posted } = definitionAnswerSchema.parse(await answer.json());
  expect(JSON.stringify(posted)).not.toContain('secret"}');
  expect(posted.environ).toEqual({});
  expect(await (await post(daemon.url, scanBody(posted))).json()).toMatchObject({ reported: true });
  expect((await call(daemon.url, '/definition?mime=image%2Fpng')).status).toBe(404);
});

test('runs posted commands only where that is allowed', async () => {
  const daemon = await startTestDaemon({}, { allowPosted: true });
  share(daemon);
  const mark = join(daemon.folder, 'ran');
  const answer = await post(daemon.url, scanBody({ report: ['touch', mark], environ: { COLOUR: 'blue' } }));
  expect(await answer.json()).toMatchObject({ reported: true });
  expect(existsSync(mark)).toBe(true);
});
