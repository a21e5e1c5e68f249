import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { CONTAINERS, make } from './containers';
import { scanArchive } from './support';

describeWith(['jlha', '7zz'], 'the end of an LZH archive', () => {
  const archives = () => CONTAINERS.filter(({ kind }) => kind.startsWith('lzh')).map(make);

  it('is found with the zero that marks it, without it, and with zeros behind it', async () => {
    for (const archive of archives()) {
      expect(archive.at(-1)).toBe(0);
      for (const whole of [archive, archive.subarray(0, -1), Buffer.concat([archive, Buffer.alloc(500)])]) {
        const { coverage, children } = await scanArchive(whole);
        expect([coverage, children.length]).toEqual(['complete', 2]);
      }
    }
  });

  it('is not the end of the file: what follows is a child, and the file is not clean', async () => {
    for (const archive of archives()) {
      const { coverage, children } = await scanArchive(Buffer.concat([archive, Buffer.from('more')]));
      expect([coverage, children.at(-1)]).toEqual([
        'partial',
        { name: `bytes-at-${archive.length}`, bytes: Buffer.from('more') },
      ]);
    }
  });

  it('cannot be told where a header leads nowhere', async () => {
    for (const archive of archives()) {
      expect((await scanArchive(archive.subarray(0, -30))).coverage).toBe('partial');
      expect((await scanArchive(Buffer.concat([archive.subarray(0, -1), Buffer.from('more')]))).coverage).toBe(
        'partial',
      );
    }
  });
});
