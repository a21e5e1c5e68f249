import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileType } from '../../../../src-main/contract/item';
import { findDisguises } from '../../../../src-main/probes/file-type/find-disguise';

const type = (mime: string): FileType => ({ mime, description: mime, unknown: false });
const PE = type('application/x-dosexec');
const ELF = type('application/x-sharedlib');
const SH = type('text/x-shellscript');
const LNK = type('application/x-ms-shortcut');
const MSI = type('application/x-msi');
const PDF = type('application/pdf');
const TEXT = type('text/plain');
const ZIP = type('application/zip');
const ISO = type('application/x-iso9660-image');
const UNKNOWN: FileType = { mime: 'application/octet-stream', description: '', unknown: true };

/** `name:severity` of each finding. */
function found(name: string | Uint8Array, content: FileType): string[] {
  return findDisguises(Buffer.from(name), content).map((finding) => `${finding.name}:${finding.severity}`);
}

describe('disguises are found', () => {
  it.each<[string, FileType, string]>([
    ['report.pdf', PE, 'program-under-document-name:suspicious'],
    ['photo.JPG', ELF, 'program-under-document-name:suspicious'],
    ['notes.txt', PE, 'program-under-document-name:suspicious'],
    ['letter.docx', LNK, 'program-under-document-name:suspicious'],
    ['letter.doc', MSI, 'program-under-document-name:suspicious'],
    ['photo.png', SH, 'program-under-document-name:suspicious'],
    ['invoice.pdf.exe', PE, 'double-extension:malicious'],
    ['invoice.pdf.exe', UNKNOWN, 'double-extension:suspicious'],
    ['photo.jpg.scr', TEXT, 'double-extension:suspicious'],
    ['photo.jpg        .scr', PE, 'double-extension:malicious,blanks-before-extension:malicious'],
    ['report                    .exe', PE, 'blanks-before-extension:malicious'],
    ['report.pdf\u00a0\u2800\u3000        .exe', PE, 'double-extension:malicious,blanks-before-extension:malicious'],
    ['invoice.pdf.js', TEXT, 'double-extension:suspicious'],
    ['invoice.pdf..exe', PE, 'double-extension:malicious'],
    ['invoice.pdf. . .exe', PE, 'double-extension:malicious'],
    ['invoice.pdf\ufe0f.exe', PE, 'double-extension:malicious'],
    ['invoice.pdf\u034f.exe', PE, 'double-extension:malicious'],
    ['invoice.pdf        .  .exe', PE, 'double-extension:malicious,blanks-before-extension:malicious'],
    ['invoice.pdf.exe. ', PE, 'double-extension:malicious,ending-behind-dots-or-blanks:suspicious'],
    ['invoice\u202efdp.exe', PE, 'bidi-disguised-extension:malicious'],
    ['invoice\u202efdp.scr', UNKNOWN, 'bidi-disguised-extension:malicious'],
    ['invoice\u2067fdp', ELF, 'bidi-disguised-extension:malicious'],
    ['invoice\u202egpj.zip', ZIP, 'bidi-override-in-name:suspicious'],
    ['invoice.exe\u200b', PE, 'hidden-characters-in-name:malicious'],
    ['invoice.pdf\u200b.exe', PE, 'double-extension:malicious,hidden-characters-in-name:malicious'],
    ['set\nup.exe', PE, 'hidden-characters-in-name:malicious'],
    ['photo.png', ZIP, 'archive-under-document-name:suspicious'],
    ['notes.txt', ISO, 'archive-under-document-name:suspicious'],
    ['letter.docx', ISO, 'archive-under-document-name:suspicious'],
    ['song.mp3', type('application/x-rar-compressed'), 'archive-under-document-name:suspicious'],
    ['letter.docx', type('application/x-deb'), 'program-under-document-name:suspicious'],
    ['photo.jpg', type('application/x-mswinurl'), 'program-under-document-name:suspicious'],
    ['invoice.pdf.iso', ISO, 'double-extension:suspicious'],
    ['invoice.\u0440df.exe', PE, 'double-extension:malicious'],
    ['invoice\u2024pdf.exe', PE, 'double-extension:malicious'],
    ['invoice\uff0epdf.exe', PE, 'double-extension:malicious'],
    ['invoice.\u0440df', PE, 'lookalike-ending:suspicious'],
    ['letter.d\u043e\u0441', TEXT, 'lookalike-ending:info'],
    ['setup.\u0415\u0425\u0415', PE, 'lookalike-ending:suspicious'],
    ['report\uff0e\uff45\uff58\uff45', PE, 'lookalike-ending:suspicious'],
    ['photo.jp\u0323g', ELF, 'lookalike-ending:suspicious'],
    ['setup.exe.', PE, 'ending-behind-dots-or-blanks:suspicious'],
    ['setup.exe\u00a0 .', UNKNOWN, 'ending-behind-dots-or-blanks:suspicious'],
    ['notes.txt:setup.exe', PE, 'stream-in-name:suspicious'],
    ['setup.exe:notes.txt', TEXT, 'stream-in-name:suspicious'],
    ['setup.exe::$DATA', PE, 'stream-in-name:suspicious'],
    ['report.pdf.exe::$data', PE, 'double-extension:malicious,stream-in-name:suspicious'],
    ['letter.txt.{3050F4D8-98B5-11CF-BB82-00AA00BDCE0B}', TEXT, 'class-id-as-ending:suspicious'],
    ['letter.pdf.dmg', UNKNOWN, 'double-extension:suspicious'],
    ['photo.jpg.apk', type('application/vnd.android.package-archive'), 'double-extension:malicious'],
    ['con', TEXT, 'reserved-device-name:info'],
    ['AUX.c', TEXT, 'reserved-device-name:info'],
    ['lpt1 .txt', TEXT, 'reserved-device-name:info'],
  ])('%j', (name, content, expected) => {
    expect(found(name, content).join()).toBe(expected);
  });

  it.each('scr pif com lnk url hta js jse vbs wsf iso bat cmd ps1 msi jar img'.split(' '))(
    'every ending that starts or mounts something, behind one of a document: .%s',
    (ending) => {
      for (const decoy of ['pdf', 'docx', 'xlsx', 'jpg']) {
        expect(found(`invoice.${decoy}.${ending}`, TEXT)).toEqual(['double-extension:suspicious']);
        expect(found(`invoice.${decoy}.${ending.toUpperCase()}`, PE)).toEqual(['double-extension:malicious']);
      }
    },
  );

  it('also in a name that is not UTF-8', () => {
    expect(found(Buffer.from([0xff, 0xfe, ...Buffer.from('.pdf.exe')]), PE)).toEqual(['double-extension:malicious']);
  });

  it('shows what is hidden in the evidence, and gives the tag', () => {
    const [finding] = findDisguises(Buffer.from('a\u202efdp.exe'), PE);
    expect(finding?.evidence).toContain('a\\u{202e}fdp.exe');
    expect(finding?.guidance).toEqual(['hidden-characters']);
  });
});

describe('honest files are left alone', () => {
  it.each<[string, FileType]>([
    ['setup.exe', PE],
    ['\u2764\ufe0f.exe', PE],
    ['setup..exe', PE],
    ['setup-1.2.3.exe', PE],
    ['libc.so.1.2.3', ELF],
    ['configure', SH],
    ['build.sh', SH],
    ['notes.txt', SH],
    ['archive.tar.gz', type('application/gzip')],
    ['jquery.min.js', type('text/javascript')],
    ['logo.svg.js', type('text/javascript')],
    ['README.txt.gz', type('application/gzip')],
    ['v1.2.final.docx', PDF],
    ['page.doc', type('text/html')],
    ['photo.jpg', type('image/png')],
    ['www.example.com', TEXT],
    ['pdf.exe', PE],
    ['.pdf.exe', PE],
    ['a   b.exe', PE],
    ['.profile', SH],
    ['\u200eתמונה\u200f.jpg', type('image/jpeg')],
    ['می\u200cخواهم.pdf', PDF],
    ['letter.docx', ZIP],
    ['book.epub', ZIP],
    ['picture.zip', ZIP],
    ['www.example.com.zip', ZIP],
    ['report.pdf.zip', ZIP],
    ['debian.iso', ISO],
    ['disk.raw', ISO],
    ['{3050f4d8-98b5-11cf-bb82-00aa00bdce0b}.json', TEXT],
    ['access.log.gz', type('application/gzip')],
    ['2026-01-01T10:00:00.log', TEXT],
    ['Foo::Bar.3pm', TEXT],
    ['libc6:amd64.list', TEXT],
    ['отчёт.docx', type('application/zip')],
    ['отчёт.txt', TEXT],
    ['e\u0301te\u0301.pdf', PDF],
    ['第１．２章.pdf', PDF],
    ['ρεπορτάζ.pdf', PDF],
    ['console.log', TEXT],
    ['report.pdf ', PDF],
    ['computer.txt', TEXT],
    ['com', TEXT],
    ['', UNKNOWN],
    ['...', UNKNOWN],
  ])('%j', (name, content) => {
    expect(found(name, content)).toEqual([]);
  });
});

describe('hostile names', () => {
  it.each([':', '.', ' ', ' .', ':$a', '\u202e', 'e\u0301', '\xff', '\uff0e'])(
    'made of nothing but %j are read',
    (piece) => {
      const name = Buffer.from(piece.repeat(Math.floor(0xffff / piece.length)), piece === '\xff' ? 'latin1' : 'utf8');
      expect(() => findDisguises(name, PE)).not.toThrow();
    },
  );

  it('never throw, and appear in the evidence with every hidden character escaped', () => {
    const pieces = [
      '.exe',
      '.pdf',
      ' ',
      '.',
      ':',
      '\u202e',
      '\u200b',
      '\n',
      '\u0440',
      'con',
      '$DATA',
      'a',
      '\ud83d\ude00',
    ];
    const names = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => Buffer.from(parts.join(''))),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(names, fc.constantFrom(PE, SH, ZIP, TEXT, UNKNOWN), (name, content) => {
        for (const { evidence } of findDisguises(name, content)) {
          expect(evidence).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/);
        }
      }),
    );
  });
});
