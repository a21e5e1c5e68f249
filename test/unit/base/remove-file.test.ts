import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeFile } from '../../../src-main/base/remove-file';
import { tempFolder } from '../../support/temp-folder';

it('removes a file, and is content with one that is gone', async () => {
  const path = join(tempFolder(), 'file');
  writeFileSync(path, '');
  await removeFile(Buffer.from(path));
  expect(existsSync(path)).toBe(false);
  await removeFile(path);
});

it('says why anything else cannot be removed', async () => {
  const folder = join(tempFolder(), 'folder');
  mkdirSync(folder);
  await expect(removeFile(folder)).rejects.toThrow(/EISDIR|EPERM/);
});
