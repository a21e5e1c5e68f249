import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { type Connection, listen } from '../../../src-main/engine/channel-server';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';

/** An open channel whose only client has asked one question; the engine's side of it. */
async function openConnection() {
  const path = join(tempFolder(), 'engine.sock');
  const { promise, resolve } = Promise.withResolvers<Connection>();
  const server = await listen(path, async (_call, _params, connection) => {
    resolve(connection);
    return {};
  });
  onTestFinished(() => server.close());
  const socket = connect(path);
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  socket.write('{"id":1,"call":"watch","params":{}}\n');
  return { connection: await promise, socket };
}

it('says what nobody asked for, as an event and not as an answer', async () => {
  const { connection, socket } = await openConnection();
  connection.tell('pulse', { n: 1 });
  const heard: unknown[] = [];
  for await (const line of createInterface({ input: socket })) {
    heard.push(JSON.parse(line));
    if (heard.length === 2) break;
  }
  expect(heard).toContainEqual({ id: 1, result: {} });
  expect(heard).toContainEqual({ event: 'pulse', data: { n: 1 } });
});

it('keeps only the newest for a client that does not read', async () => {
  const { connection, socket } = await openConnection();
  socket.pause();
  const said = 20_000;
  const padding = 'x'.repeat(4096);
  for (let n = 1; n <= said; n += 1) {
    connection.tell('pulse', { n, padding });
    if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const heard: number[] = [];
  for await (const line of createInterface({ input: socket })) {
    const message = JSON.parse(line);
    if (message.event === 'pulse') heard.push(message.data.n);
    if (heard.at(-1) === said) break;
  }
  expect(heard.length).toBeLessThan(said / 10);
  expect(heard).toEqual([...heard].sort((one, other) => one - other));
});

it('tells when a client is gone, also one that is gone already', async () => {
  const { connection, socket } = await openConnection();
  let gone = 0;
  connection.onClose(() => {
    gone += 1;
  });
  socket.destroy();
  await until('the end of the connection', () => gone === 1);
  connection.onClose(() => {
    gone += 1;
  });
  expect(gone).toBe(2);
  connection.tell('pulse', {});
});
