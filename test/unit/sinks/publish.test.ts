import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { FolderSyncs, publishExclusive } from '../../../src-main/sinks/publish';
import { tempFolder } from '../../support/temp-folder';
import { codeOf } from './outgoing';

const hardLinks = vi.hoisted(() => ({ exist: true }));
vi.mock('../../../src-main/base/files', async (original) => {
  const real = await original<typeof import('../../../src-main/base/files')>();
  const link: typeof real.link = (from, to) =>
    hardLinks.exist ? real.link(from, to) : Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }));
  return { ...real, link };
});

test.each([true, false])('a name is taken once, by one of many (with hard links: %s)', async (exist) => {
  hardLinks.exist = exist;
  const folder = tempFolder();
  const target = Buffer.from(join(folder, 'target'));
  const partials = Array.from({ length: 20 }, (_, index) => join(folder, `partial-${index}`));
  for (const partial of partials) writeFileSync(partial, partial);
  const won = await Promise.all(partials.map((partial) => publishExclusive(Buffer.from(partial), target)));
  expect(won.filter(Boolean)).toHaveLength(1);
  const winner = partials[won.indexOf(true)] ?? '';
  expect(readFileSync(target, 'utf8')).toBe(winner);
  expect(partials.filter((partial) => existsSync(partial))).toHaveLength(19);
});

test('syncs of one folder that come together all end; one that fails tells everybody who waited for it', async () => {
  const syncs = new FolderSyncs();
  const folder = Buffer.from(tempFolder());
  await Promise.all(Array.from({ length: 50 }, () => syncs.sync(folder)));
  const nowhere = Buffer.from(join(folder.toString(), 'nowhere'));
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => codeOf(syncs.sync(nowhere))));
  expect(outcomes).toEqual(Array.from({ length: 5 }, () => 'ENOENT'));
  await syncs.sync(folder);
});
