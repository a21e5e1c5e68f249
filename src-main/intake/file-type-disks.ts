import type { ReadPart } from './file-type-containers';

/** Where the descriptors of an optical disc begin (ECMA-119 6.2.1, ECMA-167 2/8.3): after 16 sectors that hold anything. */
const DISC_DESCRIPTOR = 32768;
const FOOTER = 512;

/** Standard identifiers of the first descriptor -> type. */
const DISCS: Readonly<Record<string, string>> = {
  CD001: 'application/x-iso9660-image',
  BEA01: 'application/x-udf-image',
};

/** Images of disks, which a head does not tell: an optical disc, a virtual disk or Apple's by their footer, FAT. Null for none. */
export async function diskRule(head: Buffer, size: number, read: ReadPart): Promise<string | null> {
  if (size > DISC_DESCRIPTOR) {
    const disc = DISCS[await latin1(read, DISC_DESCRIPTOR + 1, 5)];
    if (disc !== undefined) return disc;
  }
  if (size >= 2 * FOOTER) {
    const footer = await latin1(read, size - FOOTER, 12);
    if (footer.startsWith('conectix')) return 'application/x-virtualbox-vhd';
    if (footer.startsWith('koly\0\0\0\x04\0\0\x02\0')) return 'application/x-apple-diskimage';
  }
  return isFat(head) ? 'application/x-raw-disk-image' : null;
}

async function latin1(read: ReadPart, offset: number, length: number): Promise<string> {
  return Buffer.from(await read(offset, length)).toString('latin1');
}

/** A boot sector with its jump, its mark and the name of the file system (Microsoft's FAT specification, section 3). */
function isFat(head: Buffer): boolean {
  if (head.length < 512 || head.readUInt16BE(510) !== 0x55aa || (head[0] !== 0xeb && head[0] !== 0xe9)) return false;
  return head.toString('latin1', 54, 57) === 'FAT' || head.toString('latin1', 82, 85) === 'FAT';
}
