import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { makeFolder, makeSubfolder } from '../../../src-main/base/make-folder';
import { describeWithDisk, mountSmallDisk, remount } from '../../support/small-disk';
import { tempFolder } from '../../support/temp-folder';

test('makes all missing folders, and is content with one that is there', () => {
  const path = join(tempFolder(), 'a', 'b', 'c');
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  expect(lstatSync(path).mode & 0o777).toBe(0o700);
});

test.skipIf(process.platform !== 'linux')('a place where nothing can be made is an error, not an endless wait', () => {
  expect(() => makeFolder('/proc/dropgate/data', 0o700)).toThrow(/ENOENT/);
});

test('says whether a folder is new, also where those above it are missing', async () => {
  const path = join(tempFolder(), 'a', 'b');
  expect(await makeSubfolder(path, 0o700)).toBe(true);
  expect(await makeSubfolder(path, 0o700)).toBe(false);
  expect(lstatSync(path).mode & 0o777).toBe(0o700);
});

describeWithDisk('a folder on a read-only disk', () => {
  it('is refused for that reason', async () => {
    const disk = join(tempFolder(), 'disk');
    mountSmallDisk(disk, 1024 * 1024);
    remount(disk, 'ro');
    await expect(makeSubfolder(join(disk, 'new'), 0o700)).rejects.toMatchObject({ code: 'EROFS' });
  });
});
