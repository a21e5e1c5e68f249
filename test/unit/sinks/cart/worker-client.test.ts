import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { CartWorker } from '../../../../src-main/sinks/cart/worker-client';
import { tempFolder } from '../../../support/temp-folder';
import { codeOf, sha256 } from '../outgoing';

const open: CartWorker[] = [];
function worker(options?: ConstructorParameters<typeof CartWorker>[0]): CartWorker {
  const made = new CartWorker(options);
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

function question(bytes: Buffer, name = 'x') {
  const folder = tempFolder();
  writeFileSync(join(folder, 'plain'), bytes);
  const [source, destination] = ['plain', `${name}.cart`].map((file) => Buffer.from(join(folder, file)));
  if (source === undefined || destination === undefined) throw new Error('no paths');
  return { source, destination, mode: 0o400, header: {}, expectedSha256: sha256(bytes) };
}

test('many questions at once are all answered', async () => {
  const cart = worker();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const asked = question(randomBytes(index * 1000), String(index));
      const footer = await cart.encode(asked, index * 1000);
      return [footer.sha256, asked.expectedSha256, footer.length, String(index * 1000)];
    }),
  );
  for (const [found, expected, length, size] of answers) expect([found, length]).toEqual([expected, size]);
});

test('errors of the thread keep their code, those of the file system their errno', async () => {
  const cart = worker();
  const asked = question(Buffer.from('hello'));
  expect(await codeOf(cart.encode({ ...asked, expectedSha256: sha256(Buffer.from('x')) }, 5))).toBe('INTEGRITY');
  const nowhere = { ...asked, destination: Buffer.from(join(tempFolder(), 'no', 'folder')) };
  expect(await codeOf(cart.encode(nowhere, 5))).toBe('ENOENT');
  const gone = { source: Buffer.from('/nowhere/x.cart'), destination: null, mode: 0, expectedSha256: null };
  expect(await codeOf(cart.unpack(gone, 5))).toBe('NOT_FOUND');
});

test('a thread that does not answer in time fails what it owes, and the next question gets a new one', async () => {
  let deadline = 1;
  const cart = worker({ deadlineMs: () => deadline });
  const slow = Array.from({ length: 6 }, () => cart.encode(question(randomBytes(30 * 1024 ** 2)), 1));
  for (const each of slow) {
    expect(await each.catch((error: unknown) => error)).toMatchObject({ code: 'SINK_UNAVAILABLE', retryable: true });
  }
  deadline = 30_000;
  const asked = question(Buffer.from('hello'));
  expect(await cart.encode(asked, 5)).toMatchObject({ length: '5' });
  expect(existsSync(asked.destination)).toBe(true);
});

test('closing fails what is owed', async () => {
  const cart = worker();
  const owed = cart.encode(question(randomBytes(30 * 1024 ** 2)), 1);
  const outcome = codeOf(owed);
  await new Promise((resolve) => setImmediate(resolve));
  await cart.close();
  expect(await outcome).toBe('SINK_UNAVAILABLE');
});
