import { beforeEach, describe, expect, test } from 'vitest';
import { raw, startTestDaemon, type TestDaemon, TOKEN } from '../../../support/daemon';

/** Requests that break HTTP's rules, or use its corners: none leads to a detection, or past the token. */
let daemon: TestDaemon;

beforeEach(async () => {
  daemon = await startTestDaemon({ 'text/plain': { report: 'true' } });
});

describe('HTTP itself', () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n`;
  const scanHead = get('/api/v1.0/scan').replace('GET', 'POST');

  test.each<[string, () => string, RegExp]>([
    ['two lengths', () => `${scanHead}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, /^HTTP\/1\.1 400 /],
    [
      'a length and chunks',
      () => `${scanHead}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${get('/api')}\r\n`,
      /^HTTP\/1\.1 400 /,
    ],
    [
      'an encoding of two words',
      () => `${scanHead}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 400 /,
    ],
    ['a header over two lines', () => `${get('/api')}X: a\r\n b\r\nContent-Length : 3\r\n\r\nabc`, /^HTTP\/1\.1 400 /],
    ['a bare line feed', () => `${get('/api').replaceAll('\r\n', '\n')}\n`, /^HTTP\/1\.1 400 /],
    ['no host', () => `GET /api HTTP/1.1\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`, /^HTTP\/1\.1 400 /],
    ['headers without end', () => `${get('/api')}X: ${'a'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['a whole URL', () => `${get('http://evil.example/api')}\r\n`, /^HTTP\/1\.1 404 /],
    ['a way up', () => `${get('/api/v1.0/../../etc/passwd')}\r\n`, /^HTTP\/1\.1 404 /],
    ['another method', () => `${get('/api/v1.0/scan')}\r\n`, /^HTTP\/1\.1 405 .*allow: POST/is],
    ['TRACE', () => `${get('/api').replace('GET', 'TRACE')}\r\n`, /^HTTP\/1\.1 405 /],
    ['an upgrade', () => `${get('/api/v1.0/scan')}Connection: upgrade\r\nUpgrade: h2c\r\n\r\n`, /^HTTP\/1\.1 405 /],
    ['another protocol', () => 'SSH-2.0-x\r\n\r\n', /^HTTP\/1\.1 400 /],
  ])('%s', async (_title, request, answer) => {
    expect(await raw(request(), daemon.port)).toMatch(answer);
    expect(daemon.detections.ran).toEqual([]);
  });

  test('of requests sent at once, each needs the token', async () => {
    const bare = 'GET /api/v1.0/list HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const answers = await raw(
      `${get('/api/v1.0/list')}\r\n${bare}${get('/api/v1.0/list')}Connection: close\r\n\r\n`,
      daemon.port,
    );
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401', 'HTTP/1.1 200']);
  });

  test('what stands in the body of a refused request is no request', async () => {
    const inner = `${get('/api/v1.0/list')}\r\n`;
    const head = scanHead.replace(TOKEN, 'wrong');
    const answers = await raw(`${head}Content-Length: ${inner.length + 10}\r\n\r\n${inner}`, daemon.port);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401']);
  });
});
