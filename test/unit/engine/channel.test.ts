import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectEngine, type EngineClient } from '../../../src-main/base/engine-client';
import { DropgateError } from '../../../src-main/base/errors';
import { type Answer, listen } from '../../../src-main/engine/channel-server';
import { tempFolder } from '../../support/temp-folder';

const HELLO = { program: 'Dropgate 0', pid: 1 };
const GUID = '3f0e9a52-6a39-4d13-8b0f-1a9d6cf2c111';

/** Says hello, and answers everything else as the test wants. */
const greeting =
  (answer: Answer): Answer =>
  async (call, params, connection) =>
    call === 'hello' ? HELLO : answer(call, params, connection);

async function openChannel(answer: Answer) {
  const path = join(tempFolder(), 'data', 'engine.sock');
  const server = await listen(path, greeting(answer));
  onTestFinished(() => server.close());
  return { path, server };
}

async function clientOf(path: string): Promise<EngineClient> {
  const client = await connectEngine(path);
  if (client === null) throw new Error('nobody listens');
  onTestFinished(() => client.close());
  return client;
}

/** A bare connection that says and hears single lines. */
async function lineClient(path: string) {
  const socket: Socket = connect(path);
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  return async (line: string): Promise<unknown> => {
    socket.write(`${line}\n`);
    return JSON.parse(String((await lines.next()).value));
  };
}

describe('the channel', () => {
  it('carries questions and answers, many at once and each to its own', async () => {
    const { path } = await openChannel(async (_call, params) => {
      const { submission } = params as { submission: string };
      await new Promise((resolve) => setTimeout(resolve, submission.endsWith('1') ? 20 : 0));
      return { cancelled: Number.parseInt(submission.slice(-1), 16) };
    });
    const client = await clientOf(path);
    const ask = (last: string) => client.call('cancel', { submission: `${GUID.slice(0, -1)}${last}` });
    expect(await Promise.all(['1', '2', '3'].map(ask))).toEqual([1, 2, 3].map((cancelled) => ({ cancelled })));
  });

  it('carries newlines and any text inside a document', async () => {
    const { path } = await openChannel(() => Promise.reject(new DropgateError('NOT_FOUND', 'a\nb\u2028\u202e"')));
    const client = await clientOf(path);
    await expect(client.call('audit-verify', {})).rejects.toMatchObject({ message: 'a\nb\u2028\u202e"' });
  });

  it('carries questions and answers of many megabytes', async () => {
    const { path } = await openChannel((_call, params) => Promise.resolve({ length: JSON.stringify(params).length }));
    const say = await lineClient(path);
    const long = 'é\u2029'.repeat(2 * 1024 * 1024);
    const answer = await say(JSON.stringify({ id: 1, call: 'anything', params: long }));
    expect(answer).toEqual({ id: 1, result: { length: long.length + 2 } });
  });

  it('carries an error with its code and whether trying again can help', async () => {
    const error = new DropgateError('SINK_REFUSED', 'no', { retryable: true });
    const { path } = await openChannel(() => Promise.reject(error));
    const client = await clientOf(path);
    const asked = client.call('cancel', { submission: GUID });
    await expect(asked).rejects.toMatchObject({ code: 'SINK_REFUSED', message: 'no', retryable: true });
  });

  it('takes any other thrown value for a mistake of the engine', async () => {
    const { path } = await openChannel(() => Promise.reject(new TypeError('oops')));
    const client = await clientOf(path);
    await expect(client.call('audit-verify', {})).rejects.toMatchObject({ code: 'INTERNAL', message: 'oops' });
  });

  it('refuses an answer that is not what the contract says', async () => {
    const { path } = await openChannel(() => Promise.resolve({ cancelled: 'many' }));
    const client = await clientOf(path);
    await expect(client.call('cancel', { submission: GUID })).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it.each(['garbage', '{', 'null', '[]', '{"id":"x"}', '{"id":1.5,"call":"a"}', ''])(
    'answers the line %j with an error, and the connection lives',
    async (line) => {
      const { path } = await openChannel(() => Promise.resolve({ fine: true }));
      const say = await lineClient(path);
      expect(await say(line)).toMatchObject({ error: { code: 'PROTOCOL', retryable: false } });
      expect(await say('{"id":5,"call":"anything","params":{}}')).toEqual({ id: 5, result: { fine: true } });
    },
  );

  it('is for its user alone', async () => {
    const { path } = await openChannel(() => Promise.resolve({}));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('takes the place of a socket that a dead engine left, and of any other file', async () => {
    const path = join(tempFolder(), 'engine.sock');
    writeFileSync(path, 'left');
    const server = await listen(
      path,
      greeting(() => Promise.resolve({ cancelled: 0 })),
    );
    onTestFinished(() => server.close());
    const client = await clientOf(path);
    expect(await client.call('cancel', { submission: GUID })).toEqual({ cancelled: 0 });
  });

  it('is no engine where nobody listens', async () => {
    expect(await connectEngine(join(tempFolder(), 'engine.sock'))).toBeNull();
  });

  it('survives a client that goes away before its answer', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { path } = await openChannel(async () => {
      await promise;
      return { cancelled: 1 };
    });
    const rude = await clientOf(path);
    const asked = rude.call('cancel', { submission: GUID }).catch((error: DropgateError) => error.code);
    await rude.close();
    expect(await asked).toBe('ENGINE_GONE');
    resolve();
    const polite = await clientOf(path);
    expect(await polite.call('cancel', { submission: GUID })).toEqual({ cancelled: 1 });
  });
});

describe('an engine that goes away', () => {
  it('fails every pending call and every later one when it closes', async () => {
    const { path, server } = await openChannel(() => new Promise(() => undefined));
    const client = await clientOf(path);
    const pending = [1, 2].map(() => client.call('cancel', { submission: GUID }).catch((error: unknown) => error));
    await server.close();
    for (const answer of await Promise.all(pending)) expect(answer).toMatchObject({ code: 'ENGINE_GONE' });
    await expect(client.call('audit-verify', {})).rejects.toMatchObject({ code: 'ENGINE_GONE', retryable: true });
  });

  it('fails every pending call when its process is killed', async () => {
    const path = join(tempFolder(), 'engine.sock');
    const program = `require('node:net').createServer((socket) => socket.on('data', (text) => {
      if (String(text).includes('hello')) socket.write('{"id":1,"result":{"program":"x","pid":1}}\\n');
    })).listen(process.argv[1], () => console.log('listening'));`;
    const engine = spawn(process.execPath, ['-e', program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void engine.kill('SIGKILL'));
    await once(createInterface({ input: engine.stdout }), 'line');
    const client = await clientOf(path);
    const pending = client.call('cancel', { submission: GUID });
    engine.kill('SIGKILL');
    await expect(pending).rejects.toMatchObject({ code: 'ENGINE_GONE' });
  });

  it('is given up when it says what is no answer', async () => {
    const path = join(tempFolder(), 'engine.sock');
    const program = `require('node:net').createServer((socket) => socket.once('data', () => {
      socket.write('{"id":1,"result":{"program":"x","pid":1}}\\n'); socket.once('data', () => socket.write('nonsense\\n'));
    })).listen(process.argv[1], () => console.log('listening'));`;
    const engine = spawn(process.execPath, ['-e', program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void engine.kill('SIGKILL'));
    await once(createInterface({ input: engine.stdout }), 'line');
    const client = await clientOf(path);
    await expect(client.call('cancel', { submission: GUID })).rejects.toMatchObject({ code: 'ENGINE_GONE' });
  });
});
