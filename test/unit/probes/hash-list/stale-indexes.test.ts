import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PARTIAL_PREFIX } from '../../../../src-main/base/atomic-file';
import { indexName } from '../../../../src-main/probes/hash-list/index-format';
import { removeStaleIndexes } from '../../../../src-main/probes/hash-list/stale-indexes';
import { tempFolder } from '../../../support/temp-folder';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

test('earlier indexes of a list go at once, those of other lists and half-made files when nobody used them for long', async () => {
  const folder = tempFolder();
  const current = indexName('/lists/bad.txt', 2n, 2n);
  const replaced = indexName('/lists/bad.txt', 1n, 1n);
  const others = [indexName('/lists/other.txt', 1n, 1n), indexName('/lists/older.txt', 1n, 1n)];
  const partials = [`${PARTIAL_PREFIX}new`, `${PARTIAL_PREFIX}old`];
  const foreign = 'notes.txt';
  for (const name of [current, replaced, ...others, ...partials, foreign]) writeFileSync(join(folder, name), '');
  for (const name of [others[1], partials[1], foreign, current])
    utimesSync(join(folder, name ?? ''), LONG_AGO, LONG_AGO);
  await removeStaleIndexes(folder, ['/lists/bad.txt'], [current]);
  expect(readdirSync(folder).sort()).toEqual([current, others[0] ?? '', partials[0] ?? '', foreign].sort());
});
