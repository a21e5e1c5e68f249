import { existsSync, fstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type FolderQuestion, storeSmall } from '../../../../src-main/sinks/folder/small-file';
import { tempFolder } from '../../../support/temp-folder';
import { outgoing } from '../outgoing';

const slow = vi.hoisted(() => ({ inode: 0, ended: Promise.resolve() }));
vi.mock('../../../../src-main/base/files', async (original) => {
  const real = await original<typeof import('../../../../src-main/base/files')>();
  const fsync: typeof real.fsync = async (open) => {
    if (fstatSync(open).ino === slow.inode) await slow.ended;
    await real.fsync(open);
  };
  return { ...real, fsync };
});

function questionFor(root: string, name: string): FolderQuestion {
  const { path, size, hashes } = outgoing(tempFolder(), Buffer.from(name));
  const to = join(root, 'sub', name);
  const small = { from: path, size, sha256: hashes.sha256, partial: join(root, `.${name}`), to, mode: 0o444 };
  return { root, folders: ['sub'], small };
}

test('a file in a folder that another one made gets no name before that folder has its own for good', async () => {
  const root = tempFolder();
  const { promise, resolve } = Promise.withResolvers<void>();
  Object.assign(slow, { inode: statSync(root).ino, ended: promise });
  const stored = [storeSmall(questionFor(root, 'a')), storeSmall(questionFor(root, 'b'))];
  await storeSmall(questionFor(tempFolder(), 'c'));
  await storeSmall(questionFor(tempFolder(), 'd'));
  expect(existsSync(join(root, 'sub', 'b'))).toBe(false);
  resolve();
  expect((await Promise.all(stored)).map(({ kind }) => kind)).toEqual(['published', 'published']);
  expect(existsSync(join(root, 'sub', 'b'))).toBe(true);
});

test('an answer says what the plain calls of its file took', async () => {
  const times = [100, 107];
  const clock = { now: () => 0, monotonic: () => times.shift() ?? Number.NaN };
  expect(await storeSmall(questionFor(tempFolder(), 'a'), clock)).toEqual({ kind: 'published', tookMs: 7 });
});
