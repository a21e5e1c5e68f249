import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectType, HEAD_BYTES } from '../../../src-main/intake/file-type';
import { describeWith } from '../../support/components';
import { typeOfFile } from '../../support/formats/type-of-file';
import { tempFolder } from '../../support/temp-folder';

/** MIME type of bytes as the intake sees them: the head, and a reader for the rest. */
async function mimeOf(content: string | Uint8Array): Promise<string> {
  const bytes = Buffer.from(content);
  const read = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  return (await detectType({ head: bytes.subarray(0, HEAD_BYTES), size: bytes.length, read })).mime;
}

async function mimeOfFile(path: string): Promise<string> {
  return (await typeOfFile(path)).mime;
}

const OOXML = 'application/vnd.openxmlformats-officedocument';

/** A compound file whose directory has the given class id in its root and one stream. */
function compoundFile(rootClass: string, stream: string): Buffer {
  const file = Buffer.alloc(512 * 4);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(0x3e, 24);
  file.writeUInt16LE(3, 26);
  file.writeUInt16LE(0xfffe, 28);
  file.writeUInt16LE(9, 30);
  file.writeUInt16LE(6, 32);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  [['Root Entry', rootClass] as const, [stream, ''] as const].forEach(([name, classId], index) => {
    const at = 1024 + index * 128;
    file.write(`${name}\0`, at, 'utf16le');
    file.writeUInt16LE((name.length + 1) * 2, at + 64);
    file.write(classId, at + 80, 'hex');
  });
  return file;
}

describe('detectType', () => {
  it.each([
    ['a PDF', '%PDF-1.7\n1 0 obj\n', 'application/pdf'],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex'), 'image/jpeg'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080200000090', 'hex'), 'image/png'],
    ['gzip', gzipSync('hello'), 'application/gzip'],
    ['zlib (an object of git)', deflateSync('blob 5\0hello', { level: 1 }), 'application/zlib'],
    ['zstd', zstdCompressSync(Buffer.from('hello')), 'application/zstd'],
    ['a RAR 5 archive', Buffer.from('526172211a0701003392b5e50a01050600', 'hex'), 'application/x-rar-compressed'],
    ['an RPM', Buffer.concat([Buffer.from('edabeedb030000000001', 'hex'), Buffer.alloc(200)]), 'application/x-rpm'],
    ['a cabinet', Buffer.concat([Buffer.from('MSCF'), Buffer.alloc(60)]), 'application/vnd.ms-cab-compressed'],
    ['Python bytecode', Buffer.from('a70d0d0a0000000000b67f634a400000e3', 'hex'), 'application/x-bytecode.python'],
    ['a translation', Buffer.from('de120495000000000200000012000000', 'hex'), 'application/x-gettext-translation'],
    [
      'one of the other byte order',
      Buffer.from('950412de0000000000000002', 'hex'),
      'application/x-gettext-translation',
    ],
    ['CHM', Buffer.concat([Buffer.from('ITSF\x03\0\0\0'), Buffer.alloc(96)]), 'application/vnd.ms-htmlhelp'],
    ['OneNote', Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'), 'application/onenote'],
    ['a shortcut', Buffer.from('4c0000000114020000000000c0000000000000469b000800', 'hex'), 'application/x-ms-shortcut'],
    [
      'a Mach-O',
      Buffer.concat([Buffer.from('cffaedfe07000001', 'hex'), Buffer.alloc(24)]),
      'application/x-mach-binary',
    ],
    ['a universal Mach-O', Buffer.from('cafebabe0000000201000007', 'hex'), 'application/x-mach-binary'],
    ['a Java class', Buffer.from('cafebabe00000034001d0a0006', 'hex'), 'application/x-java-applet'],
    ['Word 97', compoundFile('', 'WordDocument'), 'application/msword'],
    ['Excel 97', compoundFile('', 'Workbook'), 'application/vnd.ms-excel'],
    ['MSI', compoundFile('84100c0000000000c000000000000046', 'x'), 'application/x-msi'],
    ['another compound file', compoundFile('', 'Anything'), 'application/x-ole-storage'],
    ['sh', '#!/bin/sh\necho hi\n', 'text/x-shellscript'],
    ['env python', '#!/usr/bin/env -S python3 -u\nprint(1)\n', 'text/x-script.python'],
    ['perl', '#! /usr/bin/perl -w\nuse strict;\n', 'text/x-perl'],
    ['php', '<?php echo 1;', 'text/x-php'],
    ['batch', '@echo off\r\ndel x\r\n', 'text/x-msdos-batch'],
    ['HTML', '<!-- x -->\n<!DOCTYPE html><html></html>', 'text/html'],
    ['XML', '<?xml version="1.0"?><a/>', 'text/xml'],
    ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['JSON', '{\n "a": [1, 2]\n}', 'application/json'],
    ['CSV', 'name,size,date\na,1,2\nb,2,3\n', 'text/csv'],
    ['mail', 'Return-Path: <a@b>\r\nReceived: from x\r\n\tby y\r\nSubject: hi\r\n\r\nbody', 'message/rfc822'],
    ['a mailbox', 'From a@b.org Sat Jan  3 01:05:34 1996\nFrom: a@b.org\nSubject: x\n\nhi\n', 'application/mbox'],
    ['prose', 'Dear John,\n\nthanks for the file.\n', 'text/plain'],
    ['UTF-16 with its mark', Buffer.from('\ufeffhello there', 'utf16le'), 'text/plain'],
    ['prose that starts with MZ', 'MZ is how every program of DOS starts, and this is none of them.', 'text/plain'],
    ['prose that starts with BM', 'BM stands for bitmap, but this is a sentence about it.', 'text/plain'],
    [
      '8-bit text that starts with MZ',
      Buffer.from('MZ \xe1\xe2\xe3 is Greek of old, and no program at all.', 'latin1'),
      'text/plain',
    ],
    ['Greek of old', Buffer.from('b8ede1f220e4e9e1e4e9eaf4f5e1eafcf220ece1f2', 'hex'), 'text/plain'],
    ['an empty file', '', 'inode/x-empty'],
  ])('knows %s', async (_title, content, mime) => {
    expect(await mimeOf(content)).toBe(mime);
  });

  it('knows programs: ELF and PE', async () => {
    const pe = Buffer.alloc(512);
    pe.write('MZ');
    pe.writeUInt32LE(128, 60);
    pe.write('PE\0\0', 128, 'latin1');
    expect(await mimeOf(pe)).toBe('application/x-dosexec');
    expect(await mimeOf(readFileSync(process.execPath).subarray(0, HEAD_BYTES))).toBe('application/x-executable');
  });

  it('calls what nothing recognises unknown', async () => {
    const bytes = Buffer.from([3, 1, 250, 9, 2, 6, 5, 3, 190, 7, 200, 1, 0, 9]);
    expect(await detectType({ head: bytes, size: bytes.length })).toMatchObject({
      mime: 'application/octet-stream',
      unknown: true,
    });
  });

  it('never throws on content', async () => {
    const heads = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc
        .tuple(
          fc.constantFrom('504b0304', 'd0cf11e0a1b11ae1', '4d5a', '7f454c46', 'ffd8ff', '25504446', '1f8b', 'cafebabe'),
          fc.uint8Array({ maxLength: 600 }),
        )
        .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'hex'), rest])),
    );
    await fc.assert(
      fc.asyncProperty(heads, fc.nat(1e6), async (head, more) => {
        const type = await detectType({ head, size: head.length + more });
        expect(type.mime).toMatch(/^[\w.+-]+\/[\w.+-]+$/);
      }),
      { numRuns: 150 },
    );
  });
});

describeWith(['7zz', 'python3'], 'detectType on archives of real programs', () => {
  it('knows what 7-Zip makes', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a.txt'), 'hello\n'.repeat(50));
    const expected = { '7z': 'application/x-7z-compressed', zip: 'application/zip', tar: 'application/x-tar' };
    for (const [kind, mime] of Object.entries({ ...expected, bz2: 'application/x-bzip2', xz: 'application/x-xz' })) {
      const archive = join(folder, `made.${kind}`);
      execFileSync('7zz', ['a', `-t${kind === 'bz2' ? 'bzip2' : kind}`, archive, join(folder, 'a.txt')]);
      expect([kind, await mimeOfFile(archive)]).toEqual([kind, mime]);
    }
  });

  it('knows what is inside a zip, however its members are ordered', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'out'));
    execFileSync('python3', ['-c', MAKE_ZIPS, join(folder, 'out')]);
    expect(await mimeOfFile(join(folder, 'out', 'a.docx'))).toBe(`${OOXML}.wordprocessingml.document`);
    expect(await mimeOfFile(join(folder, 'out', 'a.xlsx'))).toBe(`${OOXML}.spreadsheetml.sheet`);
    expect(await mimeOfFile(join(folder, 'out', 'a.odt'))).toBe('application/vnd.oasis.opendocument.text');
    expect(await mimeOfFile(join(folder, 'out', 'a.jar'))).toBe('application/java-archive');
  });
});

const MAKE_ZIPS = `
import os, sys, zipfile
def make(name, *members):
    with zipfile.ZipFile(os.path.join(sys.argv[1], name), 'w') as z:
        for member, content in members: z.writestr(member, content)
make('a.docx', ('word/media/big.bin', b'x' * 20000), ('word/document.xml', '<x/>'), ('[Content_Types].xml', '<Types/>'))
make('a.xlsx', ('xl/workbook.xml', '<x/>'), ('[Content_Types].xml', '<Types/>'))
make('a.odt', ('mimetype', 'application/vnd.oasis.opendocument.text'), ('content.xml', '<x/>'))
make('a.jar', ('big', b'x' * 20000), ('META-INF/MANIFEST.MF', 'Manifest-Version: 1.0'))
`;
