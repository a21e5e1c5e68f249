import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sink } from '../../../../src-main/sinks/sink';
import { type Exchange, xmlError } from '../../../support/s3-proxy';
import { answers, checksDigests, damages, tellsDigests } from '../../../support/s3-rules';
import { type S3Server, startS3Server } from '../../../support/s3-server';
import { tempFolder } from '../../../support/temp-folder';
import { codeOf, never, outgoing } from '../outgoing';
import { s3SinkOf } from './s3-sink';

const LARGE = 17 * 1024 ** 2;
const small = () => outgoing(tempFolder(), randomBytes(1000));
const large = () => outgoing(tempFolder(), randomBytes(LARGE));
const isPut = ({ method }: Exchange) => method === 'PUT';
const isSecondPart = ({ query }: Exchange) => query.get('partNumber') === '2';

const MODES = ['when_supported', 'when_required'] as const;
const SIZES = [
  { size: 'one request', make: small, applies: isPut },
  { size: 'parts', make: large, applies: isSecondPart },
];
const CASES = MODES.flatMap((checksums) => SIZES.map((each) => ({ checksums, ...each })));

let server: S3Server;
const sinks: Sink[] = [];
beforeEach(async () => {
  server = await startS3Server();
});
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close();
  await server.stop();
});

function sinkOf(checksums: (typeof MODES)[number]): Sink {
  const sink = s3SinkOf(server, { checksums });
  sinks.push(sink);
  return sink;
}

async function nothingIsThere() {
  expect(await server.keys()).toEqual([]);
  expect(server.proxy.uploads.size).toBe(0);
  expect(readdirSync(server.folder)).toEqual([]);
}

describe('bytes that became others on the way, as many as before', () => {
  test.each(CASES)(
    '$checksums, in $size: a server that checks digests refuses them, then takes the right ones',
    async ({ checksums, make, applies }) => {
      const item = make();
      const sink = sinkOf(checksums);
      server.proxy.faculties = [checksDigests];
      server.proxy.rules = [damages(applies)];
      const outcome = await sink.put(item, never).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code: 'SINK_UNAVAILABLE', retryable: true });
      expect(String(outcome)).toContain('other bytes arrived than were sent');
      await nothingIsThere();
      server.proxy.rules = [];
      await sink.put(item, never);
      expect(await server.keys()).toHaveLength(1);
    },
  );

  test.each(SIZES)(
    'in $size: a server that tells digests and refuses nothing is found out by them',
    async ({ make, applies }) => {
      const item = make();
      const sink = sinkOf('when_supported');
      server.proxy.faculties = [tellsDigests()];
      server.proxy.rules = [damages(applies)];
      expect(await codeOf(sink.put(item, never))).toBe('SINK_MISMATCH');
      await nothingIsThere();
      server.proxy.rules = [];
      await sink.put(item, never);
      expect(await server.keys()).toHaveLength(1);
    },
  );

  test('and whose answer was lost as well: the object that is found is taken back, and the right one takes its place', async () => {
    const item = small();
    server.proxy.faculties = [tellsDigests()];
    const damage = damages(isPut);
    server.proxy.rules = [async (exchange) => ((await damage(exchange)) === null ? null : 'reset')];
    const sink = sinkOf('when_supported');
    expect(await codeOf(sink.put(item, never))).toBe('SINK_UNAVAILABLE');
    server.proxy.rules = [];
    expect(await codeOf(sink.put(item, never))).toBe('SINK_MISMATCH');
    await nothingIsThere();
    await sink.put(item, never);
    expect(await server.keys()).toHaveLength(1);
  });
});

describe('what is said of the bytes', () => {
  test('when_required sends nothing of the checksums that some servers refuse', async () => {
    const refused = ({ headers }: Exchange) =>
      Object.keys(headers).some((name) => /^x-amz-(sdk-)?checksum-/.test(name));
    server.proxy.rules = [answers(xmlError(400, 'InvalidArgument'), refused)];
    const sink = sinkOf('when_required');
    await sink.put(small(), never);
    await sink.put(large(), never);
    expect(await server.keys()).toHaveLength(2);
  });

  test('a server that tells no digests is served all the same', async () => {
    server.proxy.faculties = [
      async (exchange) => {
        const answer = await exchange.forward();
        const told = Object.entries(answer.headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
        return { ...answer, headers: Object.fromEntries(told) };
      },
    ];
    const sink = sinkOf('when_supported');
    for (const item of [small(), large()]) await sink.put(item, never);
    expect(await server.keys()).toHaveLength(2);
  });
});
