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

/**
 * Files that hold other files and that this version does not open, by the signatures of 7-Zip's and libmagic's lists.
 * PDF, pictures, HTML and the like are no containers.
 */
export const SIGNATURES: readonly Signature[] = [
  sign('7-Zip archive', '377abcaf271c'),
  sign('RAR archive', 'Rar!\x1a\x07'),
  sign('RAR archive', 'RE~^'),
  sign('gzip file', '1f8b08'),
  sign('bzip2 file', 'BZh', 0, [[4, '314159265359']]),
  sign('bzip2 file', 'BZh', 0, [[4, '177245385090']]),
  sign('XZ file', 'fd377a585a00'),
  sign('Zstandard file', '28b52ffd'),
  sign('Zstandard file', '2a4d18', 1),
  sign('LZ4 file', '04224d18'),
  sign('LZ4 file', '02214c18'),
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
  sign('OLE compound file', 'd0cf11e0a1b11ae1'),
  sign('TNEF attachment', '789f3e22'),
  sign('Outlook data file', '!BDN'),
  sign('OneNote section', 'e4525c7b8cd8a74daeb15378d02996d3'),
  sign('OneNote table of contents', 'a12fff43d9ef764c9ee210ea5722765f'),
  sign('Windows image', 'MSWIM\0\0\0'),
  sign('ISO 9660 or UDF disc image', 'CD001', 0x8001),
  sign('UDF disc image', 'BEA01', 0x8001),
  sign('disc image', 'CD001', 0x8801),
  sign('disc image', 'CDROM', 0x8009),
  sign('virtual disk', 'conectix'),
  sign('virtual disk', 'vhdxfile'),
  sign('virtual disk', 'KDMV'),
  sign('virtual disk', 'COWD'),
  sign('virtual disk', '# Disk DescriptorFile'),
  sign('virtual disk', 'QFI\xfb'),
  sign('virtual disk', '7f10dabe', 64),
  sign('sparse disk image', '3aff26ed01000000'),
  sign('disk image', 'EFI PART', 512),
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
  sign('virtual disk', 'conectix'),
];
export const TAIL_BYTES = 512;

/** Kinds that have no signature of their own, by the type that intake found (and what else it knows as a container). */
export const CONTAINER_TYPES: Readonly<Record<string, string>> = {
  'message/rfc822': 'mail message',
  'application/mbox': 'mailbox',
  'application/x-tar': 'tar archive',
  'application/x-cpio': 'cpio archive',
  'application/x-asar': 'asar archive',
  'application/x-iso9660-image': 'disc image',
  'application/x-apple-diskimage': 'Apple disk image',
  'application/x-lzma': 'LZMA file',
  'application/x-arj': 'ARJ archive',
  'application/x-lzh-compressed': 'LZH archive',
  'application/x-ace-compressed': 'ACE archive',
  'application/x-7z-compressed': '7-Zip archive',
  'application/x-rar-compressed': 'RAR archive',
  'application/gzip': 'gzip file',
  'application/x-bzip2': 'bzip2 file',
  'application/x-xz': 'XZ file',
  'application/zstd': 'Zstandard file',
  'application/x-lz4': 'LZ4 file',
  'application/lzip': 'lzip file',
  'application/x-compress': 'compress file',
  'application/vnd.ms-cab-compressed': 'cabinet',
  'application/x-unix-archive': 'ar archive',
  'application/x-deb': 'Debian package',
  'application/x-rpm': 'RPM package',
  'application/x-xar': 'xar archive',
  'application/vnd.ms-htmlhelp': 'compiled HTML help',
  'application/vnd.ms-tnef': 'TNEF attachment',
  'application/vnd.ms-outlook': 'Outlook item',
  'application/onenote': 'OneNote section',
  'application/msword': 'OLE compound file',
  'application/vnd.ms-excel': 'OLE compound file',
  'application/vnd.ms-powerpoint': 'OLE compound file',
  'application/x-msi': 'Windows installer package',
  'application/x-ole-storage': 'OLE compound file',
};

/** What self-extracting programs carry behind their code. */
export const CARRIED: readonly Signature[] = [
  sign('7-Zip archive', '377abcaf271c'),
  sign('RAR archive', 'Rar!\x1a\x07'),
  sign('cabinet', 'MSCF\0\0\0\0'),
  sign('NSIS installer', 'efbeadde4e756c6c736f6674496e7374'),
  sign('Inno Setup installer', 'zlb\x1a'),
];
