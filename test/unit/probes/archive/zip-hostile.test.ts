import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { pythonZip, scanArchive, texts, zipOf } from './support';

/** Replaces bytes of a zip, counted from the `which`-th occurrence of a signature (negative: from the last). */
function patch(zip: Buffer, signature: string, offset: number, bytes: readonly number[], which = 0): Buffer {
  const places: number[] = [];
  const wanted = Buffer.from(signature, 'latin1');
  for (let at = zip.indexOf(wanted); at >= 0; at = zip.indexOf(wanted, at + 1)) places.push(at);
  const at = places.at(which);
  if (at === undefined) throw new Error('the signature is not there');
  const copy = Buffer.from(zip);
  Buffer.from(bytes).copy(copy, at + offset);
  return copy;
}

const LOCAL = 'PK\x03\x04';
const ENTRY = 'PK\x01\x02';
const END = 'PK\x05\x06';
let made: Buffer | null = null;
const plain = (): Buffer => {
  made ??= zipOf({ 'a.txt': 'first '.repeat(50), 'b.txt': 'second '.repeat(50) });
  return made;
};

describeWith(['python3'], 'names and links that lead outside', () => {
  it.each(['../x', 'a/../../x', '/etc/cron.d/x', 'C:\\x', '..\\x', '\\\\host\\x', 'C:x'])('%j', async (name) => {
    const { found, children } = await scanArchive(zipOf({ [name]: 'content' }));
    expect(found).toEqual(['archive-path-traversal:malicious']);
    expect(children).toHaveLength(1);
  });

  it('a NUL in a name', async () => {
    const zip = zipOf({ 'aXb.txt': 'content' });
    for (let at = zip.indexOf('aXb'); at >= 0; at = zip.indexOf('aXb', at)) zip[at + 1] = 0;
    const { found, children } = await scanArchive(zip);
    expect(found).toContain('archive-path-traversal:malicious');
    expect(children[0]?.name).toBe('a\\x00b.txt');
  });

  it.each(['a..b', '..a/b', 'a/...', './a', 'a\\b.txt'])('%j leads nowhere', async (name) => {
    expect(await scanArchive(zipOf({ [name]: 'x' }))).toMatchObject({ found: [], coverage: 'complete' });
  });

  const link = (name: string, target: string) =>
    pythonZip(
      `i = info(${JSON.stringify(name)}); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, ${JSON.stringify(target)})`,
    );

  it.each([
    ['lib/x.so', '../../etc'],
    ['x', '/etc/passwd'],
    ['x', '..'],
    ['a/b', '../../a'],
    ['x', 'C:\\Windows'],
  ])('a link %s to %s', async (name, target) => {
    expect((await scanArchive(link(name, target))).found).toEqual(['archive-link-escape:malicious']);
  });

  it.each([
    ['lib/x.so', 'x.so.1'],
    ['lib/x.so', '../bin/x'],
    ['a/b/c', '../../d'],
  ])('but not a link %s to %s', async (name, target) => {
    expect(await scanArchive(link(name, target))).toMatchObject({ found: [], coverage: 'complete' });
  });
});

describeWith(['python3'], 'zips that are damaged or lie are never complete', () => {
  it('cut anywhere', async () => {
    const zip = plain();
    for (let length = 4; length < zip.length; length += 11) {
      expect([length, (await scanArchive(zip.subarray(0, length))).coverage]).toEqual([length, 'partial']);
    }
  });

  it.each<[string, (zip: Buffer) => Buffer]>([
    ['a wrong checksum', (zip) => patch(patch(zip, LOCAL, 14, [1, 2]), ENTRY, 16, [1, 2])],
    ['damaged data', (zip) => patch(zip, 'a.txt', 7, [0xff, 0xff, 0xff])],
    ['another name in the local header', (zip) => patch(zip, LOCAL, 30, [0x7a])],
    ['another method in the local header', (zip) => patch(zip, LOCAL, 8, [0])],
    ['another size in the local header', (zip) => patch(zip, LOCAL, 22, [1])],
    ['another size in the directory', (zip) => patch(zip, ENTRY, 24, [1])],
    ['a lie about the size in both', (zip) => patch(patch(zip, ENTRY, 24, [1, 0]), LOCAL, 22, [1, 0])],
    ['an encryption flag in one place', (zip) => patch(zip, LOCAL, 6, [1])],
    ['a wrong offset', (zip) => patch(zip, ENTRY, 42, [0xff, 0xff], -1)],
    ['fewer members in the end record', (zip) => patch(zip, END, 8, [1, 0, 1, 0])],
    ['more members in the end record', (zip) => patch(zip, END, 8, [9, 0, 9, 0])],
    ['a broken directory entry', (zip) => patch(zip, ENTRY, 0, [0], 1)],
    ['bytes behind the end', (zip) => Buffer.concat([zip, Buffer.from('more')])],
    ['another zip before it', (zip) => Buffer.concat([zipOf({ hidden: 'x' }), zip])],
    ['a cut comment', (zip) => patch(zip, END, 20, [9])],
  ])('%s', async (_title, change) => {
    const { coverage, found } = await scanArchive(change(plain()));
    expect(coverage).toBe('partial');
    expect(found.join()).toMatch(/archive-(damaged|ambiguous)/);
  });

  it('a member that the directory does not name', async () => {
    const zip = plain();
    const second = zip.lastIndexOf(ENTRY);
    const end = zip.indexOf(END);
    const record = Buffer.from(zip.subarray(end));
    record.writeUInt16LE(1, 8);
    record.writeUInt16LE(1, 10);
    record.writeUInt32LE(second - zip.indexOf(ENTRY), 12);
    const hiding = Buffer.concat([zip.subarray(0, second), record]);
    const { coverage, found, children } = await scanArchive(hiding);
    expect([coverage, found]).toEqual(['partial', ['archive-ambiguous:suspicious']]);
    expect(Object.keys(texts(children))).toEqual(['a.txt']);
  });

  it('one damaged member does not hide the others', async () => {
    const zip = plain();
    const { children } = await scanArchive(patch(zip, 'a.txt', 7, [0xff, 0xff, 0xff]));
    expect(Object.keys(texts(children))).toEqual(['b.txt']);
  });

  it('zeros behind the end are padding', async () => {
    const zip = Buffer.concat([plain(), Buffer.alloc(512)]);
    expect(await scanArchive(zip)).toMatchObject({ coverage: 'complete', found: [] });
  });
});
