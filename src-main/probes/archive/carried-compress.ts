/** Codes that are looked at, and how few are not enough: chance breaks the rule below within some ten. */
const MOST_CODES = 200;
const LEAST_CODES = 24;
const CODE_BITS = 9;
const CLEAR = 256;

/**
 * compress: after the flags come codes of nine bits, lowest bit first, the first of which is a byte; no code is higher than
 * the one that it would add. Of less than 24 codes chance could make the rest.
 */
export function fitsCompress(view: Buffer): boolean {
  const flags = view[2] ?? 0;
  const longest = flags & 31;
  if ((flags & 0x60) !== 0 || longest < CODE_BITS || longest > 16) return false;
  const codes = Math.min(MOST_CODES, Math.floor(((view.length - 3) * 8) / CODE_BITS));
  const different = new Set<number>();
  let next = flags >= 0x80 ? CLEAR : CLEAR - 1;
  for (let index = 0; index < codes; index += 1) {
    const bit = index * CODE_BITS;
    const code = (view.readUInt16LE(3 + (bit >> 3)) >> (bit & 7)) & 511;
    if (code > next || (index === 0 && code > 255) || (flags >= 0x80 && code === CLEAR)) return false;
    different.add(code);
    next += 1;
  }
  return codes >= LEAST_CODES && different.size > codes / 8;
}
