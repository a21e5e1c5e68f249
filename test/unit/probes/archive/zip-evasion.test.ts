import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { scanArchive, zipOf } from './support';

const NAME = 'evil.com';

/** The local header and the data of one member, without the directory that would name it. */
function hiddenMember(change: (local: Buffer) => void): Buffer {
  const zip = zipOf({ [NAME]: 'hidden' });
  const local = Buffer.from(zip.subarray(0, zip.indexOf('PK\x01\x02', 'latin1')));
  change(local);
  return local;
}

describeWith(['python3'], 'what other unpackers find all the same', () => {
  it.each<[string, (local: Buffer) => void]>([
    ['without a name', (local) => local.set([0, 0, NAME.length, 0], 26)],
    ['for a version that is none', (local) => local.set([200], 4)],
    ['with a name of 5000 bytes', (local) => local.set([0x88, 0x13], 26)],
  ])('a member in front of all others that the directory does not name, %s', async (_what, change) => {
    const zip = Buffer.concat([hiddenMember(change), zipOf({ 'good.txt': 'harmless' })]);
    expect(await scanArchive(zip)).toMatchObject({ coverage: 'partial', found: ['archive-ambiguous:suspicious'] });
  });

  it.each([66_000, 74_000, 120_000])('a zip behind a text and before %i zeros', async (zeros) => {
    const zip = zipOf({ 'a.txt': 'inside' });
    const scanned = await scanArchive(Buffer.concat([Buffer.from('a text\n'.repeat(9)), zip, Buffer.alloc(zeros)]));
    expect(scanned.children.map(({ name }) => name)).toEqual(['a.txt']);
  });

  it('a zip behind a text and before more than a comment can hold', async () => {
    const more = Buffer.alloc(74_000, 'more text\n');
    const zip = Buffer.concat([Buffer.from('a text\n'), zipOf({ 'a.txt': 'inside' }), more]);
    expect(await scanArchive(zip)).toMatchObject({ coverage: 'partial', found: ['archive-damaged:info'] });
  });
});
