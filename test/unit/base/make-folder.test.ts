import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../src-main/base/make-folder';
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
