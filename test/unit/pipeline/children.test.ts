import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChildStager, type StagedChild } from '../../../src-main/pipeline/children';
import { Tree } from '../../../src-main/pipeline/tree';
import { tempFolder } from '../../support/temp-folder';
import { LIMITS, planOf } from '../store/ledger-fixtures';

const HASHES = { sha256: '0'.repeat(64), sha1: null, md5: null };
/** More than two pages of members. */
const MANY = 600;

function stagerIn(folder: string, limits: object = {}, adopt?: () => Promise<void>) {
  const pages: (readonly StagedChild[])[] = [];
  const stager = new ChildStager({
    folder,
    plan: planOf({ limits: { ...LIMITS, ...limits } }),
    parent: { size: 100, depth: 0 },
    tree: new Tree({ files: 0, bytes: 0, overLimit: false }),
    describe: async (path) => ({ size: statSync(path).size, hashes: HASHES, type: null }),
    takeRoom: () => true,
    adopt: adopt ?? (async (page) => void pages.push(page)),
  });
  return { stager, pages };
}

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const nameOf = ({ name }: StagedChild) => Buffer.from(name).toString();
const addMany = (stager: ChildStager) =>
  Promise.all(Array.from({ length: MANY }, (_, index) => stager.add(Buffer.from(`${index}`), chunks('x'))));

test('makes its folder with the first member, since a scan stages nothing else there', async () => {
  const folder = join(tempFolder(), 'not', 'there');
  const { stager } = stagerIn(folder);
  await Promise.all([stager.add(Buffer.from('a'), chunks('one', 'two')), stager.add(Buffer.from('b'), chunks('x'))]);
  const staged = await stager.close();
  expect(staged.map(({ stagedPath }) => readFileSync(stagedPath, 'utf8'))).toEqual(['onetwo', 'x']);
});

test('a member beyond a limit is refused, and nothing of it stays', async () => {
  const folder = tempFolder();
  const { stager } = stagerIn(folder, { fileBytes: 4 });
  await expect(stager.add(Buffer.from('a'), chunks('one', 'two'))).rejects.toMatchObject({ code: 'PROBE_LIMIT' });
  expect([stager.memberCount, await stager.close()]).toEqual([0, []]);
  expect(readdirSync(folder)).toEqual([]);
});

test('hands many members over in pages, in the order of the calls, and keeps only the rest', async () => {
  const { stager, pages } = stagerIn(tempFolder());
  await addMany(stager);
  const rest = await stager.close();
  expect(pages.length).toBeGreaterThan(0);
  expect(rest.length).toBeLessThan(256);
  expect([...pages.flat(), ...rest].map(nameOf)).toEqual(Array.from({ length: MANY }, (_, index) => `${index}`));
  expect(stager.memberCount).toBe(MANY);
});

test('an attempt that is given up leaves only the bytes that the ledger names', async () => {
  const folder = tempFolder();
  const { stager, pages } = stagerIn(folder);
  await addMany(stager);
  await stager.discard();
  expect(stager.memberCount).toBe(0);
  expect(readdirSync(folder)).toHaveLength(pages.flat().length);
  expect(pages.flat().every(({ stagedPath }) => existsSync(stagedPath))).toBe(true);
});

test('members of a scan that has ended meanwhile are no members', async () => {
  const folder = tempFolder();
  const { stager } = stagerIn(folder);
  await stager.close();
  await expect(stager.add(Buffer.from('a'), chunks('x'))).rejects.toMatchObject({ code: 'PROBE_FAILED' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a page that the ledger does not take is told at the end at the latest', async () => {
  const failure = new Error('the ledger is closed');
  const { stager } = stagerIn(tempFolder(), {}, () => Promise.reject(failure));
  await Promise.allSettled([addMany(stager)]);
  await expect(stager.close()).rejects.toBe(failure);
});
