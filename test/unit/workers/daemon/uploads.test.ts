import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Uploads } from '../../../../src-main/workers/daemon/uploads';
import { sha256Of } from '../../../support/daemon';
import { tempFolder } from '../../../support/temp-folder';

const BYTES = Buffer.from('0123456789');
let folder: string;
let uploads: Uploads;

beforeEach(async () => {
  folder = join(tempFolder(), 'copies');
  uploads = new Uploads(folder, 25);
  await uploads.open();
});

async function* pieces(...parts: (string | Error)[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

const send = (uuid: string) => uploads.receive(uuid, sha256Of(BYTES), pieces('01234', '56789'));

test('what an earlier worker left is removed at the start', async () => {
  const left = join(tempFolder(), 'left');
  mkdirSync(left);
  writeFileSync(join(left, '1'), 'x');
  await new Uploads(left, 25).open();
  expect(readdirSync(left)).toEqual([]);
});

test('a copy holds the bytes, for its owner to read, until it is removed', async () => {
  const uuid = randomUUID();
  await send(uuid);
  const { copy, remove } = uploads.take(uuid, sha256Of(BYTES));
  expect(readFileSync(copy.path)).toEqual(BYTES);
  expect(statSync(copy.path).mode & 0o777).toBe(0o400);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await remove();
  expect(readdirSync(folder)).toEqual([]);
});

test('copies take up no more room together than they may, and give it back', async () => {
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
  await send(one);
  await send(two);
  await expect(send(three)).rejects.toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) } });
  await expect(uploads.copy(pieces('01234', '56789'))).rejects.toMatchObject({ status: 503 });
  expect(readdirSync(folder)).toHaveLength(2);
  await uploads.discard(one);
  await send(three);
  await uploads.take(two, sha256Of(BYTES)).remove();
  await send(randomUUID());
});

test('an upload that breaks off, or has other bytes, leaves nothing and can be sent again', async () => {
  const uuid = randomUUID();
  for (let time = 0; time < 5; time += 1) {
    await expect(uploads.receive(uuid, sha256Of(BYTES), pieces('01234', new Error('gone')))).rejects.toThrow('gone');
    await expect(uploads.receive(uuid, sha256Of(BYTES), pieces('other'))).rejects.toMatchObject({ status: 409 });
  }
  expect(readdirSync(folder)).toEqual([]);
  await send(uuid);
});
