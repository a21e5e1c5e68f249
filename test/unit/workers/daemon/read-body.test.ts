import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { piecesOf } from '../../../../src-main/workers/daemon/read-body';

const never = new AbortController().signal;
let request: IncomingMessage;

beforeEach(() => {
  vi.useFakeTimers();
  request = new IncomingMessage(new Socket());
});
afterEach(() => {
  vi.useRealTimers();
});

async function read(leastBytesPerMs: number): Promise<number> {
  let length = 0;
  for await (const piece of piecesOf(request, { bytes: 1_000_000, ms: 1000, leastBytesPerMs, signal: never })) {
    length += piece.length;
  }
  return length;
}

test('a body that goes on coming, but too slowly, is late', async () => {
  const end = read(1).catch((error: unknown) => error);
  for (let time = 0; time < 2000; time += 100) {
    request.push('x');
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(await end).toMatchObject({ status: 408 });
});

test('what came fast gives the rest its time', async () => {
  const end = read(1);
  request.push(Buffer.alloc(5000));
  await vi.advanceTimersByTimeAsync(5500);
  request.push('x');
  request.push(null);
  expect(await end).toBe(5001);
});

test('a body without a least speed has its time and no more', async () => {
  const end = read(Number.POSITIVE_INFINITY).catch((error: unknown) => error);
  request.push(Buffer.alloc(5000));
  await vi.advanceTimersByTimeAsync(1001);
  expect(await end).toMatchObject({ status: 408 });
});
