import type { FileWindow } from './file-window';
import { HEAD_BYTES } from './trial-pieces';

const BLOCK_MAGIC = '314159265359';
const LONGEST_CODE = 20;

/** A level from 1 to 9, and the number that begins a block. */
export function fitsBzip2(view: Buffer): boolean {
  const level = levelOf(view);
  return level >= 1 && level <= 9 && view.toString('hex', 4, 10) === BLOCK_MAGIC;
}

function levelOf(view: Buffer): number {
  return (view[3] ?? 0) - 0x30;
}

/**
 * Whether a bzip2 file begins at `start`: the first block's tables must be such as a packer writes, since its magic is made
 * of letters that stand in texts too. Resolves with Infinity, since it is not told where blocks end, or with null.
 */
export async function provenBzip2(window: FileWindow, start: number): Promise<number | null> {
  const head = await window.read(start, HEAD_BYTES);
  return hasTables(new Bits(head, 14 * 8), levelOf(head)) ? Number.POSITIVE_INFINITY : null;
}

/** Bits from the highest of each byte on; zeros behind the end. */
class Bits {
  private readonly bytes: Buffer;
  private at: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  take(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left -= 1) {
      value = value * 2 + (((this.bytes[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1);
      this.at += 1;
    }
    return value;
  }
}

/** What stands before a block's symbols: where its text begins, its bytes, and two to six complete prefix codes. */
function hasTables(bits: Bits, level: number): boolean {
  if (bits.take(1) !== 0 || bits.take(24) > level * 100_000) return false;
  const symbols = countBytes(bits) + 2;
  const codes = bits.take(3);
  if (symbols < 3 || codes < 2 || codes > 6) return false;
  const selectors = bits.take(15);
  for (let selector = 0; selector < selectors; selector += 1) {
    let place = 0;
    while (bits.take(1) === 1) place += 1;
    if (place >= codes) return false;
  }
  for (let code = 0; code < codes; code += 1) if (!isCode(bits, symbols)) return false;
  return selectors > 0;
}

function countBytes(bits: Bits): number {
  const ranges = bits.take(16);
  let count = 0;
  for (let range = 15; range >= 0; range -= 1) {
    for (let used = (ranges >> range) & 1 ? bits.take(16) : 0; used > 0; used &= used - 1) count += 1;
  }
  return count;
}

/** Lengths of one prefix code, each told by its difference; they must leave nothing over and share nothing. */
function isCode(bits: Bits, symbols: number): boolean {
  let length = bits.take(5);
  let left = 2 ** LONGEST_CODE;
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    while (bits.take(1) === 1) {
      length += bits.take(1) === 0 ? 1 : -1;
      if (length < 1 || length > LONGEST_CODE) return false;
    }
    if (length < 1 || length > LONGEST_CODE) return false;
    left -= 2 ** (LONGEST_CODE - length);
  }
  return left >= 0;
}
