import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Algorithm, algorithmOfDigits } from '../../../../src-main/probes/hash-list/algorithms';
import { buildIndex } from '../../../../src-main/probes/hash-list/build-index';
import { CANARY_SHA256 } from '../../../../src-main/probes/hash-list/canary';
import { HashIndex } from '../../../../src-main/probes/hash-list/hash-index';
import { verifyIndex } from '../../../../src-main/probes/hash-list/index-file';
import { tempFolder } from '../../../support/temp-folder';

/** Few records per run, so that short lists already need a merge of many. */
const RUN_BYTES = 500;

async function build(folder: string, lines: readonly string[]): Promise<string> {
  const list = join(folder, 'list.txt');
  const index = join(folder, 'list.index');
  writeFileSync(list, `${lines.join('\n')}\n`);
  const fd = openSync(list, 'r');
  try {
    await buildIndex(fd, { path: '', size: '0', mtimeNs: '0' }, index, { folder, runBytes: RUN_BYTES });
  } finally {
    closeSync(fd);
  }
  return index;
}

function algorithmOf(hex: string): Algorithm {
  const algorithm = algorithmOfDigits(hex.length);
  if (algorithm === null) throw new Error(hex);
  return algorithm;
}

const randomHash = (bytes: number) => randomBytes(bytes).toString('hex');

/** Hashes of a small alphabet, so that equal beginnings and equal hashes are common. */
const crowdedHash = fc
  .tuple(fc.constantFrom(16, 20, 32), fc.integer({ min: 0, max: 3 }), fc.constantFrom('00', '80', 'ff'))
  .map(([bytes, last, lead]) => lead.repeat(bytes - 1) + last.toString(16).padStart(2, '0'));
const anyHash = fc.oneof(
  crowdedHash,
  fc
    .tuple(fc.constantFrom(16, 20, 32), fc.infiniteStream(fc.integer({ min: 0, max: 255 })))
    .map(([bytes, stream]) => Buffer.from([...stream.take(bytes)]).toString('hex')),
);

test('an index finds exactly what the list holds, at the first line that holds it', async () => {
  const folder = tempFolder();
  await fc.assert(
    fc.asyncProperty(fc.array(anyHash, { maxLength: 120 }), fc.array(anyHash), async (listed, others) => {
      const index = await HashIndex.open(await build(folder, listed));
      try {
        for (const hex of [...listed, ...others]) {
          const first = listed.indexOf(hex);
          const place = await index.find(algorithmOf(hex), hex);
          expect(place?.line ?? 0).toBe(first + 1);
        }
        const counted = index.count('md5') + index.count('sha1') + index.count('sha256');
        expect(counted).toBe(new Set([...listed, CANARY_SHA256]).size);
      } finally {
        await index.close();
      }
    }),
    { numRuns: 60 },
  );
});

test('thousands of hashes with one beginning are found too', async () => {
  const folder = tempFolder();
  const crowd = Array.from({ length: 6000 }, () => `00000000${randomHash(28)}`);
  const index = await HashIndex.open(await build(folder, crowd));
  for (const [at, hex] of crowd.entries()) {
    if (at % 50 === 0) expect(await index.find('sha256', hex)).toMatchObject({ line: at + 1 });
  }
  expect(await index.find('sha256', `00000000${randomHash(28)}`)).toBeNull();
  await index.close();
});

test('every index finds the built-in entry', async () => {
  const index = await HashIndex.open(await build(tempFolder(), []));
  expect(await index.find('sha256', CANARY_SHA256)).toEqual({ line: 0, offset: 0 });
  await index.close();
});

test('nothing half-made stays beside an index', async () => {
  const folder = tempFolder();
  await build(folder, [randomHash(16)]);
  await expect(build(folder, [randomHash(16), 'nothing of use'])).rejects.toThrow();
  expect(readdirSync(folder).sort()).toEqual(['list.index', 'list.txt']);
});

test('a damaged index is refused, wherever the damage is', async () => {
  const folder = tempFolder();
  const path = await build(
    folder,
    Array.from({ length: 100 }, () => randomHash(32)),
  );
  const whole = readFileSync(path);
  await verifyIndex(path);
  for (let at = 0; at < whole.length; at += 41) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(path, damaged);
    await expect(verifyIndex(path)).rejects.toMatchObject({ code: 'INTEGRITY' });
  }
});

test('an index that is cut short is an error and never an answer', async () => {
  const folder = tempFolder();
  const hashes = Array.from({ length: 100 }, () => randomHash(32));
  const path = await build(folder, hashes);
  const index = await HashIndex.open(path);
  truncateSync(path, 20);
  await expect(index.find('sha256', hashes[0] ?? '')).rejects.toMatchObject({ code: 'INTEGRITY' });
  await index.close();
  await expect(HashIndex.open(path)).rejects.toMatchObject({ code: 'INTEGRITY' });
});
