import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UploadJournal } from '../../../../src-main/sinks/s3/journal';
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
import { BUCKET } from '../../../support/s3-server';
import { codeOf, never } from '../outgoing';
import { isPut, large, s3ForEachTest, small } from './s3-sink';

const s3 = s3ForEachTest();

const isHead = ({ method }: Exchange) => method === 'HEAD';
const requests = (pattern: RegExp) => s3.server.proxy.seen.filter((request) => pattern.test(request)).length;

describe('conditional put', () => {
  test('a server that does not know it is found out once and then served without', async () => {
    s3.server.proxy.rules = [knowsNoConditions];
    const sink = s3.sinkOf();
    for (let count = 0; count < 3; count += 1) await sink.put(small(), never);
    expect(requests(/^PUT/)).toBe(4);
    await sink.put(large(), never);
    expect(await s3.server.keys()).toHaveLength(4);
  });

  test('found out with a large file, its first upload is cleared away', async () => {
    s3.server.proxy.rules = [knowsNoConditions];
    await s3.sinkOf().put(large(), never);
    expect(await s3.server.keys()).toHaveLength(1);
    expect(s3.server.proxy.uploads.size).toBe(0);
    expect(readdirSync(s3.server.folder)).toEqual([]);
  });

  test('switched on, a server that does not know it is never served without', async () => {
    s3.server.proxy.rules = [knowsNoConditions];
    expect(await codeOf(s3.sinkOf({ conditionalPut: 'on' }).put(small(), never))).toBe('SINK_UNAVAILABLE');
    expect(await s3.server.keys()).toEqual([]);
  });

  test.each([small, large])('switched on, an object that appears meanwhile is never replaced', async (make) => {
    const item = make();
    const key = `${item.submission}/docs/a.pdf`;
    let planted = false;
    s3.server.proxy.rules = [
      async (exchange) => {
        if (!planted && publishes(exchange)) {
          planted = true;
          await s3.server.write(key, Buffer.from('theirs'));
        }
        return null;
      },
      honoursConditions,
    ];
    expect(await codeOf(s3.sinkOf().put(item, never))).toBe('SINK_REFUSED');
    expect((await s3.server.read(key)).toString()).toBe('theirs');
    expect(s3.server.proxy.uploads.size).toBe(0);
  });

  test('a put whose answer got lost is found done', async () => {
    s3.server.proxy.rules = [
      async (exchange) => {
        if (requests(/^PUT/) > 1 || !isPut(exchange)) return null;
        await exchange.forward();
        return 'reset';
      },
      honoursConditions,
    ];
    await s3.sinkOf({ conditionalPut: 'on' }).put(small(), never);
    expect(await s3.server.keys()).toHaveLength(1);
  });
});

describe('what arrived is looked at', () => {
  test.each([small, large])(
    'a server that loses bytes and says that all is well is found out, and nothing stays',
    async (make) => {
      s3.server.proxy.rules = [losesHalf];
      const item = make();
      const sink = s3.sinkOf();
      expect(await codeOf(sink.put(item, never))).toBe('SINK_MISMATCH');
      expect(await s3.server.keys()).toEqual([]);
      s3.server.proxy.rules = [];
      await sink.put(item, never);
      expect(await s3.server.keys()).toHaveLength(1);
    },
  );

  test('an object that vanished is a mismatch', async () => {
    const gone = answers({ status: 404, headers: {}, body: Buffer.alloc(0) }, isHead);
    s3.server.proxy.rules = [gone];
    expect(await codeOf(s3.sinkOf().put(small(), never))).toBe('SINK_MISMATCH');
  });

  test('an object of ours with the right hash beside the wrong size is not taken for the right one', async () => {
    const item = small();
    await s3.server.write(`${item.submission}/docs/a.pdf`, Buffer.from('x'), { 'dropgate-sha256': item.hashes.sha256 });
    expect(await codeOf(s3.sinkOf().put(item, never))).toBe('SINK_REFUSED');
  });
});

describe('a server in trouble', () => {
  test('is told of with its bucket, and without the name of the destination, which whoever tells it has said', async () => {
    s3.server.proxy.rules = [answers(xmlError(403, 'AccessDenied'), () => true)];
    const { problem } = await s3.sinkOf().describe(never);
    expect(problem).toMatch(/^bucket inbound: /);
  });

  test.each([
    ['asks for less', xmlError(503, 'SlowDown'), 'asks for less'],
    ['fails', xmlError(500, 'InternalError'), 'server failed'],
    ['denies access', xmlError(403, 'AccessDenied'), 'credentials'],
    ['has no such bucket', xmlError(404, 'NoSuchBucket'), 'make it'],
    ['needs a length', xmlError(411, 'MissingContentLength'), 'when_required'],
    ['breaks the connection', 'reset' as const, 'cannot be reached'],
    ['never answers', 'hang' as const, 'cannot be reached'],
  ])('that %s is unavailable, may be tried again, and the next step is told', async (_, answer, step) => {
    s3.server.proxy.rules = [answers(answer, (exchange) => !isHead(exchange))];
    for (const item of [small(), large()]) {
      const outcome = await s3
        .sinkOf()
        .put(item, never)
        .catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code: 'SINK_UNAVAILABLE', retryable: true });
      expect(String(outcome)).toContain(step);
      expect(String(outcome)).not.toContain('test-value');
    }
    expect(await s3.server.keys()).toEqual([]);
  });

  test.each([
    ['the first put', isPut, 503],
    ['a part', ({ query }: Exchange) => query.get('partNumber') === '2', 500],
    ['the completion', ({ method, query }: Exchange) => method === 'POST' && query.has('uploadId'), 503],
  ])('that fails once, at %s, costs nothing', async (_, applies, status) => {
    s3.server.proxy.rules = [answersFirst(1, xmlError(status, 'SlowDown'), applies), answersFirst(1, 'reset', applies)];
    await s3.sinkOf().put(large(), never);
    expect(await s3.server.keys()).toHaveLength(1);
    expect(readdirSync(s3.server.folder)).toEqual([]);
  });

  test('that says 200 to the completion, and an error inside, has not taken the file', async () => {
    const { headers, body } = xmlError(500, 'InternalError');
    const completes = ({ method, query }: Exchange) => method === 'POST' && query.has('uploadId');
    s3.server.proxy.rules = [answers({ status: 200, headers, body }, completes)];
    expect(await codeOf(s3.sinkOf().put(large(), never))).toBe('SINK_UNAVAILABLE');
    expect(await s3.server.keys()).toEqual([]);
    expect(s3.server.proxy.uploads.size).toBe(0);
  });

  test('a file that it never takes is refused', async () => {
    s3.server.proxy.rules = [answers(xmlError(400, 'EntityTooLarge'), isPut)];
    expect(await codeOf(s3.sinkOf().put(small(), never))).toBe('SINK_REFUSED');
  });

  test('a large upload that cannot be cleared away is remembered, and cleared away with the next attempt', async () => {
    const away = ({ method, query }: Exchange) => method === 'DELETE' || query.get('partNumber') === '2';
    s3.server.proxy.rules = [answers(xmlError(503, 'SlowDown'), away)];
    const item = large();
    const sink = s3.sinkOf();
    expect(await codeOf(sink.put(item, never))).toBe('SINK_UNAVAILABLE');
    expect(s3.server.proxy.uploads.size).toBe(1);
    expect(readdirSync(s3.server.folder)).toHaveLength(1);
    s3.server.proxy.rules = [];
    await sink.put(item, never);
    expect(s3.server.proxy.uploads.size).toBe(0);
    expect(readdirSync(s3.server.folder)).toEqual([]);
  });

  test('an upload that was begun twice, since the first answer got lost, leaves none behind', async () => {
    s3.server.proxy.faculties = [listsUploads(s3.server.proxy)];
    let lost = false;
    s3.server.proxy.rules = [
      async (exchange) => {
        if (lost || exchange.method !== 'POST' || !exchange.query.has('uploads')) return null;
        lost = true;
        await exchange.forward();
        return 'reset';
      },
    ];
    await s3.sinkOf().put(large(), never);
    expect(await s3.server.keys()).toHaveLength(1);
    expect(s3.server.proxy.uploads.size).toBe(0);
    expect(readdirSync(s3.server.folder)).toEqual([]);
  });

  test('an abort ends a request that hangs', async () => {
    const abort = new AbortController();
    s3.server.proxy.rules = [
      (exchange) => {
        if (!isPut(exchange)) return Promise.resolve(null);
        setImmediate(() => abort.abort(new Error('enough')));
        return Promise.resolve('hang');
      },
    ];
    await expect(s3.sinkOf().put(large(), abort.signal)).rejects.toThrow('enough');
    expect(s3.server.proxy.uploads.size).toBe(0);
  });

  test('a small put that arrived although it was aborted is taken back', async () => {
    const abort = new AbortController();
    s3.server.proxy.rules = [
      async (exchange) => {
        if (!isPut(exchange)) return null;
        await exchange.forward();
        abort.abort(new Error('enough'));
        return 'hang';
      },
    ];
    await expect(s3.sinkOf().put(small(), abort.signal)).rejects.toThrow('enough');
    expect(await s3.server.keys()).toEqual([]);
  });
});

describe('sweep', () => {
  test('an upload whose id was never learnt is found by its key; those of other keys and owners stay', async () => {
    s3.server.proxy.rules = [listsUploads(s3.server.proxy)];
    const journal = new UploadJournal(s3.server.folder, 'inbound', 'us');
    await journal.begin(BUCKET, 'guid/a');
    for (const key of ['guid/a', 'guid/ab', 'guid/b', 'guid/c']) await s3.server.beginUpload(key);
    await new UploadJournal(s3.server.folder, 'inbound', 'others').begin(BUCKET, 'guid/b');
    await new UploadJournal(s3.server.folder, 'other sink', 'us').begin(BUCKET, 'guid/c');
    expect(await s3.sinkOf().sweep(never)).toEqual({ removed: 1 });
    expect([...s3.server.proxy.uploads.values()].sort()).toEqual(['guid/ab', 'guid/b', 'guid/c']);
    expect(readdirSync(s3.server.folder)).toHaveLength(2);
  });

  test('a server that is away keeps the journal for the next start', async () => {
    const journal = new UploadJournal(s3.server.folder, 'inbound', 'us');
    await journal.note(await journal.begin(BUCKET, 'guid/a'), await s3.server.beginUpload('guid/a'));
    s3.server.proxy.rules = [answers('reset', () => true)];
    expect(await codeOf(s3.sinkOf().sweep(never))).toBe('SINK_UNAVAILABLE');
    s3.server.proxy.rules = [];
    expect(await s3.sinkOf().sweep(never)).toEqual({ removed: 1 });
  });

  test('a large file waits for it, a small one does not; what the large one begins is left alone', async () => {
    const journal = new UploadJournal(s3.server.folder, 'inbound', 'us');
    await journal.note(await journal.begin(BUCKET, 'guid/a'), await s3.server.beginUpload('guid/a'));
    const answered = Promise.withResolvers<void>();
    s3.server.proxy.rules = [
      async ({ method }) => {
        if (method === 'DELETE') await answered.promise;
        return null;
      },
    ];
    const before = requests(/^POST/);
    const sink = s3.sinkOf();
    const sweep = sink.sweep(never);
    const putLarge = sink.put(large(), never);
    await sink.put(small(), never);
    expect(requests(/^POST/)).toBe(before);
    answered.resolve();
    expect(await sweep).toEqual({ removed: 1 });
    await putLarge;
    expect(await s3.server.keys()).toHaveLength(2);
  });

  test('without a journal nobody is asked', async () => {
    expect(await s3.sinkOf().sweep(never)).toEqual({ removed: 0 });
    expect(s3.server.proxy.seen).toEqual([]);
  });
});
