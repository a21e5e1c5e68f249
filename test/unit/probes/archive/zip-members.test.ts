import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { pythonZip, scanArchive, texts, zipOf } from './support';

/** A zip of one member by 7-Zip with these switches. */
function sevenZip(content: string | Buffer, ...switches: string[]): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, 'secret.txt'), content);
  execFileSync('7zz', ['a', '-tzip', ...switches, 'made.zip', 'secret.txt'], { cwd: folder });
  return readFileSync(join(folder, 'made.zip'));
}

describeWith(['python3'], 'members of a zip become children', () => {
  it('deflated and stored, in folders, empty, of the same name, with bytes as names', async () => {
    const zip = pythonZip(`
z.writestr('a/b.txt', 'one' * 1000)
z.writestr(info('stored.bin'), 'two', ZIP_STORED)
z.writestr('empty', '')
z.mkdir('folder')
z.writestr('same', 'first')
z.writestr('same', 'second')
z.writestr('caf\\u00e9', 'three')
`);
    const { children, coverage, found } = await scanArchive(zip);
    expect([coverage, found]).toEqual(['complete', []]);
    expect(children.map(({ name, bytes }) => [name, bytes.toString().slice(0, 6)])).toEqual([
      ['a/b.txt', 'oneone'],
      ['stored.bin', 'two'],
      ['empty', ''],
      ['same', 'first'],
      ['same', 'second'],
      ['café', 'three'],
    ]);
  });

  it('written to a pipe (sizes after the data), and with 64-bit sizes', async () => {
    const streamed = pythonZip(`
class Pipe:
    def __init__(self, f): self.f = f
    def write(self, b): return self.f.write(b)
    def flush(self): self.f.flush()
z.close()
with open(path, 'wb') as f:
    with ZipFile(Pipe(f), 'w', ZIP_DEFLATED) as p:
        p.writestr('piped', 'hello' * 100)
        with p.open('large', 'w', force_zip64=True) as m: m.write(b'big')
`);
    const { children, coverage, found } = await scanArchive(streamed);
    expect([coverage, found]).toEqual(['complete', []]);
    expect(texts(children)).toEqual({ piped: 'hello'.repeat(100), large: 'big' });
  });

  it('behind a program, before a comment, and when the zip is empty', async () => {
    const zip = zipOf({ 'a.txt': 'inside' });
    const prefixed = Buffer.concat([Buffer.from('a program of some kind\n'.repeat(40)), zip]);
    expect(texts((await scanArchive(prefixed)).children)).toEqual({ 'a.txt': 'inside' });
    expect(await scanArchive(prefixed)).toMatchObject({ coverage: 'complete', found: [] });
    expect(await scanArchive(pythonZip('z.comment = b"hello"\nz.writestr("a", "x")'))).toMatchObject({
      coverage: 'complete',
      found: [],
      children: [{ name: 'a' }],
    });
    expect(await scanArchive(pythonZip(''))).toMatchObject({ coverage: 'complete', found: [], children: [] });
  });

  it('a zip inside a stored zip is one child, and no ambiguity', async () => {
    const inner = zipOf({ 'x.txt': 'x' });
    const outer = pythonZip(`z.writestr(info('inner.zip'), bytes.fromhex('${inner.toString('hex')}'), ZIP_STORED)`);
    const { children, coverage, found } = await scanArchive(outer);
    expect([coverage, found]).toEqual(['complete', []]);
    expect(children[0]?.bytes.equals(inner)).toBe(true);
  });

  it('by any method of python are staged', async () => {
    const zip = pythonZip(`
z.writestr(info('b.txt'), 'bzip' * 500, ZIP_BZIP2)
z.writestr(info('l.txt'), 'lzma' * 500, ZIP_LZMA)
z.writestr('a.txt', 'fine')
`);
    const { children, coverage } = await scanArchive(zip);
    expect(coverage).toBe('complete');
    expect(texts(children)).toEqual({ 'b.txt': 'bzip'.repeat(500), 'l.txt': 'lzma'.repeat(500), 'a.txt': 'fine' });
  });
});

describeWith(['7zz', 'python3'], 'encrypted members', () => {
  it.each(['-mem=AES256', '-mem=AES128', '-mem=ZipCrypto'])('%s: opened with a known password', async (method) => {
    const zip = sevenZip(EICAR, '-pinfected', method);
    const opened = await scanArchive(zip, { passwords: ['no', 'wrong', 'infected', 'other'] });
    expect([opened.coverage, opened.found]).toEqual(['complete', []]);
    expect(opened.children[0]?.bytes.equals(EICAR)).toBe(true);
  });

  it('says what it unpacked only where that is the whole file', async () => {
    const zip = sevenZip('some content', '-pinfected');
    expect((await scanArchive(zip)).report.unpacked).toEqual({ members: 1, decrypted: 1 });
    expect((await scanArchive(zipOf({ a: '1', b: '2' }))).report.unpacked).toEqual({ members: 2, decrypted: 0 });
    const behindProgram = Buffer.concat([Buffer.from('a program of some kind\n'.repeat(40)), zip]);
    const wrongPassword = await scanArchive(zip, { passwords: ['wrong'] });
    for (const { report } of [await scanArchive(behindProgram), wrongPassword, await scanArchive(pythonZip(''))]) {
      expect(report.unpacked).toBeUndefined();
    }
  });

  it.each(['-mem=AES256', '-mem=ZipCrypto'])('%s: with none that fits, unverified and never clean', async (method) => {
    const zip = sevenZip('some content', '-pnobody-knows', method);
    // enough wrong ones that the one-byte check of ZipCrypto lets some pass
    const passwords = Array.from({ length: 600 }, (_, number) => `wrong${number}`);
    const closed = await scanArchive(zip, { passwords: method === '-mem=ZipCrypto' ? passwords : ['infected'] });
    expect(closed).toMatchObject({ coverage: 'encrypted', found: ['encrypted-member:info'], children: [] });
    expect(closed.report.coverage).toMatchObject({ detail: expect.stringContaining('secret.txt') });
  });

  it('deflate64 is unpacked', async () => {
    const content = 'deflate64 '.repeat(20_000);
    const { children, coverage } = await scanArchive(sevenZip(content, '-mm=Deflate64'));
    expect([coverage, children[0]?.bytes.toString() === content]).toEqual(['complete', true]);
  });
});
