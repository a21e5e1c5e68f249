/** What the window holds at the start ([MS-OXRTFCP] 2.1.3.1.1). */
const PRELOAD = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript ' +
    '\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par ' +
    '\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);
const WINDOW = 4096;
const HEADER = 16;
const COMPRESSED = 'LZFu';
const STORED = 'MELA';
/** A token gives at most 17 bytes, and takes two and a bit. */
const MOST_GROWTH = 9;

/** The text of a compressed RTF body, as Outlook keeps it ([MS-OXRTFCP]). Null: it is none, or damaged. */
export function unpackRtf(packed: Buffer): Buffer | null {
  if (packed.length < HEADER) return null;
  const form = packed.toString('latin1', 8, 12);
  const rawSize = packed.readUInt32LE(4);
  const body = packed.subarray(HEADER, Math.min(packed.length, packed.readUInt32LE(0) + 4));
  if (form === STORED) return body.subarray(0, rawSize);
  if (form !== COMPRESSED || rawSize > packed.length * MOST_GROWTH) return null;
  return unpackTokens(body, rawSize);
}

function unpackTokens(body: Buffer, size: number): Buffer | null {
  const window = Buffer.alloc(WINDOW, 0x20);
  PRELOAD.copy(window);
  let write = PRELOAD.length;
  const out = Buffer.alloc(size);
  let length = 0;
  const put = (byte: number) => {
    if (length < size) out[length] = byte;
    length += 1;
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  for (let at = 0; at < body.length && length <= size; ) {
    const flags = body[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < body.length; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(body[at] ?? 0);
        at += 1;
        continue;
      }
      if (at + 2 > body.length) return null;
      const token = body.readUInt16BE(at);
      at += 2;
      const from = token >> 4;
      if (from === write) return length === size ? out : null;
      for (let step = 0; step < (token & 15) + 2; step += 1) put(window[(from + step) % WINDOW] ?? 0);
    }
  }
  return length === size ? out : null;
}
