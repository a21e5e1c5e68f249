import { crc32 } from 'node:zlib';
import type { FileWindow } from './file-window';
import { type TrialBudget, trialPieces } from './trial-pieces';

const HEADER_LENGTH = 12;
const FOOTER_LENGTH = 12;
const MAGIC = Buffer.from('fd377a585a00', 'hex');

/** A stream's header (The .xz File Format 1.2.1, 2.1.1): the checksum of its flags. */
export function fitsXz(view: Buffer): boolean {
  return view.length >= HEADER_LENGTH && view.readUInt32LE(8) === crc32(view.subarray(6, 8));
}

/** The length of the streams that follow each other from `start` on, without padding; infinite when one has no end. */
export async function lengthOfXz(window: FileWindow, start: number, budget: TrialBudget): Promise<number> {
  for await (const bytes of trialPieces(window, start, budget)) {
    let end: number | null = 0;
    while (end !== null && bytes.subarray(end, end + MAGIC.length).equals(MAGIC)) end = endOfStream(bytes, end);
    const isOver = end !== null && (end + MAGIC.length <= bytes.length || start + bytes.length === window.size);
    if (end !== null && isOver) return end;
  }
  return Number.POSITIVE_INFINITY;
}

/** Where the stream at `start` ends: at a footer with its flags, and with an index that adds up to what lies between; null when there is none. */
function endOfStream(bytes: Buffer, start: number): number | null {
  const flags = bytes.subarray(start + MAGIC.length, start + MAGIC.length + 2);
  for (let at = bytes.indexOf('YZ', start); at >= 0; at = bytes.indexOf('YZ', at + 1)) {
    const footer = at + 2 - FOOTER_LENGTH;
    if (footer < start + HEADER_LENGTH || !bytes.subarray(at - 2, at).equals(flags)) continue;
    if (bytes.readUInt32LE(footer) !== crc32(bytes.subarray(footer + 4, at))) continue;
    const index = footer - (bytes.readUInt32LE(footer + 4) + 1) * 4;
    if (index - start - HEADER_LENGTH === bytesOfBlocks(bytes.subarray(Math.max(index, start), footer))) return at + 2;
  }
  return null;
}

/** Of all blocks together, by an index (4.1 to 4.3); null when it is none. */
function bytesOfBlocks(index: Buffer): number | null {
  let at = 1;
  const number = (): number => {
    let value = 0;
    for (let power = 1; ; power *= 128) {
      const byte = index[at] ?? 0;
      at += 1;
      value += (byte & 127) * power;
      if (byte < 128 || power > 2 ** 49) return value;
    }
  };
  if (index[0] !== 0) return null;
  let total = 0;
  for (let left = number(); left > 0 && at < index.length; left -= 1) {
    total += Math.ceil(number() / 4) * 4;
    number();
  }
  return total;
}
