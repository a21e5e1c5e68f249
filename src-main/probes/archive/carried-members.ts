import type { FileWindow } from './file-window';
import { fitsCpio, fitsOldCpio, fitsTar } from './fits-members';
import { findLzhEnd } from './lzh-end';

/** Archives with more members count as ones without an end. */
const MOST_MEMBERS = 20_000;
const HEAD_BYTES = 1024;
const TAR_BLOCK = 512;
const LAST_CPIO = 'TRAILER!!!';

/** A member's header and content, and whether it is the mark that ends the archive; null when no member begins there. */
type Step = (head: Buffer) => { readonly length: number; readonly isLast: boolean } | null;

/** Follows members from header to header; infinite when that leads nowhere. The end of what there is counts as one. */
function lengthBy(step: Step): (window: FileWindow, start: number) => Promise<number> {
  return async (window, start) => {
    let at = start;
    for (let members = 0; members < MOST_MEMBERS; members += 1) {
      if (at === window.size) return at - start;
      const found = step(await window.read(at, HEAD_BYTES));
      if (found === null) break;
      at += found.length;
      if (found.isLast) return at - start;
    }
    return Number.POSITIVE_INFINITY;
  };
}

const rounded = (length: number, to: number): number => Math.ceil(length / to) * to;

/** A tar ends with a block of zeros. Lengths are octal, or base 256 where the first bit says so (GNU). */
export const lengthOfTar = lengthBy((head) => {
  const block = head.subarray(0, TAR_BLOCK);
  if (block.length === TAR_BLOCK && block.every((byte) => byte === 0)) return { length: TAR_BLOCK, isLast: true };
  if (!fitsTar(head)) return null;
  const size =
    head.readUInt8(124) >= 0x80
      ? head.readUIntBE(130, 6)
      : Number.parseInt(`0${head.toString('latin1', 124, 136).trim()}`, 8);
  return { length: TAR_BLOCK + rounded(size, TAR_BLOCK), isLast: false };
});

/** cpio, "newc" and "crc": name and content each begin at a multiple of four. */
export const lengthOfCpio = lengthBy((head) => {
  if (!/^07070[12]$/.test(head.toString('latin1', 0, 6)) || !fitsCpio(head)) return null;
  const field = (at: number) => Number.parseInt(head.toString('latin1', at, at + 8), 16);
  const isLast = head.toString('latin1', 110, 110 + LAST_CPIO.length) === LAST_CPIO;
  return { length: rounded(110 + field(94), 4) + rounded(field(54), 4), isLast };
});

/** cpio, "odc". */
export const lengthOfOldCpio = lengthBy((head) => {
  if (head.toString('latin1', 0, 6) !== '070707' || !fitsOldCpio(head)) return null;
  const field = (from: number, to: number) => Number.parseInt(head.toString('latin1', from, to), 8);
  const isLast = head.toString('latin1', 76, 76 + LAST_CPIO.length) === LAST_CPIO;
  return { length: 76 + field(59, 65) + field(65, 76), isLast };
});

/** An LZH archive, by its own headers. */
export async function lengthOfLzh(window: FileWindow, start: number): Promise<number> {
  const found = await findLzhEnd(window, start, MOST_MEMBERS);
  return found === null ? Number.POSITIVE_INFINITY : found.end - start;
}
