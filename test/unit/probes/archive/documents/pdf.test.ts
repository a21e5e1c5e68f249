import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pdfMembers } from '../../../../../src-main/probes/archive/documents/pdf';
import { unpackLzw } from '../../../../../src-main/probes/archive/documents/pdf-lzw';
import { describeWith } from '../../../../support/components';
import { EICAR, tempFolder } from '../../../../support/temp-folder';
import { scanArchive } from '../support';
import { eicarIn, piecesOf, python } from './make';

/** A PDF of one page with these objects more (numbers from 10 on), made by python. */
const pdf = (objects: string) =>
  python(`
import base64, zlib
def stream(data, more=b''): return b'<< /Length %d %s >>\\nstream\\n%s\\nendstream' % (len(data), more, data)
extra = [${objects}]
body = b'%PDF-1.7\\n1 0 obj\\n<< /Type /Catalog /Pages 2 0 R >>\\nendobj\\n2 0 obj\\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\\nendobj\\n3 0 obj\\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\\nendobj\\n'
for n, o in enumerate(extra): body += b'%d 0 obj\\n%s\\nendobj\\n' % (10 + n, o)
out(body + b'trailer\\n<< /Root 1 0 R /Size 20 >>\\nstartxref\\n0\\n%%EOF\\n')`);

describeWith(['python3'], 'a PDF', () => {
  it.each<[string, string]>([
    ['Flate', "stream(zlib.compress(eicar), b'/Type /EmbeddedFile /Filter /FlateDecode')"],
    ['Flate under a disguised name', "stream(zlib.compress(eicar), b'/Type /#45mbeddedFile /Filter [/Fl#61teDecode]')"],
    ['hex', "stream(eicar.hex().encode() + b'>', b'/Type /EmbeddedFile /Filter /AHx')"],
    ['base 85', "stream(base64.a85encode(eicar) + b'~>', b'/Type /EmbeddedFile /Filter /ASCII85Decode')"],
    ['run lengths', "stream(bytes([len(eicar) - 1]) + eicar + bytes([128]), b'/Type /EmbeddedFile /Filter /RL')"],
    ['two filters', "stream(base64.a85encode(zlib.compress(eicar)), b'/Type /EmbeddedFile /Filter [/A85 /Fl]')"],
    [
      'a predictor',
      "stream(zlib.compress(b''.join(b'\\x01' + bytes((eicar[a + i] - (eicar[a + i - 1] if i else 0)) & 255 for i in range(17)) for a in range(0, 68, 17))), b'/Type /EmbeddedFile /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 17 >>')",
    ],
    ['nothing', "stream(eicar, b'/Type /EmbeddedFile')"],
  ])('gives a file embedded with %s', async (_how, object) => {
    expect(await eicarIn(pdf(object))).toEqual({ eicar: ['file-10'], coverage: 'complete' });
  });

  it.each(['/Params << /Size >>', '/Params << /Size 3', '/Params [ 1 2'])('gives a file beside %s', async (odd) => {
    const object = `stream(zlib.compress(eicar), b'/Type /EmbeddedFile /Filter /FlateDecode ${odd}')`;
    expect((await eicarIn(pdf(object))).eicar).toEqual(['file-10']);
  });

  it.each([
    ['a hex string that holds something else', '/Params << /CheckSum <0z /Size 3 >>'],
    ['a dictionary that is not closed', '/Params << /Size 3'],
    ['a list that is not closed', '/Params [ 1 2'],
  ])('whose stream stands behind %s is never clean', async (_what, odd) => {
    const object = `stream(zlib.compress(eicar), b'/Type /EmbeddedFile ${odd} /Filter /FlateDecode')`;
    expect((await eicarIn(pdf(object))).coverage).toBe('partial');
  });

  it('gives a file by the name that its specification has', async () => {
    const objects = "b'<< /F (a.com) /EF << /F 11 0 R >> >>', stream(zlib.compress(eicar), b'/Filter /FlateDecode')";
    expect((await eicarIn(pdf(objects))).eicar).toEqual(['a.com']);
  });

  it('gives scripts: strings, hex, streams and objects, as one text', async () => {
    const { members } = await piecesOf(
      pdfMembers,
      pdf(
        `b'<< /S /JavaScript /JS (one\\\\050\\\\)) >>', b'<< /#4aS <74776f> >>', b'<< /JS 13 0 R >>', stream(zlib.compress(b'three'), b'/Filter /FlateDecode'), b'<< /JS 15 0 R >>', b'(four)', b'<< /JS <feff00660069> >>'`,
      ),
    );
    const scripts = members.find(({ name }) => name === 'scripts.js');
    expect(scripts?.bytes.toString().split('\n').sort()).toEqual(['', 'fi', 'four', 'one()', 'three', 'two']);
  });

  it('gives objects of object streams, and what they say counts', async () => {
    const packed = "b'10 0 11 38 << /JS (hidden) /S /JavaScript >>     << /F (b.com) /EF << /F 12 0 R >> >>'";
    const { children, coverage } = await scanArchive(
      pdf(
        `stream(zlib.compress(${packed}), b'/Type /ObjStm /N 2 /First 11 /Filter /FlateDecode'), b'null', stream(zlib.compress(eicar), b'/Filter /FlateDecode')`,
      ),
    );
    expect(coverage).toBe('complete');
    const byName = new Map(children.map(({ name, bytes }) => [name, bytes.toString()]));
    expect(byName.get('scripts.js')).toBe('hidden\n');
    expect(byName.get('b.com')).toBe(EICAR.toString());
    expect(byName.get('decoded')).toContain('/JavaScript');
  });

  it('gives a stream that is a program or an archive, whatever it is said to be', async () => {
    const { children } = await scanArchive(
      pdf("stream(zlib.compress(b'PK\\x03\\x04' + eicar), b'/Filter /FlateDecode')"),
    );
    expect(children.map(({ name }) => name)).toEqual(['stream-10', 'decoded']);
  });

  it.each<[string, string, string]>([
    ['a filter that nobody knows', "stream(b'x', b'/Filter /Strange')", 'partial'],
    ['a stream that is cut off', "stream(zlib.compress(eicar * 99)[:-30], b'/Filter /FlateDecode')", 'partial'],
    ['a stream that is changed', "stream(b'xx' + zlib.compress(eicar * 99), b'/Filter /FlateDecode')", 'partial'],
    ['a stream without its end', 'stream(eicar)[:-9]', 'partial'],
    [
      'a stream that never ends',
      "stream(zlib.compress(bytes(70 * 1024 * 1024)), b'/Filter /FlateDecode')",
      'limit_exceeded',
    ],
    ['a bracket too many', "stream(zlib.compress(eicar), b'/Type /EmbeddedFile /A << /B 4d> >> >>')", 'partial'],
    ['an encryption', "b'<< /Type /XRef /Encrypt 11 0 R >>'", 'encrypted'],
  ])('with %s is never clean', async (_what, object, coverage) => {
    expect((await scanArchive(pdf(object))).coverage).toBe(coverage);
  });

  it('that is cut off is never clean', async () => {
    expect((await scanArchive(pdf('').subarray(0, -8))).coverage).toBe('partial');
  });

  it('a text that only speaks of PDF is none', async () => {
    const text = Buffer.from('Such files begin with %PDF-1.4 and have objects: an object, obj, and 12 0 obj too.');
    expect(await scanArchive(text)).toMatchObject({ coverage: 'complete', children: [] });
  });
});

describe('LZW', () => {
  it('as in the example of ISO 32000-1, 7.4.4.2', () => {
    const packed = Buffer.from('800b6050220c0c8501', 'hex');
    expect(unpackLzw(packed, true, 1000)).toEqual({
      bytes: Buffer.from([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]),
      whole: true,
    });
  });
});

describeWith(['qpdf', 'python3'], 'a PDF that qpdf wrote', () => {
  const written = (...options: string[]): Buffer => {
    const folder = tempFolder();
    const plain = join(folder, 'plain.pdf');
    const made = join(folder, 'made.pdf');
    writeFileSync(
      plain,
      pdf("b'<< /S /JavaScript /JS (hello) >>'").toString('latin1').replace('/Kids', '/X 10 0 R /Kids'),
    );
    writeFileSync(join(folder, 'eicar.com'), EICAR);
    try {
      execFileSync('qpdf', ['--warning-exit-0', ...options, plain, made], { cwd: folder, stdio: 'pipe' });
    } catch (error) {
      throw new Error(`qpdf: ${error instanceof Error ? error.message : ''}`);
    }
    return readFileSync(made);
  };

  it.each([
    { options: ['--object-streams=generate', '--add-attachment', 'eicar.com', '--'] },
    { options: ['--linearize', '--add-attachment', 'eicar.com', '--'] },
    { options: ['--qdf', '--add-attachment', 'eicar.com', '--'] },
  ])('with $options gives its attachment and its script', async ({ options }) => {
    const { children, coverage } = await scanArchive(written(...options));
    expect(coverage).toBe('complete');
    expect(children.find(({ name }) => name === 'eicar.com')?.bytes.equals(EICAR)).toBe(true);
    expect(children.find(({ name }) => name === 'scripts.js')?.bytes.toString()).toBe('hello\n');
  });

  it.each([
    { options: ['--encrypt', '', 'owner', '40', '--'] },
    { options: ['--encrypt', '', 'owner', '128', '--use-aes=n', '--'] },
    { options: ['--encrypt', '', 'owner', '128', '--use-aes=y', '--'] },
    { options: ['--encrypt', '', 'owner', '128', '--use-aes=y', '--cleartext-metadata', '--'] },
    { options: ['--encrypt', '', 'owner', '256', '--'] },
    { options: ['--encrypt', '', 'owner', '256', '--force-R5', '--'] },
    { options: ['--encrypt', 'infected', 'owner', '256', '--'] },
    { options: ['--encrypt', 'infected', 'owner', '128', '--use-aes=n', '--'] },
  ])('with $options is opened, with no password or one of the profile', async ({ options }) => {
    const all = ['--allow-weak-crypto', '--add-attachment', 'eicar.com', '--', ...options];
    for (const more of [[], ['--object-streams=generate']]) {
      const { children, coverage } = await scanArchive(written(...all, ...more));
      expect(coverage).toBe('complete');
      expect(children.find(({ name }) => name === 'eicar.com')?.bytes.equals(EICAR)).toBe(true);
      expect(children.find(({ name }) => name === 'scripts.js')?.bytes.toString()).toBe('hello\n');
    }
  });

  it.each(['40', '128', '256'])('with another password, of %s bits, is never clean', async (bits) => {
    const { children, coverage, found } = await scanArchive(
      written('--allow-weak-crypto', '--encrypt', 'secret', 'secret', bits, '--'),
    );
    expect([children, coverage, found]).toEqual([[], 'encrypted', ['encrypted-member:info']]);
  });

  it('with an encryption that is given twice, differently, is never clean', async () => {
    const encrypted = written('--encrypt', '', 'owner', '256', '--');
    const other = Buffer.from('99 0 obj\n<< /Filter /Standard /V 5 /R 6 /O (x) /U (x) >>\nendobj\n%%EOF\n');
    expect((await scanArchive(Buffer.concat([encrypted, other]))).coverage).toBe('encrypted');
  });
});
