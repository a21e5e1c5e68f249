const CLEAR = 256;
const END = 257;
const FIRST = 258;
const MOST_CODES = 4096;
const MOST_BITS = 12;

/**
 * Unpacks LZW as PDF and TIFF use it (ISO 32000-1, 7.4.4.2). `early`: codes grow one step early. Stops soon after `most`
 * bytes; `whole` is false when a code makes no sense.
 */
export function unpackLzw(packed: Buffer, early: boolean, most: number): { bytes: Buffer; whole: boolean } {
  const pieces: Buffer[] = [];
  let length = 0;
  let table: Buffer[] = [];
  let previous: Buffer | null = null;
  let bits = 9;
  for (const code of codes(packed, () => bits)) {
    if (code === END) return { bytes: Buffer.concat(pieces), whole: true };
    if (code === CLEAR) {
      table = [];
      previous = null;
      bits = 9;
      continue;
    }
    const known = code < CLEAR ? Buffer.of(code) : table[code - FIRST];
    const isNext = code === FIRST + table.length && previous !== null;
    if (known === undefined && !isNext) return { bytes: Buffer.concat(pieces), whole: false };
    const piece: Buffer =
      known ?? Buffer.concat([previous ?? Buffer.alloc(0), (previous ?? Buffer.alloc(1)).subarray(0, 1)]);
    if (previous !== null && FIRST + table.length < MOST_CODES) {
      table.push(Buffer.concat([previous, piece.subarray(0, 1)]));
    }
    pieces.push(piece);
    length += piece.length;
    if (length > most) break;
    previous = piece;
    bits = Math.min(MOST_BITS, 32 - Math.clz32(FIRST + table.length + (early ? 1 : 0)));
    bits = Math.max(9, bits);
  }
  return { bytes: Buffer.concat(pieces), whole: true };
}

/** Codes of as many bits as `width` says when each is read; what is left at the end is less than one. */
function* codes(packed: Buffer, width: () => number): Generator<number> {
  let held = 0;
  let count = 0;
  for (const byte of packed) {
    held = ((held << 8) | byte) & 0xffffff;
    count += 8;
    const bits = width();
    if (count < bits) continue;
    count -= bits;
    yield (held >> count) & ((1 << bits) - 1);
  }
}
