import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { CONTAINERS, make } from './containers';
import { scanArchive } from './support';

for (const made of CONTAINERS) {
  describeWith([made.needs], `${made.kind}`, () => {
    it('is opened completely', async () => {
      const { coverage, children, report } = await scanArchive(make(made));
      expect([report.findings, coverage]).toEqual([[], 'complete']);
      expect(children.map(({ name }) => name).sort()).toEqual(
        [...(made.names ?? ['eicar.com', 'docs/note.txt'])].sort(),
      );
      expect(children.some(({ bytes }) => bytes.equals(EICAR))).toBe(true);
    });

    it('is opened the same by the 7-Zip that comes along', async () => {
      const bytes = make(made);
      const one = await scanArchive(bytes);
      const other = await scanArchive(bytes, { sevenZip: 'no-such-program' });
      expect([other.coverage, other.children]).toEqual([one.coverage, one.children]);
    });
  });
}
