import type { UnpackerName } from './unpacking/registry';

/**
 * Who opens a kind. `7zip`: 7-Zip, as these formats of its own list (`7zz i`), one after the other; `7zip-stream`: one
 * content without a name of its own. `child`: an unpacker of the unpacking child; where its members are not all that the
 * file is (`isAll`), it is searched for archives as any other file.
 */
export type OpenerChoice =
  | { readonly by: '7zip'; readonly formats: readonly string[] }
  | { readonly by: '7zip-stream'; readonly format: string }
  | { readonly by: 'child'; readonly unpacker: UnpackerName; readonly isAll: boolean };

const archive = (...formats: string[]): OpenerChoice => ({ by: '7zip', formats });
const stream = (format: string): OpenerChoice => ({ by: '7zip-stream', format });
const parsed = (unpacker: UnpackerName): OpenerChoice => ({ by: 'child', unpacker, isAll: true });
const searched = (unpacker: UnpackerName): OpenerChoice => ({ by: 'child', unpacker, isAll: false });

/** Documents, mails and installers alike. */
const COMPOUND = 'OLE compound file';

/** The opener of each kind. A kind that is not named here is opened by nobody, and is never clean. */
export const OPENERS: Readonly<Record<string, OpenerChoice>> = {
  '7-Zip archive': archive('7z'),
  'RAR archive': archive('Rar'),
  'RAR 5 archive': archive('Rar5'),
  'gzip file': stream('gzip'),
  'bzip2 file': stream('bzip2'),
  'XZ file': stream('xz'),
  'Zstandard file': stream('zstd'),
  'LZMA file': stream('lzma'),
  'compress file': stream('Z'),
  'LZ4 file': parsed('lz4'),
  'mail message': parsed('mail'),
  mailbox: parsed('mailbox'),
  'TNEF attachment': parsed('tnef'),
  [COMPOUND]: parsed('ole'),
  'OneNote section': parsed('oneNote'),
  'OneNote table of contents': parsed('oneNote'),
  'PDF document': searched('pdf'),
  'RTF document': searched('rtf'),
  'Windows shortcut': parsed('shortcut'),
  'page with files in it': searched('page'),
  'text with uuencoded files': searched('uuencoded'),
  'LZH archive': archive('Lzh'),
  'ARJ archive': archive('Arj'),
  'tar archive': archive('tar'),
  cabinet: archive('Cab'),
  'cpio archive': archive('Cpio'),
  'ar archive or Debian package': archive('Ar'),
  'RPM package': archive('Rpm'),
  'xar archive': archive('Xar'),
  'compiled HTML help': archive('Chm'),
  'compiled help': archive('Hxs'),
  'Windows image': archive('wim'),
  'ISO 9660 disc image': archive('Iso'),
  'UDF disc image': archive('Udf'),
  'disc image of both ISO 9660 and UDF': archive('Iso', 'Udf'),
  'Apple disk image': archive('Dmg'),
  'virtual disk (VHD)': archive('VHD'),
  'virtual disk (VHDX)': archive('VHDX'),
  'virtual disk (VMDK)': archive('VMDK'),
  'virtual disk (QCOW)': archive('QCOW'),
  'virtual disk (VDI)': archive('VDI'),
  'sparse disk image': archive('Sparse'),
  'disk image (GPT)': archive('GPT'),
  'disk image (MBR)': archive('MBR'),
  'disk image (NTFS)': archive('NTFS'),
  'disk image (FAT)': archive('FAT'),
  'disk image (ext)': archive('Ext'),
  'disk image (HFS)': archive('HFS'),
  'disk image (APFS)': archive('APFS'),
  'NSIS installer': archive('Nsis'),
  'SquashFS image': archive('SquashFS'),
  'cramfs image': archive('CramFS'),
};

/** A signature: bytes at an offset of the file, and more at others where they are too short to be told from chance. */
export interface Signature {
  readonly kind: string;
  readonly at: number;
  readonly bytes: Buffer;
  readonly also: readonly (readonly [at: number, bytes: Buffer])[];
}

/** Even runs of lower-case hex digits are bytes, anything else is text; `ascii:` in front makes digits text. */
const bytesOf = (hexOrText: string): Buffer =>
  /^([0-9a-f]{2})+$/.test(hexOrText)
    ? Buffer.from(hexOrText, 'hex')
    : Buffer.from(hexOrText.replace(/^ascii:/, ''), 'latin1');

const sign = (
  kind: string,
  hexOrText: string,
  at = 0,
  also: readonly (readonly [number, string])[] = [],
): Signature => ({
  kind,
  at,
  bytes: bytesOf(hexOrText),
  also: also.map(([place, more]) => [place, bytesOf(more)]),
});

const ISO = 'ISO 9660 disc image';

/**
 * Files that hold other files, by the signatures of 7-Zip's and libmagic's lists.
 * Documents that are told by their text (mail, PDF, RTF, pages) are found by documents/find-document.ts; pictures are no containers.
 */
export const SIGNATURES: readonly Signature[] = [
  sign('7-Zip archive', '377abcaf271c'),
  sign('RAR archive', 'Rar!\x1a\x07\0'),
  sign('RAR 5 archive', 'Rar!\x1a\x07\x01\0'),
  sign('old RAR archive', 'RE~^'),
  sign('gzip file', '1f8b08'),
  sign('bzip2 file', 'BZh', 0, [[4, '314159265359']]),
  sign('bzip2 file', 'BZh', 0, [[4, '177245385090']]),
  sign('XZ file', 'fd377a585a00'),
  sign('Zstandard file', '28b52ffd'),
  sign('Zstandard file', '2a4d18', 1),
  sign('LZ4 file', '04224d18'),
  sign('old LZ4 file', '02214c18'),
  sign('lzip file', 'LZIP'),
  sign('LZMA file', '5d0000'),
  sign('LZO file', '894c5a4f00'),
  sign('compress file', '1f9d'),
  sign('compress file', '1fa0'),
  sign('packed file', '1f1e'),
  sign('Snappy file', 'ff060000734e61507059'),
  sign('LZH archive', '-lh', 2, [[6, '-']]),
  sign('LZH archive', '-lz', 2, [[6, '-']]),
  sign('ARJ archive', '60ea', 0, [[10, '02']]),
  sign('ACE archive', '**ACE**', 7),
  sign('ZOO archive', 'dca7c4fd', 20),
  sign('StuffIt archive', 'SIT!'),
  sign('StuffIt archive', 'StuffIt'),
  sign('tar archive', 'ustar', 257),
  sign('cabinet', 'MSCF'),
  sign('InstallShield cabinet', 'ISc('),
  sign('MS compressed file', 'SZDD'),
  sign('MS compressed file', 'KWAJ'),
  sign('cpio archive', 'ascii:070701'),
  sign('cpio archive', 'ascii:070702'),
  sign('cpio archive', 'ascii:070707'),
  sign('cpio archive', 'c771'),
  sign('cpio archive', '71c7'),
  sign('ar archive or Debian package', '!<arch>\n'),
  sign('ar archive', '!<thin>\n'),
  sign('RPM package', 'edabeedb'),
  sign('xar archive', 'xar!'),
  sign('compiled HTML help', 'ITSF'),
  sign('compiled help', 'ITOLITLS'),
  sign(COMPOUND, 'd0cf11e0a1b11ae1'),
  sign('TNEF attachment', '789f3e22'),
  sign('Outlook data file', '!BDN'),
  sign('packed macros of a web page', 'ActiveMime\0\0'),
  sign('packed file of a disc image', '37e45396c9dbd607'),
  sign('encrypted file (OpenSSL)', 'Salted__'),
  sign('encrypted file (age)', 'age-encryption.org/v1\n'),
  sign('encrypted disk (LUKS)', 'LUKS\xba\xbe'),
  sign('Windows shortcut', '4c0000000114020000000000c000000000000046'),
  sign('OneNote section', 'e4525c7b8cd8a74daeb15378d02996d3'),
  sign('OneNote table of contents', 'a12fff43d9ef764c9ee210ea5722765f'),
  sign('Windows image', 'MSWIM\0\0\0'),
  sign(ISO, 'CD001', 0x8001),
  sign('UDF disc image', 'BEA01', 0x8001),
  sign(ISO, 'CD001', 0x8801),
  sign('disc image', 'CDROM', 0x8009),
  sign('disc image of raw sectors', '00ffffffffffffffffffff00'),
  sign('virtual disk (VHD)', 'conectix'),
  sign('virtual disk (VHDX)', 'vhdxfile'),
  sign('virtual disk (VMDK)', 'KDMV'),
  sign('virtual disk', 'COWD'),
  sign('virtual disk', '# Disk DescriptorFile'),
  sign('virtual disk (QCOW)', 'QFI\xfb'),
  sign('virtual disk (VDI)', '7f10dabe', 64),
  sign('sparse disk image', '3aff26ed01000000'),
  sign('disk image (GPT)', 'EFI PART', 512),
  sign('disk image (NTFS)', 'NTFS    ', 3),
  sign('disk image (exFAT)', 'EXFAT   ', 3),
  sign('disk image (FAT)', 'FAT12   ', 54),
  sign('disk image (FAT)', 'FAT16   ', 54),
  sign('disk image (FAT)', 'FAT32   ', 82),
  sign('disk image (ext)', '53ef', 0x438, [
    [0x43b, '00'],
    [0x43d, '00'],
    [0x44d, '000000'],
  ]),
  sign('disk image (HFS)', 'H+\0\x04', 1024),
  sign('disk image (APFS)', 'NXSB', 32),
  sign('SquashFS image', 'hsqs'),
  sign('SquashFS image', 'sqsh'),
  sign('cramfs image', 'Compressed ROMFS', 16),
];

/** Signatures in the last 512 bytes. `at` counts from there. */
export const TAIL_SIGNATURES: readonly Signature[] = [
  sign('Apple disk image', 'koly\0\0\0\x04'),
  sign('virtual disk (VHD)', 'conectix'),
];
export const TAIL_BYTES = 512;

/** Kinds that have no signature of their own, by the type that intake found (and what else it knows as a container). */
export const CONTAINER_TYPES: Readonly<Record<string, string>> = {
  'message/rfc822': 'mail message',
  'application/mbox': 'mailbox',
  'application/x-tar': 'tar archive',
  'application/x-cpio': 'cpio archive',
  'application/x-asar': 'asar archive',
  'application/x-iso9660-image': ISO,
  'application/x-apple-diskimage': 'Apple disk image',
  'application/x-lzma': 'LZMA file',
  'application/x-arj': 'ARJ archive',
  'application/x-lzh-compressed': 'LZH archive',
  'application/x-ace-compressed': 'ACE archive',
  'application/x-7z-compressed': '7-Zip archive',
  'application/x-rar-compressed': 'old RAR archive',
  'application/gzip': 'gzip file',
  'application/x-bzip2': 'bzip2 file',
  'application/x-xz': 'XZ file',
  'application/zstd': 'Zstandard file',
  'application/x-lz4': 'LZ4 file',
  'application/lzip': 'lzip file',
  'application/x-compress': 'compress file',
  'application/vnd.ms-cab-compressed': 'cabinet',
  'application/x-unix-archive': 'ar archive or Debian package',
  'application/x-deb': 'ar archive or Debian package',
  'application/x-rpm': 'RPM package',
  'application/x-xar': 'xar archive',
  'application/vnd.ms-htmlhelp': 'compiled HTML help',
  'application/vnd.ms-tnef': 'TNEF attachment',
  'application/vnd.ms-outlook': COMPOUND,
  'application/onenote': 'OneNote section',
  'application/msword': COMPOUND,
  'application/vnd.ms-excel': COMPOUND,
  'application/vnd.ms-powerpoint': COMPOUND,
  'application/x-msi': COMPOUND,
  'application/x-ole-storage': COMPOUND,
};

/** Installers, by what they carry behind their code. */
export const CARRIED: readonly Signature[] = [
  sign('NSIS installer', 'efbeadde4e756c6c736f6674496e7374'),
  sign('Inno Setup installer', 'zlb\x1a'),
];
