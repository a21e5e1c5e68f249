import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Exchange, xmlError } from '../../../support/s3-proxy';
import { answers, checksDigests, damages, tellsDigests } from '../../../support/s3-rules';
import { codeOf, never } from '../outgoing';
import { isPut, large, s3ForEachTest, small } from './s3-sink';

const s3 = s3ForEachTest();

const isSecondPart = ({ query }: Exchange) => query.get('partNumber') === '2';

const MODES = ['when_supported', 'when_required'] as const;
const SIZES = [
  { size: 'one request', make: small, applies: isPut },
  { size: 'parts', make: large, applies: isSecondPart },
];
const CASES = MODES.flatMap((checksums) => SIZES.map((each) => ({ checksums, ...each })));

async function nothingIsThere() {
  expect(await s3.server.keys()).toEqual([]);
  expect(s3.server.proxy.uploads.size).toBe(0);
  expect(readdirSync(s3.server.folder)).toEqual([]);
}

describe('bytes that became others on the way, as many as before', () => {
  test.each(CASES)(
    '$checksums, in $size: a server that checks digests refuses them, then takes the right ones',
    async ({ checksums, make, applies }) => {
      const item = make();
      const sink = s3.sinkOf({ checksums });
      s3.server.proxy.faculties = [checksDigests];
      s3.server.proxy.rules = [damages(applies)];
      const outcome = await sink.put(item, never).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code: 'SINK_UNAVAILABLE', retryable: true });
      expect(String(outcome)).toContain('other bytes arrived than were sent');
      await nothingIsThere();
      s3.server.proxy.rules = [];
      await sink.put(item, never);
      expect(await s3.server.keys()).toHaveLength(1);
    },
  );

  test.each(SIZES)(
    'in $size: a server that tells digests and refuses nothing is found out by them',
    async ({ make, applies }) => {
      const item = make();
      const sink = s3.sinkOf({ checksums: 'when_supported' });
      s3.server.proxy.faculties = [tellsDigests()];
      s3.server.proxy.rules = [damages(applies)];
      expect(await codeOf(sink.put(item, never))).toBe('SINK_MISMATCH');
      await nothingIsThere();
      s3.server.proxy.rules = [];
      await sink.put(item, never);
      expect(await s3.server.keys()).toHaveLength(1);
    },
  );

  test('and whose answer was lost as well: the object that is found is taken back, and the right one takes its place', async () => {
    const item = small();
    s3.server.proxy.faculties = [tellsDigests()];
    const damage = damages(isPut);
    s3.server.proxy.rules = [async (exchange) => ((await damage(exchange)) === null ? null : 'reset')];
    const sink = s3.sinkOf({ checksums: 'when_supported' });
    expect(await codeOf(sink.put(item, never))).toBe('SINK_UNAVAILABLE');
    s3.server.proxy.rules = [];
    expect(await codeOf(sink.put(item, never))).toBe('SINK_MISMATCH');
    await nothingIsThere();
    await sink.put(item, never);
    expect(await s3.server.keys()).toHaveLength(1);
  });
});

describe('what is said of the bytes', () => {
  test('when_required sends nothing of the checksums that some servers refuse', async () => {
    const refused = ({ headers }: Exchange) =>
      Object.keys(headers).some((name) => /^x-amz-(sdk-)?checksum-/.test(name));
    s3.server.proxy.rules = [answers(xmlError(400, 'InvalidArgument'), refused)];
    const sink = s3.sinkOf({ checksums: 'when_required' });
    await sink.put(small(), never);
    await sink.put(large(), never);
    expect(await s3.server.keys()).toHaveLength(2);
  });

  test('a server that tells no digests is served all the same', async () => {
    s3.server.proxy.faculties = [
      async (exchange) => {
        const answer = await exchange.forward();
        const told = Object.entries(answer.headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
        return { ...answer, headers: Object.fromEntries(told) };
      },
    ];
    const sink = s3.sinkOf({ checksums: 'when_supported' });
    for (const item of [small(), large()]) await sink.put(item, never);
    expect(await s3.server.keys()).toHaveLength(2);
  });
});
