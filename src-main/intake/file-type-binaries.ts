import type { ReadPart } from './file-type-containers';

/** e_type of an ELF header (System V gABI) -> type, in libmagic's words. */
const ELF_TYPES: Readonly<Record<number, string>> = {
  1: 'application/x-object',
  2: 'application/x-executable',
  3: 'application/x-sharedlib',
  4: 'application/x-coredump',
};

/** Signatures at offset 0 that file-type does not know, or knows by too little. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['e4525c7b8cd8a74daeb15378d02996d3', 'application/onenote'], // [MS-ONESTORE] 2.3.1: guidFileType of .one
  ['a12fff43d9ef764c9ee210ea5722765f', 'application/onenote'], // .onetoc2
  ['4d53434600000000', 'application/vnd.ms-cab-compressed'],
  ['02214c18', 'application/x-lz4'], // legacy frame
  ['68737173', 'application/x-squashfs'],
  ['7668647866696c65', 'application/x-virtualbox-vhdx'], // [MS-VHDX] 2.2: "vhdxfile"
  ['636f6e6563746978', 'application/x-virtualbox-vhd'], // copy of the footer of a growing disk: "conectix"
  ['4b444d56', 'application/x-virtualbox-vmdk'],
  ['514649fb', 'application/x-qemu-disk'],
  ['53494d504c4520203d', 'image/fits'],
  ['59a66a95', 'image/x-sun-raster'],
  ['54544131', 'audio/x-tta'],
  ['de120495', 'application/x-gettext-translation'], // GNU gettext manual, "The Format of GNU MO Files", in both byte orders
  ['950412de', 'application/x-gettext-translation'],
];

/** The magic number of Python 3.7, whose header (PEP 552) all later ones have. */
const PYTHON_37 = 3392;

/** Bytes of the fixed part of a DOS header (MZ). */
const DOS_HEADER = 28;

/**
 * Programs, and what file-type misses. `textual`: the head is nothing but text, of whatever encoding, so that "MZ" is two letters of it.
 * Resolves with a MIME type, or null when no rule fits.
 */
export async function binaryRule(head: Buffer, textual: boolean, read: ReadPart): Promise<string | null> {
  if (head.length >= 20 && head.readUInt32BE(0) === 0x7f454c46) return elfType(head);
  if (!textual && head.length >= DOS_HEADER && head.toString('latin1', 0, 2) === 'MZ') return 'application/x-dosexec';
  if (textual && head.length >= 64 && head.toString('latin1', 0, 2) === 'MZ' && (await hasPePart(head, read))) {
    return 'application/x-dosexec';
  }
  if (head.length >= 8 && head.readUInt32BE(0) === 0xcafebabe) return fatOrClass(head);
  if (head.length >= 44 && head.readUInt32LE(0) === 1 && head.toString('latin1', 40, 44) === ' EMF') return 'image/emf'; // [MS-EMF] 2.3.4.2
  if (isPythonBytecode(head)) return 'application/x-bytecode.python';
  const start = head.toString('hex', 0, 16);
  return SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ?? null;
}

/** PEP 552: magic number, CR LF, two flags, two fields, then a marshalled code object. Older ones are left to libmagic. */
function isPythonBytecode(head: Buffer): boolean {
  if (head.length < 17 || head.readUInt16BE(2) !== 0x0d0a) return false;
  const version = head.readUInt16LE(0);
  return version >= PYTHON_37 && version < 4000 && head.readUInt32LE(4) <= 3 && (head.readUInt8(16) & 0x7f) === 0x63;
}

function elfType(head: Buffer): string {
  const type = head[5] === 2 ? head.readUInt16BE(16) : head.readUInt16LE(16);
  return ELF_TYPES[type] ?? 'application/x-elf';
}

/** Java class files and universal Mach-O share their magic; a class has a version of 45 or more where the other counts architectures. */
function fatOrClass(head: Buffer): string {
  return head.readUInt32BE(4) < 45 ? 'application/x-mach-binary' : 'application/x-java-applet';
}

async function hasPePart(head: Buffer, read: ReadPart): Promise<boolean> {
  const part = Buffer.from(await read(head.readUInt32LE(60), 4));
  return part.toString('latin1') === 'PE\0\0';
}
