import type { FileWindow } from './file-window';

/** The longest beginning of a header that is needed: level 3 states its length there. */
const HEAD_BYTES = 32;
const SHORTEST_HEADER = 22;

/** Headers of members that follow each other, and the byte behind the last member (and behind the zero that ends an archive). */
export interface LzhEnd {
  readonly members: number;
  readonly end: number;
}

/**
 * Follows the LZH archive at `start` from header to header (LHA's headers, level 0 to 3), since 7-Zip does not tell where it ends.
 * Null when a header leads nowhere, or when there are more than `most`.
 */
export async function findLzhEnd(window: FileWindow, start: number, most: number): Promise<LzhEnd | null> {
  let at = start;
  for (let members = 0; members <= most; members += 1) {
    const head = await window.read(at, HEAD_BYTES);
    if (head.length === 0 && members > 0) return { members, end: at };
    if (head[0] === 0 && members > 0) return { members, end: at + 1 };
    const length = lengthOf(head);
    if (length === null || at + length > window.size) return null;
    at += length;
  }
  return null;
}

/** Of a header and the packed bytes behind it. */
function lengthOf(head: Buffer): number | null {
  if (head.length < SHORTEST_HEADER || !/^-l.{2}-$/s.test(head.toString('latin1', 2, 7))) return null;
  const packed = head.readUInt32LE(7);
  const level = head.readUInt8(20);
  // at level 1 the packed bytes are counted together with the headers that follow the first
  if (level <= 1) return head.readUInt8(0) + 2 + packed;
  if (level === 2) return head.readUInt16LE(0) + packed;
  return level === 3 && head.length >= 28 ? head.readUInt32LE(24) + packed : null;
}
