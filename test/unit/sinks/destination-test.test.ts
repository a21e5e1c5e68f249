import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { S3Destination } from '../../../src-main/contract/settings';
import { testDestination } from '../../../src-main/sinks/destination-test';
import type { TestResult } from '../../../src-main/sinks/destination-test-steps';
import { xmlError } from '../../support/s3-proxy';
import { answers, honoursConditions, knowsNoConditions, losesHalf, publishes } from '../../support/s3-rules';
import { BUCKET, type S3Server, startS3Server } from '../../support/s3-server';
import { tempFolder } from '../../support/temp-folder';

const failedSteps = (result: TestResult) => result.steps.filter(({ ok }) => !ok).map(({ name }) => name);
const detailOf = (result: TestResult, name: string) => result.steps.find((step) => step.name === name)?.detail ?? '';

describe('the test of a folder', () => {
  const test = (dir: string) => testDestination({ kind: 'folder', dir }, AbortSignal.timeout(30_000));

  it('goes through all steps and leaves nothing', async () => {
    const dir = tempFolder();
    const result = await test(dir);
    expect(result).toMatchObject({ ok: true, found: {} });
    expect(result.steps.map(({ name }) => name)).toEqual(['folder', 'write', 'publish', 'remove', 'space']);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('takes a folder that can be made, and does not leave it made', async () => {
    const parent = tempFolder();
    const result = await test(join(parent, 'a', 'b'));
    expect(result.ok).toBe(true);
    expect(detailOf(result, 'folder')).toContain('can be made');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('says what stands in the place of the folder', async () => {
    const parent = tempFolder();
    writeFileSync(join(parent, 'file'), 'x');
    symlinkSync(join(parent, 'nowhere'), join(parent, 'link'));
    for (const name of ['file', 'link', 'file/below']) {
      const result = await test(join(parent, name));
      expect(result.ok).toBe(false);
      expect(failedSteps(result)).toEqual(['folder']);
      expect(result.steps[0]?.detail).toContain(parent);
    }
    expect(readdirSync(parent).sort()).toEqual(['file', 'link']);
  });

  it.skipIf(process.getuid?.() === 0)('says that it may not write', async () => {
    const dir = join(tempFolder(), 'closed');
    mkdirSync(dir);
    chmodSync(dir, 0o500);
    expect(detailOf(await test(dir), 'write')).toContain('give the user that runs Dropgate the right to write there');
  });
});

describe('the test of an S3 destination', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.proxy.rules = [];
    server.proxy.seen.length = 0;
  });

  const test = (settings: Partial<S3Destination> = {}) =>
    testDestination(
      {
        kind: 's3',
        bucket: BUCKET,
        prefix: 'in/',
        region: 'us-east-1',
        endpoint: server.endpoint,
        pathStyle: true,
        checksums: 'when_supported',
        conditionalPut: 'auto',
        ...settings,
      },
      AbortSignal.timeout(30_000),
      { connectMs: 2000, requestMs: 3000, idleMs: 3000 },
    );
  const nothingLeft = async () => {
    expect(await server.keys()).toEqual([]);
    expect([...server.proxy.uploads]).toEqual([]);
  };

  it('goes through all steps below the prefix and leaves nothing', async () => {
    server.proxy.rules = [honoursConditions];
    const result = await test();
    expect(failedSteps(result)).toEqual([]);
    expect(result.steps.map(({ name }) => name)).toEqual([
      'credentials',
      'upload',
      'read-back',
      'conditional-put',
      'large-files',
      'delete',
    ]);
    expect(result).toMatchObject({
      ok: true,
      found: { pathStyle: true, checksums: 'when_supported', conditionalPut: 'auto', region: 'us-east-1' },
    });
    const elsewhere = server.proxy.seen.filter(
      (line) => !/ \/inbound\/in\/\.dropgate-test-[0-9a-f]{16}(\?|$)/.test(line),
    );
    expect(elsewhere).toEqual([]);
    await nothingLeft();
  });

  it('sees whether the server honours, ignores or refuses conditional puts', async () => {
    server.proxy.rules = [honoursConditions];
    expect(await test({ conditionalPut: 'on' })).toMatchObject({ ok: true, found: { conditionalPut: 'on' } });

    server.proxy.rules = [];
    const ignored = await test({ conditionalPut: 'on' });
    expect(ignored).toMatchObject({ ok: true, found: { conditionalPut: 'auto' } });
    expect(detailOf(ignored, 'conditional-put')).toContain('"conditionalPut: on" does not work here');

    server.proxy.rules = [knowsNoConditions];
    const refused = await test();
    expect(refused).toMatchObject({ ok: true, found: { conditionalPut: 'off' } });
    expect(failedSteps(refused)).toEqual([]);
    await nothingLeft();
  });

  it('does not trust a server that honours the condition for small files only', async () => {
    server.proxy.rules = [async (exchange) => (exchange.method === 'PUT' ? honoursConditions(exchange) : null)];
    expect(await test({ conditionalPut: 'on' })).toMatchObject({ found: { conditionalPut: 'auto' } });
    await nothingLeft();
  });

  it('finds the checksum mode of a server that answers 411 to a checksum behind the bytes', async () => {
    server.proxy.rules = [
      answers(xmlError(411, 'MissingContentLength'), ({ headers }) => headers['x-amz-trailer'] !== undefined),
    ];
    const result = await test();
    expect(result).toMatchObject({ ok: true, found: { checksums: 'when_required', pathStyle: true } });
    expect(detailOf(result, 'upload')).toContain('set checksums: when_required');
    await nothingLeft();
  });

  it('finds the checksum mode of a server that answers 501 to any checksum', async () => {
    server.proxy.rules = [
      answers(xmlError(501, 'NotImplemented'), ({ headers }) =>
        Object.keys(headers).some((name) => name.startsWith('x-amz-checksum-') || name === 'x-amz-trailer'),
      ),
    ];
    expect(await test()).toMatchObject({ ok: true, found: { checksums: 'when_required' } });
    await nothingLeft();
  });

  it('finds the path style of a server that knows no bucket in the host name', async () => {
    const endpoint = server.endpoint.replace('127.0.0.1', 'localhost');
    server.proxy.rules = [answers(xmlError(404, 'NoSuchBucket'), ({ path }) => !path.startsWith(`/${BUCKET}/`))];
    const result = await test({ endpoint, pathStyle: false });
    expect(result).toMatchObject({ ok: true, found: { pathStyle: true } });
    expect(detailOf(result, 'upload')).toContain('set pathStyle: true');
    await nothingLeft();
  });

  it('finds the region that the server names', async () => {
    const elsewhere = xmlError(301, 'PermanentRedirect');
    server.proxy.rules = [
      answers(
        { ...elsewhere, headers: { ...elsewhere.headers, 'x-amz-bucket-region': 'eu-west-1' } },
        ({ headers }) => headers.authorization?.includes('/eu-west-1/') !== true,
      ),
    ];
    const result = await test();
    expect(result).toMatchObject({ ok: true, found: { region: 'eu-west-1' } });
    expect(detailOf(result, 'upload')).toContain('set region: eu-west-1');
    await nothingLeft();
  });

  it.each([
    ['access is denied', answers(xmlError(403, 'AccessDenied'), () => true), 'access is denied; check credentials'],
    [
      'the bucket is not there',
      answers(xmlError(404, 'NoSuchBucket'), () => true),
      'the bucket does not exist; make it',
    ],
    ['it is sent elsewhere', answers(xmlError(307, 'TemporaryRedirect'), () => true), 'check "region" and "endpoint"'],
    ['connections break', answers('reset', () => true), 'it cannot be reached; check "endpoint"'],
  ])('says what to do when %s', async (_name, rule, words) => {
    server.proxy.rules = [rule];
    const result = await test();
    expect(result).toMatchObject({ ok: false, found: {} });
    expect(failedSteps(result)).toEqual(['upload']);
    expect(detailOf(result, 'upload')).toContain(words);
    await nothingLeft();
  });

  it('says that there is no server', async () => {
    const result = await test({ endpoint: 'http://127.0.0.1:9' });
    expect(result.ok).toBe(false);
    expect(detailOf(result, 'upload')).toContain('it cannot be reached');
  });

  it('does not take for good what loses bytes or what stands beside them', async () => {
    server.proxy.rules = [losesHalf];
    expect(detailOf(await test(), 'upload')).toContain('of 1024 bytes arrived');
    server.proxy.rules = [
      async (exchange) => {
        if (exchange.method !== 'HEAD') return null;
        const answer = await exchange.forward();
        const headers = Object.entries(answer.headers).filter(([name]) => !name.startsWith('x-amz-meta-'));
        return { ...answer, headers: Object.fromEntries(headers) };
      },
    ];
    const result = await test();
    expect(result.ok).toBe(false);
    expect(detailOf(result, 'upload')).toContain('keeps no metadata');
    await nothingLeft();
  });

  it('says when large files cannot go up', async () => {
    server.proxy.rules = [answers(xmlError(403, 'AccessDenied'), ({ query }) => query.has('uploads'))];
    const result = await test();
    expect(result.ok).toBe(false);
    expect(failedSteps(result)).toEqual(['large-files']);
    await nothingLeft();
  });

  it('works without the right to delete, and names what it left', async () => {
    server.proxy.rules = [answers(xmlError(403, 'AccessDenied'), ({ method }) => method === 'DELETE')];
    const result = await test();
    expect(result.ok).toBe(true);
    expect(failedSteps(result)).toEqual(['delete']);
    const [key = ''] = await server.keys();
    expect(detailOf(result, 'delete')).toContain(`s3://${BUCKET}/${key} was left there; remove it by hand`);
    server.proxy.rules = [];
    await fetch(`${server.endpoint}/${BUCKET}/${key}`, { method: 'DELETE' });
  });

  it('ends when its time is over', async () => {
    server.proxy.rules = [answers('hang', publishes)];
    const result = await testDestination(
      {
        kind: 's3',
        bucket: BUCKET,
        prefix: '',
        region: 'us-east-1',
        endpoint: server.endpoint,
        pathStyle: true,
        checksums: 'when_required',
        conditionalPut: 'auto',
      },
      AbortSignal.timeout(300),
    );
    expect(result.ok).toBe(false);
    expect(failedSteps(result)).toEqual(['upload']);
  });
});
