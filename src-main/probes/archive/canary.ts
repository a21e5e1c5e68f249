import { crc32 } from 'node:zlib';
import type { Canary } from '../probe';

const NAME = Buffer.from('../canary.txt');
const CONTENT = Buffer.from('A harmless text under a name that leads out of the archive.\n');

/** A zip of one stored member, written by hand (APPNOTE 4.3.7, 4.3.12, 4.3.16), as no packer would. */
function zipThatEscapes(): Uint8Array {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(10, 0); // version needed
  common.writeUInt32LE(0x00210000, 6); // 1980-01-01
  common.writeUInt32LE(crc32(CONTENT), 10);
  common.writeUInt32LE(CONTENT.length, 14);
  common.writeUInt32LE(CONTENT.length, 18);
  common.writeUInt16LE(NAME.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, NAME, CONTENT]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, Buffer.alloc(14), NAME]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

export const CANARY: Canary = { fileName: 'archive-canary.zip', bytes: zipThatEscapes() };
