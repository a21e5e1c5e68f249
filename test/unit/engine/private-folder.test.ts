import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assertPrivateSocketFolder } from '../../../src-main/engine/private-folder';
import { tempFolder } from '../../support/temp-folder';

test('a folder of our own is made and taken', () => {
  const socket = join(tempFolder(), 'private', 'engine.sock');
  assertPrivateSocketFolder(socket, '/elsewhere');
  assertPrivateSocketFolder(socket, '/elsewhere');
});

test('a folder that others may write, and a link in its place, are refused by name', () => {
  const folder = join(tempFolder(), 'shared');
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  expect(() => assertPrivateSocketFolder(join(folder, 's'), '/elsewhere')).toThrow(folder);
  const link = join(tempFolder(), 'link');
  symlinkSync(folder, link);
  expect(() => assertPrivateSocketFolder(join(link, 's'), '/elsewhere')).toThrow(link);
});

test('the data folder itself is as private as its owner made it', () => {
  assertPrivateSocketFolder('/data/engine.sock', '/data');
});
