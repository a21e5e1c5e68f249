import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PacedInput } from '../../../../src-main/probes/clamav/paced-input';
import { tempFolder } from '../../../support/temp-folder';

/** Both ends of one connection, the first read through a PacedInput whose chunks are collected. */
async function connected(): Promise<{ reader: Socket; writer: Socket; chunks: string[] }> {
  const path = join(tempFolder(), 'socket');
  const server = createServer().listen(path);
  const accepted = once(server, 'connection');
  const input = new PacedInput();
  const reader = createConnection({ path, onread: input.options });
  const chunks: string[] = [];
  input.begin(reader, (chunk) => chunks.push(chunk.toString('latin1')));
  const [writer] = (await accepted) as [Socket];
  onTestFinished(() => {
    reader.destroy();
    writer.destroy();
    server.close();
  });
  return { reader, writer, chunks };
}

it('gives every byte once and in order, also of what comes while it rests, and more than it holds at once', async () => {
  const { reader, writer, chunks } = await connected();
  const sent = Array.from({ length: 500 }, (_, index) => `${index}: ${'x'.repeat(index)}\0`);
  for (const [index, text] of sent.entries()) {
    writer.write(text);
    if (index % 50 === 0) await new Promise(setImmediate);
  }
  writer.end();
  await once(reader, 'close');
  expect(chunks.join('')).toBe(sent.join(''));
});

it('ends with its connection while it rests', async () => {
  const { reader, writer, chunks } = await connected();
  writer.end('last words');
  await once(reader, 'close');
  expect(chunks).toEqual(['last words']);
});
