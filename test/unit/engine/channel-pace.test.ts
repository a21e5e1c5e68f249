import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../src-main/engine/channel-server';
import { tempFolder } from '../../support/temp-folder';

const QUESTIONS = 20_000;
/** So many answers are 20 times what the engine keeps for one client. */
const ANSWER = 'x'.repeat(4096);

it('listens no more to a client that reads nothing, and answers everything once it reads again', async () => {
  let answered = 0;
  const path = join(tempFolder(), 'engine.sock');
  const server = await listen(path, () => {
    answered += 1;
    return Promise.resolve(ANSWER);
  });
  onTestFinished(() => server.close());
  const socket = connect(path);
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  socket.pause();
  for (let id = 1; id <= QUESTIONS; id += 1) socket.write(`${JSON.stringify({ id, call: 'hello', params: {} })}\n`);
  for (let before = -1; before !== answered; ) {
    before = answered;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(answered).toBeLessThan(QUESTIONS / 2);
  let read = 0;
  for await (const _line of createInterface({ input: socket })) {
    read += 1;
    if (read === QUESTIONS) break;
  }
  expect(answered).toBe(QUESTIONS);
});
