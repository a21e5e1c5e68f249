import { describe, expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { scanArchive, texts, zipOf } from './support';

const at = (offset: number, bytes: string | Buffer, size = offset + 64): Buffer => {
  const file = Buffer.alloc(size, 1);
  Buffer.from(bytes).copy(file, offset);
  return file;
};

/** The head of a Windows program of 512 bytes, with one section. */
function program(): Buffer {
  const file = Buffer.alloc(512);
  file.write('MZ');
  file.writeUInt32LE(128, 60);
  file.write('PE\0\0', 128, 'latin1');
  file.writeUInt16LE(1, 134);
  file.writeUInt32LE(256, 128 + 24 + 16);
  file.writeUInt32LE(256, 128 + 24 + 20);
  return file;
}

describe('a container that nobody opens is never complete', () => {
  it.each<[string, Buffer]>([
    ['old RAR', at(0, 'RE~^')],
    ['Inno Setup installer', Buffer.concat([program(), Buffer.from('zlb\x1a'), Buffer.alloc(64)])],
  ])('%s', async (_kind, bytes) => {
    const { coverage, found, children } = await scanArchive(bytes);
    expect([coverage, found, children]).toEqual(['unsupported', ['unopened-container:info'], []]);
  });
});

describe('what only begins as a container', () => {
  it.each<[string, Buffer]>([
    ['RAR', at(0, Buffer.from('526172211a0700', 'hex'))],
    ['RAR 5', at(0, Buffer.from('526172211a070100', 'hex'))],
    ['cabinet', at(0, 'MSCF\0\0\0\0')],
    ['OLE', at(0, Buffer.from('d0cf11e0a1b11ae1', 'hex'), 2048)],
    ['OneNote', at(0, Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'))],
    ['cpio', at(0, '070701000000')],
    ['ar', at(0, '!<arch>\ndebian-binary   ')],
    ['RPM', at(0, Buffer.from('edabeedb', 'hex'))],
    ['CHM', at(0, 'ITSF\x03')],
    ['ISO', at(0x8001, 'CD001')],
    ['LZH', at(0, '\x20\x01-lh5-')],
    ['Apple disk image', Buffer.concat([Buffer.alloc(4096, 1), at(0, 'koly\0\0\0\x04', 512)])],
  ])('%s is damaged', async (_kind, bytes) => {
    const { coverage, found, children } = await scanArchive(bytes);
    expect([coverage, found, children]).toEqual(['partial', ['archive-damaged:info'], []]);
  });

  it.each<[string, string | Buffer]>([
    ['text', 'hello'],
    ['numbers', '07071\n'],
    ['a sentence that starts with BZh', 'BZh is how such files start.'],
    ['PDF', '%PDF-1.7\n'],
    ['HTML', '<html></html>'],
    ['a program', program()],
    ['a program with data behind it', Buffer.concat([program(), Buffer.from('just data')])],
    ['a text about zips', 'the end record starts with PK\x05\x06 and twenty-two bytes more'],
    ['zeros', Buffer.alloc(70_000)],
  ])('but %s is none', async (_kind, bytes) => {
    expect(await scanArchive(Buffer.from(bytes))).toMatchObject({ coverage: 'complete', found: [], children: [] });
  });
});

describeWith(['7zz', 'python3'], 'containers of real programs', () => {
  it('a zip in a file that is something else is opened all the same', async () => {
    const zip = zipOf({ 'a.txt': 'inside' });
    const both = await scanArchive(Buffer.concat([at(0, Buffer.from('526172211a070100', 'hex'), 512), zip]));
    expect(both.coverage).toBe('partial');
    expect(texts(both.children)).toEqual({ 'a.txt': 'inside' });
    const pdf = await scanArchive(Buffer.concat([Buffer.from('%PDF-1.7\n'), zip]));
    expect([pdf.coverage, texts(pdf.children)]).toEqual(['complete', { 'a.txt': 'inside' }]);
  });
});
