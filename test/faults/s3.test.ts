import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { S3Destination } from '../../src-main/contract/settings';
import type { OutgoingItem } from '../../src-main/sinks/sink';
import { amount } from '../support/amount';
import { recordFaults } from '../support/fault-table';
import {
  type FaultOrder,
  mend,
  orderFault,
  REQUEST_KINDS,
  type RequestKind,
  S3_FAULTS,
  WITH_BODY,
} from '../support/s3-faults';
import { answers, checksDigests, honoursConditions, listsUploads } from '../support/s3-rules';
import { type S3Server, startS3Server } from '../support/s3-server';
import { tempFolder } from '../support/temp-folder';
import { codeOf, never, outgoing, sha256 } from '../unit/sinks/outgoing';
import { s3SinkOf } from '../unit/sinks/s3/s3-sink';

const MIB = 1024 ** 2;
const BYTES = { small: 5000, large: 17 * MIB };
type Size = keyof typeof BYTES;
type Condition = S3Destination['conditionalPut'];

/** Soon tired of a server that does not answer; the attempt after the fault has all the time it needs. */
const IMPATIENT = { connectMs: 2000, requestMs: 2000, idleMs: 400 };
const PATIENT = { connectMs: 10_000, requestMs: 60_000, idleMs: 30_000 };

const IN_PARTS: readonly RequestKind[] = ['create', 'part', 'part', 'part', 'complete', 'look'];

/** What a delivery asks the server, in this order; `auto` and `off` look first. */
function requestsOf(size: Size, condition: Condition): RequestKind[] {
  const sending: readonly RequestKind[] = size === 'small' ? ['put', 'look'] : IN_PARTS;
  return condition === 'on' ? [...sending] : ['look', ...sending];
}

interface Case extends FaultOrder {
  readonly size: Size;
  readonly condition: Condition;
  readonly kind: RequestKind;
  readonly often: string;
}

const SIZES: readonly Size[] = ['small', 'large'];
const CONDITIONS: readonly Condition[] = ['auto', 'on', 'off'];
const ALL: readonly Case[] = SIZES.flatMap((size) =>
  CONDITIONS.flatMap((condition) =>
    requestsOf(size, condition).flatMap((kind, at) =>
      S3_FAULTS.filter((fault) => fault !== 'damaged body' || WITH_BODY.includes(kind)).flatMap((fault) =>
        // Once, the client tries again by itself; a fault that lasts is met with each condition alike.
        (condition === 'auto' ? [false, true] : [false]).map((lasting) => {
          return { size, condition, kind, at, fault, lasting, often: lasting ? 'from then on' : 'once' };
        }),
      ),
    ),
  ),
);
/** Reduced: a part of them, from everywhere; the large ones cost most. */
const CASES = SIZES.flatMap((size) =>
  ALL.filter((each) => each.size === size).filter(
    (_, index) => index % (size === 'small' ? amount(11, 1) : amount(47, 1)) === 0,
  ),
);

/** What only happens while an upload that failed is cleared away. */
const CLEARING = (['abort', 'list'] as const).flatMap((kind) =>
  S3_FAULTS.filter((fault) => fault !== 'damaged body' && fault !== 'wrong digests answered').flatMap((fault) =>
    [false, true].map((lasting) => ({ kind, fault, lasting, often: lasting ? 'from then on' : 'once' })),
  ),
);
const CLEARING_CASES = CLEARING.filter((_, index) => index % amount(23, 1) === 0);

let server: S3Server;
const delivered: string[] = [];
beforeAll(async () => {
  server = await startS3Server();
  server.proxy.faculties = [checksDigests, honoursConditions, listsUploads(server.proxy)];
});
afterAll(() => server.stop());

const itemOf = (size: Size) => outgoing(tempFolder(), randomBytes(BYTES[size]));
const keyOf = (item: OutgoingItem) => `${item.submission}/docs/a.pdf`;

/** One attempt of one engine. Resolves with the code of its error, or `resolved`. */
async function attempt(item: OutgoingItem, conditionalPut: Condition, timeouts = IMPATIENT): Promise<string> {
  const sink = s3SinkOf(server, { conditionalPut }, timeouts);
  try {
    await sink.sweep(never);
    return await codeOf(sink.put(item, never));
  } finally {
    await sink.close();
  }
}

async function holdsRightBytes(item: OutgoingItem) {
  expect(sha256(await server.read(keyOf(item)))).toBe(item.hashes.sha256);
}

/** The server works again, and so does a new engine: everything is where it belongs, and nothing else. */
async function recovers(item: OutgoingItem, condition: Condition) {
  mend(server.proxy);
  expect(await attempt(item, condition, PATIENT)).toBe('resolved');
  delivered.push(keyOf(item));
  await holdsRightBytes(item);
  expect([...(await server.keys())].sort()).toEqual([...delivered].sort());
  expect([...server.proxy.uploads]).toEqual([]);
  expect(readdirSync(server.folder)).toEqual([]);
}

/** A fault is waited out, never a reason to give a file up. */
const MAY_BE_TRIED_AGAIN = ['SINK_UNAVAILABLE', 'SINK_MISMATCH'];

function row(task: TestContext['task'], fault: string) {
  recordFaults(task, { fault: `S3: ${fault}`, tried: 1, note: 'at every request of a delivery' });
}

describe('a delivery to S3', () => {
  test.each(SIZES.flatMap((size) => CONDITIONS.map((condition) => ({ size, condition }))))(
    '$size, conditional put $condition: asks for just what the faults are tried on',
    async ({ size, condition }) => {
      const item = itemOf(size);
      server.proxy.seen.length = 0;
      expect(await attempt(item, condition, PATIENT)).toBe('resolved');
      delivered.push(keyOf(item));
      const kinds = server.proxy.seen.map((request) => {
        const [method = '', url = ''] = request.split(' ');
        const { pathname, searchParams } = new URL(url, server.endpoint);
        const head = { method, path: pathname, query: searchParams };
        return Object.entries(REQUEST_KINDS).find(([, applies]) => applies(head))?.[0];
      });
      expect(kinds).toEqual(requestsOf(size, condition));
    },
  );

  test.for(CASES)(
    '$size, conditional put $condition: $fault at request $at ($kind), $often',
    { timeout: 60_000 },
    async (order, { task }) => {
      row(task, order.fault);
      const item = itemOf(order.size);
      const ordered = orderFault(server.proxy, order);
      const outcome = await attempt(item, order.condition);
      expect(ordered.hits(), 'the fault happened').toBeGreaterThan(0);
      if (outcome === 'resolved') await holdsRightBytes(item);
      else expect(MAY_BE_TRIED_AGAIN).toContain(outcome);
      await recovers(item, order.condition);
    },
  );

  test.for(CLEARING_CASES)(
    'an upload fails, and while it is cleared away: $fault at each $kind, $often',
    { timeout: 60_000 },
    async ({ kind, fault, lasting }, { task }) => {
      row(task, fault);
      const item = itemOf('large');
      if (kind === 'abort') server.proxy.rules = [answers('reset', REQUEST_KINDS.complete)];
      else orderFault(server.proxy, { fault: 'lost answer', applies: REQUEST_KINDS.create, at: 0, lasting: true });
      const ordered = orderFault(server.proxy, { fault, applies: REQUEST_KINDS[kind], at: 0, lasting });
      expect(await attempt(item, 'auto')).toBe('SINK_UNAVAILABLE');
      expect(ordered.hits(), 'the fault happened').toBeGreaterThan(0);
      await recovers(item, 'auto');
    },
  );
});
