import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { EICAR, tempFolder } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

/** A 7z archive of EICAR, made with these options of 7zz. */
function sevenZipBy(...options: string[]): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, 'eicar.com'), EICAR);
  execFileSync('7zz', ['a', '-bso0', ...options, 'made.7z', 'eicar.com'], { cwd: folder });
  return readFileSync(join(folder, 'made.7z'));
}

describeWith(['7zz'], 'an encrypted 7z archive', () => {
  it.each([{ header: 'off' }, { header: 'on' }])('with header encryption $header', async ({ header }) => {
    const archive = sevenZipBy('-pinfected', `-mhe=${header}`);
    for (const sevenZip of ['7zz', 'no-such-program']) {
      const opened = await scanArchive(archive, { passwords: ['', 'wrong', 'two\nlines', 'infected'], sevenZip });
      expect([opened.coverage, opened.report.unpacked]).toEqual(['complete', { members: 1, decrypted: 1 }]);
      expect(opened.children[0]?.bytes.equals(EICAR)).toBe(true);
      const closed = await scanArchive(archive, { passwords: ['wrong'], sevenZip });
      expect([closed.coverage, closed.found, closed.children]).toEqual(['encrypted', ['encrypted-member:info'], []]);
    }
  });

  it('takes a password of any letters', async () => {
    const { coverage } = await scanArchive(sevenZipBy('-pgrün é 密码', '-mhe=on'), { passwords: ['grün é 密码'] });
    expect(coverage).toBe('complete');
  });

  it('of which a known password opens some members only is held, with nothing unpacked', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'eicar.com'), EICAR);
    writeFileSync(join(folder, 'note.txt'), 'beside it');
    for (const [first, second] of [
      ['-pinfected', '-pother'],
      ['-pother', '-pinfected'],
      ['-bd', '-pother'],
    ] as const) {
      for (const [option, name] of [[first, 'eicar.com'] as const, [second, 'note.txt'] as const]) {
        execFileSync('7zz', ['a', '-bso0', option, `made${first}${second}.7z`, name], { cwd: folder });
      }
      const { coverage, children } = await scanArchive(readFileSync(join(folder, `made${first}${second}.7z`)));
      expect([coverage, children]).toEqual(['encrypted', []]);
    }
  });
});
