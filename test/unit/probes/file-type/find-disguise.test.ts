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
    ['invoice.pdf.exe. ', PE, 'double-extension:malicious'],
    ['invoice\u202efdp.exe', PE, 'bidi-disguised-extension:malicious'],
    ['invoice\u202efdp.scr', UNKNOWN, 'bidi-disguised-extension:malicious'],
    ['invoice\u2067fdp', ELF, 'bidi-disguised-extension:malicious'],
    ['invoice\u202egpj.zip', ZIP, 'bidi-override-in-name:suspicious'],
    ['invoice.exe\u200b', PE, 'hidden-characters-in-name:malicious'],
    ['invoice.pdf\u200b.exe', PE, 'double-extension:malicious,hidden-characters-in-name:malicious'],
    ['set\nup.exe', PE, 'hidden-characters-in-name:malicious'],
  ])('%j', (name, content, expected) => {
    expect(found(name, content).join()).toBe(expected);
  });

  it('also in a name that is not UTF-8', () => {
    expect(found(Buffer.from([0xff, 0xfe, ...Buffer.from('.pdf.exe')]), PE)).toEqual(['double-extension:malicious']);
  });

  it('shows what is hidden in the evidence, and gives the tag', () => {
    const [finding] = findDisguises(Buffer.from('a\u202efdp.exe'), PE);
    expect(finding?.evidence).toContain('a\\u{202e}fdp.exe');
    expect(finding?.guidance).toEqual(['disguised-file']);
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
    ['', UNKNOWN],
    ['...', UNKNOWN],
  ])('%j', (name, content) => {
    expect(found(name, content)).toEqual([]);
  });
});
