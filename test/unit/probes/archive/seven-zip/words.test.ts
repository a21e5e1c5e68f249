import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { tempFolder } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

const NOISE = Buffer.from(Array.from({ length: 5000 }, (_none, at) => (at * at * 31) % 251));

/** A 7z archive of a stored file, of which a byte was changed. */
function changed7z(): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, 'noise.bin'), NOISE);
  execFileSync('7zz', ['a', '-mx=0', '-bso0', 'made.7z', 'noise.bin'], { cwd: folder });
  const made = readFileSync(join(folder, 'made.7z'));
  made[100] = (made[100] ?? 0) ^ 1;
  return made;
}

describeWith(['7zz'], 'what 7-Zip says of a damaged archive', () => {
  it.each([
    ['a cut off gzip', () => gzipSync(NOISE).subarray(0, 300), '7-Zip says: '],
    ['what only begins as a 7z', () => Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), NOISE]), '7-Zip says: '],
    ['a changed 7z', changed7z, '7-Zip says: CRC Failed: noise.bin'],
  ])('is told without the private place of the file: %s', async (_what, make, words) => {
    const bytes = make();
    for (const sevenZip of ['7zz', 'no-such-program']) {
      const { coverage, report } = await scanArchive(bytes, { sevenZip });
      expect(coverage).toBe('partial');
      const told = report.findings.map(({ evidence }) => evidence).join();
      expect(told).toContain(words);
      expect(told).not.toMatch(/item|\/|~|ERROR/);
    }
  });
});
