import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { S3Destination } from '../../../../src-main/contract/settings';
import { UploadJournal } from '../../../../src-main/sinks/s3/journal';
import type { Sink } from '../../../../src-main/sinks/sink';
import { type Exchange, xmlError } from '../../../support/s3-proxy';
import {
  answers,
  answersFirst,
  honoursConditions,
  knowsNoConditions,
  listsUploads,
  losesHalf,
  publishes,
} from '../../../support/s3-rules';
import { BUCKET, type S3Server, startS3Server } from '../../../support/s3-server';
import { tempFolder } from '../../../support/temp-folder';
import { codeOf, never, outgoing } from '../outgoing';
import { s3SinkOf } from './s3-sink';

const MIB = 1024 ** 2;
const LARGE = 20 * MIB;

let server: S3Server;
const sinks: Sink[] = [];
beforeEach(async () => {
  server = await startS3Server();
});
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close();
  await server.stop();
});

function sinkOf(change: Partial<S3Destination> = {}): Sink {
  const sink = s3SinkOf(server, change);
  sinks.push(sink);
  return sink;
}

const small = () => outgoing(tempFolder(), randomBytes(1000));
const large = () => outgoing(tempFolder(), randomBytes(LARGE));
const isPut = ({ method }: Exchange) => method === 'PUT';
const isHead = ({ method }: Exchange) => method === 'HEAD';
const requests = (pattern: RegExp) => server.proxy.seen.filter((request) => pattern.test(request)).length;

describe('conditional put', () => {
  test('a server that does not know it is found out once and then served without', async () => {
    server.proxy.rules = [knowsNoConditions];
    const sink = sinkOf();
    for (let count = 0; count < 3; count += 1) await sink.put(small(), never);
    expect(requests(/^PUT/)).toBe(4);
    await sink.put(large(), never);
    expect(await server.keys()).toHaveLength(4);
  });

  test('found out with a large file, its first upload is cleared away', async () => {
    server.proxy.rules = [knowsNoConditions];
    await sinkOf().put(large(), never);
    expect(await server.keys()).toHaveLength(1);
    expect(server.proxy.uploads.size).toBe(0);
    expect(readdirSync(server.folder)).toEqual([]);
  });

  test('switched on, a server that does not know it is never served without', async () => {
    server.proxy.rules = [knowsNoConditions];
    expect(await codeOf(sinkOf({ conditionalPut: 'on' }).put(small(), never))).toBe('SINK_UNAVAILABLE');
    expect(await server.keys()).toEqual([]);
  });

  test.each([small, large])('switched on, an object that appears meanwhile is never replaced', async (make) => {
    const item = make();
    const key = `${item.submission}/docs/a.pdf`;
    let planted = false;
    server.proxy.rules = [
      async (exchange) => {
        if (!planted && publishes(exchange)) {
          planted = true;
          await server.write(key, Buffer.from('theirs'));
        }
        return null;
      },
      honoursConditions,
    ];
    expect(await codeOf(sinkOf().put(item, never))).toBe('SINK_REFUSED');
    expect((await server.read(key)).toString()).toBe('theirs');
    expect(server.proxy.uploads.size).toBe(0);
  });

  test('a put whose answer got lost is found done', async () => {
    server.proxy.rules = [
      async (exchange) => {
        if (requests(/^PUT/) > 1 || !isPut(exchange)) return null;
        await exchange.forward();
        return 'reset';
      },
      honoursConditions,
    ];
    await sinkOf({ conditionalPut: 'on' }).put(small(), never);
    expect(await server.keys()).toHaveLength(1);
  });
});

describe('what arrived is looked at', () => {
  test.each([small, large])(
    'a server that loses bytes and says that all is well is found out, and nothing stays',
    async (make) => {
      server.proxy.rules = [losesHalf];
      const item = make();
      const sink = sinkOf();
      expect(await codeOf(sink.put(item, never))).toBe('SINK_MISMATCH');
      expect(await server.keys()).toEqual([]);
      server.proxy.rules = [];
      await sink.put(item, never);
      expect(await server.keys()).toHaveLength(1);
    },
  );

  test('an object that vanished is a mismatch', async () => {
    const gone = answers({ status: 404, headers: {}, body: Buffer.alloc(0) }, isHead);
    server.proxy.rules = [gone];
    expect(await codeOf(sinkOf().put(small(), never))).toBe('SINK_MISMATCH');
  });

  test('an object of ours with the right hash beside the wrong size is not taken for the right one', async () => {
    const item = small();
    await server.write(`${item.submission}/docs/a.pdf`, Buffer.from('x'), { 'dropgate-sha256': item.hashes.sha256 });
    expect(await codeOf(sinkOf().put(item, never))).toBe('SINK_REFUSED');
  });
});

describe('a server in trouble', () => {
  test.each([
    ['asks for less', xmlError(503, 'SlowDown'), 'asks for less'],
    ['fails', xmlError(500, 'InternalError'), 'server failed'],
    ['denies access', xmlError(403, 'AccessDenied'), 'credentials'],
    ['has no such bucket', xmlError(404, 'NoSuchBucket'), 'make it'],
    ['needs a length', xmlError(411, 'MissingContentLength'), 'when_required'],
    ['breaks the connection', 'reset' as const, 'cannot be reached'],
    ['never answers', 'hang' as const, 'cannot be reached'],
  ])('that %s is unavailable, may be tried again, and the next step is told', async (_, answer, step) => {
    server.proxy.rules = [answers(answer, (exchange) => !isHead(exchange))];
    for (const item of [small(), large()]) {
      const outcome = await sinkOf()
        .put(item, never)
        .catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code: 'SINK_UNAVAILABLE', retryable: true });
      expect(String(outcome)).toContain(step);
      expect(String(outcome)).not.toContain('test-value');
    }
    expect(await server.keys()).toEqual([]);
  });

  test.each([
    ['the first put', isPut, 503],
    ['a part', ({ query }: Exchange) => query.get('partNumber') === '2', 500],
    ['the completion', ({ method, query }: Exchange) => method === 'POST' && query.has('uploadId'), 503],
  ])('that fails once, at %s, costs nothing', async (_, applies, status) => {
    server.proxy.rules = [answersFirst(1, xmlError(status, 'SlowDown'), applies), answersFirst(1, 'reset', applies)];
    await sinkOf().put(large(), never);
    expect(await server.keys()).toHaveLength(1);
    expect(readdirSync(server.folder)).toEqual([]);
  });

  test('that says 200 to the completion, and an error inside, has not taken the file', async () => {
    const { headers, body } = xmlError(500, 'InternalError');
    const completes = ({ method, query }: Exchange) => method === 'POST' && query.has('uploadId');
    server.proxy.rules = [answers({ status: 200, headers, body }, completes)];
    expect(await codeOf(sinkOf().put(large(), never))).toBe('SINK_UNAVAILABLE');
    expect(await server.keys()).toEqual([]);
    expect(server.proxy.uploads.size).toBe(0);
  });

  test('a file that it never takes is refused', async () => {
    server.proxy.rules = [answers(xmlError(400, 'EntityTooLarge'), isPut)];
    expect(await codeOf(sinkOf().put(small(), never))).toBe('SINK_REFUSED');
  });

  test('a large upload that cannot be cleared away is remembered, and cleared away with the next attempt', async () => {
    const away = ({ method, query }: Exchange) => method === 'DELETE' || query.get('partNumber') === '2';
    server.proxy.rules = [answers(xmlError(503, 'SlowDown'), away)];
    const item = large();
    const sink = sinkOf();
    expect(await codeOf(sink.put(item, never))).toBe('SINK_UNAVAILABLE');
    expect(server.proxy.uploads.size).toBe(1);
    expect(readdirSync(server.folder)).toHaveLength(1);
    server.proxy.rules = [];
    await sink.put(item, never);
    expect(server.proxy.uploads.size).toBe(0);
    expect(readdirSync(server.folder)).toEqual([]);
  });

  test('an upload that was begun twice, since the first answer got lost, leaves none behind', async () => {
    server.proxy.faculties = [listsUploads(server.proxy)];
    let lost = false;
    server.proxy.rules = [
      async (exchange) => {
        if (lost || exchange.method !== 'POST' || !exchange.query.has('uploads')) return null;
        lost = true;
        await exchange.forward();
        return 'reset';
      },
    ];
    await sinkOf().put(large(), never);
    expect(await server.keys()).toHaveLength(1);
    expect(server.proxy.uploads.size).toBe(0);
    expect(readdirSync(server.folder)).toEqual([]);
  });

  test('an abort ends a request that hangs', async () => {
    const abort = new AbortController();
    server.proxy.rules = [
      (exchange) => {
        if (!isPut(exchange)) return Promise.resolve(null);
        setImmediate(() => abort.abort(new Error('enough')));
        return Promise.resolve('hang');
      },
    ];
    await expect(sinkOf().put(large(), abort.signal)).rejects.toThrow('enough');
    expect(server.proxy.uploads.size).toBe(0);
  });

  test('a small put that arrived although it was aborted is taken back', async () => {
    const abort = new AbortController();
    server.proxy.rules = [
      async (exchange) => {
        if (!isPut(exchange)) return null;
        await exchange.forward();
        abort.abort(new Error('enough'));
        return 'hang';
      },
    ];
    await expect(sinkOf().put(small(), abort.signal)).rejects.toThrow('enough');
    expect(await server.keys()).toEqual([]);
  });
});

describe('sweep', () => {
  test('an upload whose id was never learnt is found by its key; those of other keys and owners stay', async () => {
    server.proxy.rules = [listsUploads(server.proxy)];
    const journal = new UploadJournal(server.folder, 'inbound', 'us');
    await journal.begin(BUCKET, 'guid/a');
    for (const key of ['guid/a', 'guid/ab', 'guid/b', 'guid/c']) await server.beginUpload(key);
    await new UploadJournal(server.folder, 'inbound', 'others').begin(BUCKET, 'guid/b');
    await new UploadJournal(server.folder, 'other sink', 'us').begin(BUCKET, 'guid/c');
    expect(await sinkOf().sweep(never)).toEqual({ removed: 1 });
    expect([...server.proxy.uploads.values()].sort()).toEqual(['guid/ab', 'guid/b', 'guid/c']);
    expect(readdirSync(server.folder)).toHaveLength(2);
  });

  test('a server that is away keeps the journal for the next start', async () => {
    const journal = new UploadJournal(server.folder, 'inbound', 'us');
    await journal.note(await journal.begin(BUCKET, 'guid/a'), await server.beginUpload('guid/a'));
    server.proxy.rules = [answers('reset', () => true)];
    expect(await codeOf(sinkOf().sweep(never))).toBe('SINK_UNAVAILABLE');
    server.proxy.rules = [];
    expect(await sinkOf().sweep(never)).toEqual({ removed: 1 });
  });

  test('a large file waits for it, a small one does not; what the large one begins is left alone', async () => {
    const journal = new UploadJournal(server.folder, 'inbound', 'us');
    await journal.note(await journal.begin(BUCKET, 'guid/a'), await server.beginUpload('guid/a'));
    const answered = Promise.withResolvers<void>();
    server.proxy.rules = [
      async ({ method }) => {
        if (method === 'DELETE') await answered.promise;
        return null;
      },
    ];
    const before = requests(/^POST/);
    const sink = sinkOf();
    const sweep = sink.sweep(never);
    const putLarge = sink.put(large(), never);
    await sink.put(small(), never);
    expect(requests(/^POST/)).toBe(before);
    answered.resolve();
    expect(await sweep).toEqual({ removed: 1 });
    await putLarge;
    expect(await server.keys()).toHaveLength(2);
  });

  test('without a journal nobody is asked', async () => {
    expect(await sinkOf().sweep(never)).toEqual({ removed: 0 });
    expect(server.proxy.seen).toEqual([]);
  });
});
