import { crc32 } from 'node:zlib';

/** RAR archives written by hand: no free program makes them. One stored file. */

const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);

/** A RAR 4 block: the lower half of a checksum, then the rest (technote.txt of RAR 4). */
function block4(type: number, flags: number, body: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.of(type), u16(flags), u16(7 + body.length), body]);
  return Buffer.concat([u16(crc32(rest) & 0xffff), rest]);
}

/** Version 4, as RAR 1.5 to 4 read it. */
export function rar4Of(name: string, content: Buffer): Buffer {
  const file = Buffer.concat([
    u32(content.length),
    u32(content.length),
    Buffer.of(3), // made on Unix
    u32(crc32(content)),
    u32(0x5a8a6000), // some day
    Buffer.of(20, 0x30), // version needed; stored
    u16(name.length),
    u32(0o100644),
    Buffer.from(name),
  ]);
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\0', 'latin1'),
    block4(0x73, 0, Buffer.alloc(6)),
    block4(0x74, 0x8000, file),
    content,
    block4(0x7b, 0x4000, Buffer.alloc(0)),
  ]);
}

/** A number of 7 bits a byte, the lowest first. */
function vint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 0x80) return Buffer.from([...bytes, left]);
    bytes.push((left & 0x7f) | 0x80);
  }
}

/** A RAR 5 header: checksum, length, and its fields (technote.txt of RAR 5, "Archive blocks"). */
function header5(fields: readonly Buffer[]): Buffer {
  const body = Buffer.concat(fields);
  const sized = Buffer.concat([vint(body.length), body]);
  return Buffer.concat([u32(crc32(sized)), sized]);
}

/** Version 5. */
export function rar5Of(name: string, content: Buffer): Buffer {
  const file = [
    vint(2),
    vint(2),
    vint(content.length),
    vint(4),
    vint(content.length),
    vint(0o100644),
    u32(crc32(content)),
  ];
  const stored = [vint(0), vint(1), vint(name.length), Buffer.from(name)];
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'),
    header5([vint(1), vint(0), vint(0)]),
    header5([...file, ...stored]),
    content,
    header5([vint(5), vint(0), vint(0)]),
  ]);
}
