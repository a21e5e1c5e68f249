import { crc32 } from 'node:zlib';

/** Checks of the headers that archives put before their members: each tells a real one from the same letters in a program. */

/** RAR 4's main header: type 73, and the lower half of its checksum. */
export function fitsRar4(view: Buffer): boolean {
  if (view.length < 20 || view[9] !== 0x73) return false;
  const length = view.readUInt16LE(12);
  if (length < 13 || 7 + length > view.length) return false;
  return (crc32(view.subarray(9, 7 + length)) & 0xffff) === view.readUInt16LE(7);
}

/** RAR 5's first header: its checksum, its length as a variable number. */
export function fitsRar5(view: Buffer): boolean {
  let length = 0;
  let at = 12;
  for (let shift = 0; shift < 21; shift += 7) {
    const byte = view[at] ?? 0;
    at += 1;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  if (view.length < 12 || view[7] !== 0 || length === 0 || at + length > view.length) return false;
  return crc32(view.subarray(12, at + length)) === view.readUInt32LE(8);
}

const TAR_BLOCK = 512;

/** A tar's header: the sum of its bytes (some add them with their sign), its own field as blanks (POSIX.1-1988, ustar). */
export function fitsTar(view: Buffer): boolean {
  if (view.length < TAR_BLOCK) return false;
  const stated = Number.parseInt(view.toString('latin1', 148, 156).replace(/^[ \0]+/, ''), 8);
  if (Number.isNaN(stated)) return false;
  let sum = 8 * 0x20;
  let signed = sum;
  for (let at = 0; at < TAR_BLOCK; at += 1) {
    if (at >= 148 && at < 156) continue;
    sum += view.readUInt8(at);
    signed += view.readInt8(at);
  }
  return stated === sum || stated === signed;
}

/** A name ends where its header says: its last byte, and no other, is NUL. */
function endsName(view: Buffer, from: number, length: number): boolean {
  return length > 1 && view.indexOf(0, from) === from + length - 1;
}

/** cpio, "newc" and "crc": thirteen numbers of eight hex digits, then the name. */
export function fitsCpio(view: Buffer): boolean {
  const fields = view.toString('latin1', 6, 110);
  return /^[0-9a-f]{104}$/i.test(fields) && endsName(view, 110, Number.parseInt(fields.slice(88, 96), 16));
}

/** cpio, "odc" (POSIX.1-1988): octal numbers, then the name. */
export function fitsOldCpio(view: Buffer): boolean {
  const fields = view.toString('latin1', 6, 76);
  return /^[0-7]{70}$/.test(fields) && endsName(view, 76, Number.parseInt(fields.slice(53, 59), 8));
}

/** ar: the first member's header ends as all do, and states a length. */
export function fitsAr(view: Buffer): boolean {
  return /^>\n.{48}\d+ *`\n$/s.test(view.toString('latin1', 6, 68));
}

/** LHA's headers, level 0 to 3: method, length and level; at 0 and 1 the sum of the header's bytes too. */
export function fitsLzh(view: Buffer): boolean {
  if (view.length < 26 || !/^-l(h[0-9a-dx]|z[s45])-$/.test(view.toString('latin1', 2, 7))) return false;
  const level = view.readUInt8(20);
  if (level > 1) return level === 2 ? view.readUInt16LE(0) >= 26 : level === 3 && view.readUInt16LE(0) === 4;
  const length = view.readUInt8(0);
  if (length < 20 || view.length < length + 2) return false;
  return (view.subarray(2, 2 + length).reduce((sum, byte) => sum + byte, 0) & 0xff) === view[1];
}
