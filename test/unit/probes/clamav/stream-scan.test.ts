import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scanStream } from '../../../../src-main/probes/clamav/stream-scan';
import { patience } from './support';

const END = Buffer.alloc(4);
const CONTENT = Buffer.alloc(300_000, 'x');

/** Sends CONTENT to a server that does `answer` when it has all of it. */
async function outcomeOf(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      if (received.length > CONTENT.length && received.subarray(-4).equals(END)) answer(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const target = { kind: 'tcp', host: '127.0.0.1', port: address.port } as const;
  const pieces = [CONTENT.subarray(0, 100_000), CONTENT.subarray(100_000)];
  return scanStream(target, pieces, CONTENT.length, patience()).then(
    ({ kind }) => kind,
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );
}

const says = (text: string) => (socket: Socket) => socket.end(Buffer.from(text, 'latin1'));

describe('a stream to clamd', () => {
  it.each([
    ['stream: OK\0', 'ok'],
    ['stream: Eicar FOUND\0', 'found'],
    ['INSTREAM size limit exceeded. ERROR\0', 'refused'],
    ['stream: OK\0stream: Eicar FOUND\0', 'PROBE_BAD_REPLY'],
    ['stream: OK\0stream: OK\0', 'PROBE_BAD_REPLY'],
    ['stream: OK\0stream: Ei', 'PROBE_BAD_REPLY'],
    ['INSTREAM size limit exceeded. ERROR\0stream: OK\0', 'PROBE_BAD_REPLY'],
    ['\0stream: OK\0', 'PROBE_BAD_REPLY'],
    ['1: stream: OK\0', 'PROBE_BAD_REPLY'],
    ['stream: OK', 'PROBE_BAD_REPLY'],
    ['stream: OK\n', 'PROBE_BAD_REPLY'],
    ['', 'PROBE_DIED'],
  ])('takes the reply %j for %s', async (text, expected) => {
    expect(await outcomeOf(says(text))).toBe(expected);
  });

  it('reads a reply that comes byte by byte', async () => {
    const slowly = async (socket: Socket) => {
      socket.setNoDelay(true);
      for (const byte of Buffer.from('stream: Eicar FOUND\0')) {
        socket.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    };
    expect(await outcomeOf((socket) => void slowly(socket))).toBe('found');
  });
});
