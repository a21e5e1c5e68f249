import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { scanArchive } from './support';

const TEXT = 'An ordinary text that packs well. '.repeat(99);

/** A zip of EICAR and a text by 7-Zip. */
function zipBy(...options: string[]): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, 'eicar.com'), EICAR);
  writeFileSync(join(folder, 'text.txt'), TEXT);
  execFileSync('7zz', ['a', '-tzip', '-bso0', ...options, 'made.zip', 'eicar.com', 'text.txt'], { cwd: folder });
  return readFileSync(join(folder, 'made.zip'));
}

describeWith(['7zz'], 'a zip packed by', () => {
  it.each(['BZip2', 'LZMA', 'XZ', 'PPMd', 'Deflate64'])('%s is opened', async (method) => {
    const { coverage, children } = await scanArchive(zipBy(`-mm=${method}`));
    expect([coverage, children.map(({ name }) => name)]).toEqual(['complete', ['eicar.com', 'text.txt']]);
    expect(children[0]?.bytes.equals(EICAR)).toBe(true);
    expect(children[1]?.bytes.toString()).toBe(TEXT);
  });

  it.each(['AES256', 'ZipCrypto'])('LZMA and %s is opened with a known password only', async (encryption) => {
    const zip = zipBy('-mm=LZMA', `-mem=${encryption}`, '-psecret');
    const opened = await scanArchive(zip, { passwords: ['wrong', 'secret'] });
    expect([opened.coverage, opened.report.unpacked]).toEqual(['complete', { members: 2, decrypted: 2 }]);
    expect(opened.children[0]?.bytes.equals(EICAR)).toBe(true);
    const closed = await scanArchive(zip, { passwords: ['wrong'] });
    expect([closed.coverage, closed.found, closed.children]).toEqual(['encrypted', ['encrypted-member:info'], []]);
  });

  it('LZMA, with a flipped bit in it, is damaged', async () => {
    const zip = zipBy('-mm=LZMA');
    const { coverage, found } = await scanArchive(Buffer.from(zip.map((byte, at) => (at === 60 ? byte ^ 4 : byte))));
    expect([coverage, found]).toEqual(['partial', ['archive-damaged:info']]);
  });
});
