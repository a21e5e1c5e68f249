import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limitsSchema } from '../../../src-main/contract/settings';
import { ChildStager, TreeBudget } from '../../../src-main/pipeline/children';
import { tempFolder } from '../../support/temp-folder';

const HASHES = { sha256: '0'.repeat(64), sha1: null, md5: null };

function stagerIn(folder: string, limits: object = {}): ChildStager {
  return new ChildStager({
    folder,
    plan: {
      mode: 'scan',
      profile: 'default',
      probes: ['archive'],
      required: ['archive'],
      limits: limitsSchema.parse(limits),
      passwords: [],
      destination: null,
      source: 'keep',
      watchFolder: null,
      force: false,
      describeAll: true,
    },
    parent: { size: 100, depth: 0 },
    budget: new TreeBudget({ files: 0, bytes: 0 }),
    describe: async (path) => ({ size: statSync(path).size, hashes: HASHES, type: null }),
  });
}

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

test('makes its folder with the first member, since a scan stages nothing else there', async () => {
  const folder = join(tempFolder(), 'not', 'there');
  const stager = stagerIn(folder);
  await Promise.all([stager.add(Buffer.from('a'), chunks('one', 'two')), stager.add(Buffer.from('b'), chunks('x'))]);
  expect(stager.children.map(({ stagedPath }) => readFileSync(stagedPath, 'utf8')).sort()).toEqual(['onetwo', 'x']);
});

test('a member beyond a limit is refused, and nothing of it stays', async () => {
  const folder = tempFolder();
  const stager = stagerIn(folder, { fileBytes: 4 });
  await expect(stager.add(Buffer.from('a'), chunks('one', 'two'))).rejects.toMatchObject({ code: 'PROBE_LIMIT' });
  expect(stager.children).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});
