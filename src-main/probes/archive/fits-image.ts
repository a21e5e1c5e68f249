/** Checks of disk images and file systems: fields that must fit each other, since few of them have a checksum. */

const isPower = (number: number): boolean => number > 0 && (number & (number - 1)) === 0;

/** SquashFS 4: the block size twice, as a number and as a power; the version. */
export function fitsSquash(view: Buffer): boolean {
  if (view.length < 96 || view.readUInt16LE(28) !== 4) return false;
  return view.readUInt32LE(12) === 2 ** view.readUInt16LE(22);
}

/** Of discs, in bytes. */
export const SECTOR = 2048;

/**
 * The first descriptor of a disc's volume recognition sequence, behind the sector before it: of ISO 9660 (ECMA-119, 8) with
 * the block size in both byte orders or with another behind it, or of UDF (ECMA-167, part 3, 9.1) with its standard named next.
 */
export function fitsDisc(view: Buffer): boolean {
  if (view.length < 2 * SECTOR) return false;
  const [before, id, next] = [0, 1, 2].map((sector) =>
    view.toString('latin1', sector * SECTOR + 1, sector * SECTOR + 6),
  );
  if (before === 'CD001') return false;
  if (id === 'BEA01') return /^NSR0[23]$/.test(next ?? '');
  if (next === 'CD001' || next === 'BEA01') return true;
  return view[SECTOR] === 1 && view.readUInt16LE(SECTOR + 128) === view.readUInt16BE(SECTOR + 130);
}

/** ext2 to ext4: the superblock's sizes of blocks and groups. */
export function fitsExt(view: Buffer): boolean {
  if (view.length < 84) return false;
  const inodes = view.readUInt32LE(0);
  const inodesOfGroup = view.readUInt32LE(40);
  const blocksOfGroup = view.readUInt32LE(32);
  const power = view.readUInt32LE(24);
  if (power > 6 || view.readUInt32LE(20) !== (power === 0 ? 1 : 0) || view.readUInt32LE(76) > 1) return false;
  return (
    inodesOfGroup > 0 &&
    inodes > 0 &&
    inodes % inodesOfGroup === 0 &&
    blocksOfGroup > 0 &&
    blocksOfGroup <= 8 * 1024 * 2 ** power
  );
}

/** A FAT's boot sector: a jump, and the parameters of its volume. */
export function fitsFat(view: Buffer): boolean {
  if (view.length < 512 || !((view[0] === 0xeb && view[2] === 0x90) || view[0] === 0xe9)) return false;
  const sector = view.readUInt16LE(11);
  const copies = view.readUInt8(16);
  return (
    sector >= 512 &&
    sector <= 4096 &&
    isPower(sector) &&
    isPower(view.readUInt8(13)) &&
    view.readUInt16LE(14) > 0 &&
    copies > 0 &&
    copies <= 2 &&
    view.readUInt8(21) >= 0xf0
  );
}

/** [MS-CFB] 2.2: signature, version, byte order, and the sizes of its sectors. */
export function fitsCompound(view: Buffer): boolean {
  if (
    view.length < 512 ||
    view.readUInt32BE(4) !== 0xa1b11ae1 ||
    view.readUInt16LE(28) !== 0xfffe ||
    view.readUInt16LE(32) !== 6
  )
    return false;
  return view.readUInt16LE(26) === 3 ? view.readUInt16LE(30) === 9 : view.readUInt16LE(30) === 12;
}
