import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { scanArchive, zipOf } from './support';

const zip = () => zipOf({ 'eicar.com': EICAR.toString() });

/** A gzip file whose header holds these bytes as its extra field (RFC 1952 2.3.1.1). */
function gzipWith(extra: Buffer): Buffer {
  const plain = gzipSync('harmless');
  const length = Buffer.alloc(2);
  length.writeUInt16LE(extra.length);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 4]), plain.subarray(4, 10), length, extra, plain.subarray(10)]);
}

function zstandardWith(skipped: Buffer): Buffer {
  const head = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  head.writeUInt32LE(skipped.length, 4);
  return Buffer.concat([head, skipped, execFileSync('zstd', ['-c'], { input: 'harmless' })]);
}

/** A 7z archive with bytes between what it packs and its directory. */
function sevenZipWith(gap: Buffer): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.txt'), 'harmless');
  execFileSync('7zz', ['a', '-bso0', 'a.7z', 'a.txt'], { cwd: folder });
  const bytes = readFileSync(join(folder, 'a.7z'));
  const directory = Number(bytes.readBigUInt64LE(12));
  bytes.writeBigUInt64LE(BigInt(directory + gap.length), 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(12, 32)), 8);
  return Buffer.concat([bytes.subarray(0, 32 + directory), gap, bytes.subarray(32 + directory)]);
}

/** A disc image that holds a file called `name`. */
function discWith(name: string, content: Buffer): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, name), content);
  execFileSync('genisoimage', ['-quiet', '-o', 'disc.iso', name], { cwd: folder });
  return readFileSync(join(folder, 'disc.iso'));
}

function discEndingWith(end: Buffer): Buffer {
  const disc = discWith('a.txt', Buffer.from('harmless'));
  end.copy(disc, disc.length - end.length - 100);
  return disc;
}

describeWith(['python3', '7zz', 'zstd', 'genisoimage'], 'a file that two programs open as different containers', () => {
  it.each([
    ['the header of a gzip file', gzipWith],
    ['a frame that Zstandard skips', zstandardWith],
    ['a gap of a 7z archive', sevenZipWith],
    ['the last sectors of a disc image', discEndingWith],
  ])('a zip in %s is a child, or the file is not complete', async (_where, hide) => {
    const { coverage, children } = await scanArchive(hide(zip()));
    expect(coverage !== 'complete' || children.some(({ bytes }) => bytes.equals(zip()))).toBe(true);
  });

  it('a disc image that begins as a gzip file is not complete', async () => {
    const disc = discWith('eicar.com', EICAR);
    expect(await scanArchive(gzipWith(disc.subarray(12, 12 + 0xffff)))).toMatchObject({ coverage: 'unsupported' });
  });
});
