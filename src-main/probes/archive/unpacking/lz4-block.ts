/** What a match may reach back to. */
export const LZ4_WINDOW = 64 * 1024;
const LEAST_MATCH = 4;

/**
 * Unpacks one block into `out` from `start` on; matches reach back over what stands before it. Returns where it ended.
 * Throws on a block that reads or writes out of bounds. Source: LZ4 Block Format Description.
 */
export function unpackBlock(block: Buffer, out: Buffer, start: number): number {
  let at = 0;
  let end = start;
  const lengthOf = (nibble: number): number => {
    if (nibble < 15) return nibble;
    let length = nibble;
    for (;;) {
      const more = block[at];
      if (more === undefined) throw new Error('a length is cut off');
      at += 1;
      length += more;
      if (more < 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at] ?? 0;
    at += 1;
    const literals = lengthOf(token >> 4);
    if (at + literals > block.length || end + literals > out.length) throw new Error('a block is damaged');
    block.copy(out, end, at, at + literals);
    at += literals;
    end += literals;
    if (at === block.length) return end; // the last sequence has no match
    if (at + 2 > block.length) throw new Error('a block is cut off');
    const distance = block.readUInt16LE(at);
    at += 2;
    const length = lengthOf(token & 15) + LEAST_MATCH;
    if (distance === 0 || distance > end || end + length > out.length) throw new Error('a block is damaged');
    copyMatch(out, end, distance, length);
    end += length;
  }
  throw new Error('a block has no end');
}

/** A match may overlap what it makes: then it repeats the last `distance` bytes. */
function copyMatch(out: Buffer, end: number, distance: number, length: number): void {
  for (let done = 0; done < length; ) {
    const part = Math.min(length - done, distance + done);
    out.copy(out, end + done, end - distance, end - distance + part);
    done += part;
  }
}
