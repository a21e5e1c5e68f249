import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call, post, raw, scanBody, sha256Of, startTestDaemon, type TestDaemon, TOKEN } from '../../../support/daemon';

/**
 * What somebody might send who wants more than a detection. Each request has its status, and none leads to a command: a
 * command would leave the file `marker`, and the daemon's own definition is counted where it runs.
 */
const BYTES = Buffer.from('bytes\n');
let daemon: TestDaemon;
let marker: string;

beforeEach(async () => {
  daemon = await startTestDaemon({ 'text/plain': { report: 'true', environ: { LEVEL: '1' }, scripts: ['true'] } });
  marker = join(daemon.folder, 'marker');
  writeFileSync(join(daemon.dumpPath, 'a.txt'), BYTES);
});
afterEach(() => {
  expect(existsSync(marker)).toBe(false);
});

const own = (changes: Record<string, unknown> = {}) => scanBody({ scripts: ['true'], ...changes });
const touch = () => `touch ${marker}`;

/** Nothing ran, neither a command of the request nor the definition. */
async function refused(answer: Response | Promise<Response>, status: number): Promise<void> {
  const body: unknown = await (await answer).json();
  expect(body).toMatchObject({ status, error: expect.any(String), message: expect.any(String) });
  expect((await answer).status).toBe(status);
  expect(daemon.detections.ran).toEqual([]);
}

describe('commands that are not in the definitions', () => {
  test.each<[string, () => Record<string, unknown>]>([
    ['another report', () => ({ report: touch() })],
    ['a report with a command behind it', () => ({ report: `true; ${touch()}` })],
    ['a report with a substitution', () => ({ report: `true $(${touch()})` })],
    ['a report with backticks', () => ({ report: `true \`${touch()}\`` })],
    ['a report with a further line', () => ({ report: `true\n${touch()}` })],
    ['a report with a blank more', () => ({ report: 'true ' })],
    ['the report as a list', () => ({ report: ['true'] })],
    ['a report of options', () => ({ report: ['--help', marker] })],
    ['another script', () => ({ scripts: [touch()] })],
    ['a script more', () => ({ scripts: ['true', touch()] })],
    ['a script less', () => ({ scripts: [] })],
    ['a script as a list', () => ({ scripts: [['true']] })],
    ['an install', () => ({ install: touch() })],
    ['a list of installs', () => ({ install: [['touch', marker]] })],
    ['another type', () => ({ mime: 'text/html' })],
    ['a type in capitals', () => ({ mime: 'TEXT/PLAIN' })],
    ['a preloaded library', () => ({ environ: { LD_PRELOAD: '/tmp/x.so' } })],
    ['a search path', () => ({ environ: { PATH: '/tmp' } })],
    ['a start-up file of a shell', () => ({ environ: { BASH_ENV: '/tmp/x' } })],
    ['a variable with another value', () => ({ environ: { LEVEL: `$(${touch()})` } })],
    ['a variable of the prototype', () => ({ environ: JSON.parse('{"constructor": "x"}') })],
  ])('%s: 403', async (_title, changes) => {
    await refused(post(daemon.url, own(changes())), 403);
  });
});

describe('posted commands, where they are allowed', () => {
  test.each<[string, Record<string, unknown>]>([
    ['LD_PRELOAD', { environ: { LD_PRELOAD: '/tmp/x.so' } }],
    ['LD_LIBRARY_PATH', { environ: { LD_LIBRARY_PATH: '/tmp' } }],
    ['PATH', { environ: { PATH: '/tmp' } }],
    ['BASH_ENV', { environ: { BASH_ENV: '/tmp/x' } }],
    ['a function of bash', { environ: { 'BASH_FUNC_ls%%': '() { :; }' } }],
    ['PYTHONPATH', { environ: { PYTHONPATH: '/tmp' } }],
    ['NODE_OPTIONS', { environ: { NODE_OPTIONS: '--require=/tmp/x.js' } }],
    ['IFS', { environ: { IFS: '/' } }],
    ['a name with a line break', { environ: { 'A\nLD_PRELOAD': 'x' } }],
    ['a name with =', { environ: { 'A=B': 'x' } }],
    ['an empty name', { environ: { '': 'x' } }],
    ['an absolute workdir', { workdir: '/etc' }],
    ['a workdir that leads out', { workdir: 'a/../../..' }],
  ])('%s: 403', async (_title, changes) => {
    const open = await startTestDaemon({}, { allowPosted: true, dumpPath: daemon.dumpPath });
    const answer = await post(open.url, scanBody({ report: touch(), ...changes }));
    expect(answer.status).toBe(403);
    expect(open.detections.ran).toEqual([]);
  });
});

describe('names of files', () => {
  test.each<[string, string, number]>([
    ['a way up', '../marker-source', 403],
    ['a way up inside', 'x/../../a.txt', 403],
    ['a way up that stays inside', './a.txt', 403],
    ['an absolute path', '/etc/passwd', 403],
    ['nothing', '', 403],
    ['the folder', '.', 403],
    ['a line break', 'a.txt\n/etc/passwd', 403],
    ['a tab', 'a\t.txt', 403],
    ['a NUL', 'a.txt\0.png', 400],
    ['an option', '--version', 404],
    ['a substitution', '$(touch marker)', 404],
    ['a command behind it', 'a.txt; touch marker', 404],
    ['a path in a URL', 'file:///etc/passwd', 404],
    ['a path of escapes', '..%2f..%2fetc%2fpasswd', 404],
    ['a very long one', 'a'.repeat(5000), 400],
    ['one that is too long for the system', 'a'.repeat(300), 403],
    ['a link to a file', 'link', 403],
    ['a link to a folder', 'folder/passwd', 403],
    ['a hard link', 'hard', 403],
    ['a FIFO', 'fifo', 403],
    ['a folder', 'inner', 403],
    ['a file that is too large', 'large', 413],
  ])('%s: refused', async (_title, name, status) => {
    const at = (path: string) => join(daemon.dumpPath, path);
    symlinkSync('/etc/passwd', at('link'));
    symlinkSync('/etc', at('folder'));
    writeFileSync(join(daemon.folder, 'outside'), 'x');
    linkSync(join(daemon.folder, 'outside'), at('hard'));
    execFileSync('mkfifo', [at('fifo')]);
    mkdirSync(at('inner'));
    writeFileSync(at('large'), '');
    truncateSync(at('large'), 1024 * 1024 + 1);
    await refused(post(daemon.url, own({ name })), status);
  });

  test('an absolute path in the shared folder is one of its files', async () => {
    const answer = await post(daemon.url, own({ name: join(daemon.dumpPath, 'a.txt') }));
    expect(await answer.json()).toMatchObject({ reported: true });
  });
});

describe('who asks', () => {
  test.each<[string, Record<string, string>, number]>([
    ['no token', { authorization: '' }, 401],
    ['another token', { authorization: 'Bearer another-token-0123456789abcd' }, 401],
    ['the beginning of the token', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, 401],
    ['the token and more', { authorization: `Bearer ${TOKEN}x` }, 401],
    ['another scheme', { authorization: `Basic ${TOKEN}` }, 401],
    ['two tokens', { authorization: `Bearer ${TOKEN}, Bearer x` }, 401],
    ['a page of a browser', { origin: 'http://127.0.0.1:5000' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
  ])('%s is refused everywhere', async (_title, headers, status) => {
    await refused(post(daemon.url, own(), { headers: { 'content-type': 'application/json', ...headers } }), status);
    for (const [path, method] of [
      ['/list', 'GET'],
      [`/report/${randomUUID()}`, 'GET'],
      [`/delete/${randomUUID()}`, 'DELETE'],
      ['/health', 'GET'],
      ['/definition?mime=text/plain', 'GET'],
      [`/file/${randomUUID()}/${sha256Of(BYTES)}`, 'PUT'],
      ['/no-such-route', 'GET'],
    ] as const) {
      expect.soft((await call(daemon.url, path, { method, headers })).status, path).toBe(status);
    }
  });

  test('a host name that somebody made lead here: 403', async () => {
    expect(
      await raw(`GET /api HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`, daemon.port),
    ).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('bodies', () => {
  test.each<[string, RequestInit & { body: string }, number]>([
    ['no JSON', { body: '{' }, 400],
    ['a list', { body: '[]' }, 400],
    ['null', { body: 'null' }, 400],
    ['nothing', { body: '' }, 400],
    ['a form', { body: 'name=a.txt', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 400],
    ['JSON that says it is text', { body: JSON.stringify(scanBody()), headers: { 'content-type': 'text/plain' } }, 400],
    ['more than a megabyte', { body: JSON.stringify(scanBody({ name: 'a'.repeat(1024 * 1024) })) }, 413],
    [
      'a compressed one',
      { body: '{}', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
      415,
    ],
  ])('%s is refused', async (_title, init, status) => {
    const headers = { 'content-type': 'application/json' };
    await refused(call(daemon.url, '/scan', { method: 'POST', headers, ...init }), status);
  });

  test.each(Object.keys(scanBody()))('one without %s: 400', async (key) => {
    const { [key]: _left, ...rest } = own();
    await refused(post(daemon.url, rest), 400);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a NUL in a command', { report: 'true\0' }],
    ['a number for a name', { name: 7 }],
    ['a text for inited', { inited: 'true' }],
    ['a list for environ', { environ: [] }],
    ['a number in environ', { environ: { LEVEL: 1 } }],
    ['an empty list for a report', { report: [] }],
    ['a type with a parameter', { mime: 'text/plain; x=../..' }],
    ['a type with a way up', { mime: '../../etc' }],
    ['a type with a line break', { mime: 'text/plain\n' }],
    ['an id that is a path', { uuid: '../../etc/passwd' }],
    ['an id and more', { uuid: `${randomUUID()}/..` }],
    ['uploaded bytes without a hash', { bytes: 'uploaded' }],
    ['a hash that is none', { sha256: 'abc' }],
  ])('%s: 400', async (_title, changes) => {
    await refused(post(daemon.url, own(changes)), 400);
  });

  test('one that comes too slowly: 408', async () => {
    const slow = await startTestDaemon({}, { requestMs: 200 });
    const head = `POST /api/v1.0/scan HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n`;
    const answer = await raw(`${head}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"name":`, slow.port);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('headers that come too slowly: 408', async () => {
    const slow = await startTestDaemon({}, { requestMs: 200 });
    expect(await raw('GET /api HTTP/1.1\r\nHost: localhost\r\nX-', slow.port)).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('requests that are sent again, or altered', () => {
  test('an id is used once: 409', async () => {
    const body = own();
    expect((await post(daemon.url, body)).status).toBe(200);
    expect((await post(daemon.url, body)).status).toBe(409);
    expect((await post(daemon.url, { ...body, uuid: String(body.uuid).toUpperCase() })).status).toBe(409);
    expect((await post(daemon.url, { ...body, uuid: String(body.uuid).replaceAll('-', '') })).status).toBe(409);
    await call(daemon.url, `/delete/${body.uuid}`, { method: 'DELETE' });
    expect((await post(daemon.url, body)).status).toBe(409);
    expect(daemon.detections.ran).toHaveLength(1);
  });

  test('a shared file with another hash than was asked for: 409', async () => {
    await refused(post(daemon.url, own({ sha256: sha256Of(Buffer.from('other')) })), 409);
  });

  const put = (uuid: string, sha256: string, body = BYTES, init: RequestInit = {}) =>
    call(daemon.url, `/file/${uuid}/${sha256}`, { method: 'PUT', body, ...init });

  test('an upload of other bytes, a second one, one for another id, and one that is asked for by another hash', async () => {
    const [uuid, sha256] = [randomUUID(), sha256Of(BYTES)];
    await refused(put(uuid, sha256, Buffer.from('other')), 409);
    await refused(post(daemon.url, own({ uuid, sha256, bytes: 'uploaded' })), 404);
    expect((await put(uuid, sha256)).status).toBe(201);
    await refused(put(uuid, sha256), 409);
    await refused(post(daemon.url, own({ sha256, bytes: 'uploaded' })), 404);
    const other = sha256Of(Buffer.from('other'));
    await refused(post(daemon.url, own({ uuid, sha256: other, bytes: 'uploaded' })), 409);
    expect((await post(daemon.url, own({ uuid, sha256, bytes: 'uploaded' }))).status).toBe(200);
    expect((await post(daemon.url, own({ uuid, sha256, bytes: 'uploaded' }))).status).toBe(409);
  });

  test('an upload that is too large, has no length, no hash or no id, or is a path', async () => {
    const sha256 = sha256Of(BYTES);
    await refused(put(randomUUID(), sha256, Buffer.alloc(1024 * 1024 + 1)), 413);
    const stream = new Blob([BYTES]).stream();
    await refused(
      call(daemon.url, `/file/${randomUUID()}/${sha256}`, { method: 'PUT', body: stream, duplex: 'half' }),
      411,
    );
    await refused(put(randomUUID(), sha256.toUpperCase()), 400);
    await refused(put('..%2f..', sha256), 400);
    await refused(put(randomUUID(), `${sha256}/x`), 404);
  });
});
