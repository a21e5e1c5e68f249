import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { scanArchive } from './support';

/** An image of EICAR and 200 other files in folders, made with these options. */
function image(...options: string[]): Buffer {
  const folder = tempFolder();
  mkdirSync(join(folder, 'in', 'deep', 'er'), { recursive: true });
  writeFileSync(join(folder, 'in', 'deep', 'er', 'eicar.com'), EICAR);
  for (let count = 0; count < 200; count += 1) writeFileSync(join(folder, 'in', `a-${count}.txt`), `text ${count}`);
  execFileSync('genisoimage', ['-quiet', ...options, '-o', 'made', 'in'], { cwd: folder, stdio: 'ignore' });
  return readFileSync(join(folder, 'made'));
}

describeWith(['genisoimage', '7zz'], 'an ISO image', () => {
  it.each([['-R'], ['-J'], ['-J', '-R'], ['-J', '-R', '-udf']])(
    'whose trees name the same files is complete: %s',
    async (...options) => {
      const { coverage, children } = await scanArchive(image(...options));
      expect([coverage, children.some(({ bytes }) => bytes.equals(EICAR))]).toEqual(['complete', true]);
    },
  );

  it.each(['-hide-joliet', '-hide'])('in one of whose trees a file is hidden (%s) is not', async (option) => {
    const { coverage, found } = await scanArchive(image('-J', '-R', option, 'eicar.com'));
    expect([coverage, found]).toEqual(['partial', ['archive-damaged:info']]);
  });

  it('whose folders lead in a circle ends', async () => {
    const bytes = image('-R');
    const root = bytes.readUInt32LE(16 * 2048 + 158);
    const record = bytes.indexOf('DEEP', root * 2048) - 33;
    bytes.writeUInt32LE(root, record + 2);
    bytes.writeUInt32BE(root, record + 6);
    expect(bytes[record + 25]).toBe(2);
    expect((await scanArchive(bytes)).coverage).not.toBe('complete');
  });
});
