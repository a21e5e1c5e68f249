/** A decoded body. `doubt`: other readers would decode it differently, and `other` is what they see. */
export interface Decoded {
  readonly bytes: Buffer;
  readonly doubt: string | null;
  readonly other: Buffer | null;
}

const CERTAIN = { doubt: null, other: null };
const NAMES_OF_NONE = ['', '7bit', '8bit', 'binary', '7-bit', '8-bit'];

export function leavesAsItIs(encoding: string): boolean {
  return NAMES_OF_NONE.includes(encoding.trim().toLowerCase());
}

/** Undoes a Content-Transfer-Encoding (RFC 2045 6), as leniently as readers do. */
export function decodeTransfer(encoding: string, body: Buffer): Decoded {
  const name = encoding.trim().toLowerCase();
  if (leavesAsItIs(name)) return { bytes: body, ...CERTAIN };
  if (name === 'base64') return decodeBase64(body);
  if (name === 'quoted-printable') return { bytes: decodeQuoted(body), ...CERTAIN };
  if (/^(x-)?uu(e|encode|encoded)?$/.test(name)) {
    const file = uuencodedFiles(body)[0];
    return file === undefined
      ? { bytes: body, doubt: 'a part of it should be a uuencoded file, and is none', other: null }
      : { bytes: file.bytes, ...CERTAIN };
  }
  return { bytes: body, doubt: 'a part of it is encoded in an unknown way', other: decodeBase64(body).bytes };
}

/** What each byte is in base64. */
const [DATA, BLANK, PADDING, STRAY] = [0, 1, 2, 3];
const BASE64_KINDS = Uint8Array.from({ length: 256 }, (_none, byte) => {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z0-9+/]/.test(character)) return DATA;
  if (/\s/.test(character)) return BLANK;
  return character === '=' ? PADDING : STRAY;
});
/** Characters that are decoded at once: whole groups of four. */
const GROUP_BYTES = 64 * 1024;

/** Base64 with line ends. Padding inside, and characters that are none of it, end it for some readers and are skipped by others. */
export function decodeBase64(body: Buffer): Decoded {
  const decoder = new Base64Decoder(body.length);
  let other: number | null = null;
  let doubt: string | null = null;
  const suspect = (why: string) => {
    doubt ??= why;
    decoder.flush();
    other ??= decoder.length;
  };
  let padded = false;
  for (const byte of body) {
    const kind = BASE64_KINDS[byte];
    if (kind === DATA) {
      if (padded) suspect('Base64 in it goes on behind its end');
      padded = false;
      decoder.add(byte);
    } else if (kind === PADDING) {
      if (!padded) decoder.flush();
      padded = true;
    } else if (kind === STRAY) suspect('Base64 in it holds other characters');
  }
  decoder.flush();
  const bytes = decoder.bytes;
  return { bytes, doubt, other: other === null ? null : bytes.subarray(0, other) };
}

/** Decodes characters in groups; what is flushed stands for itself, as in front of padding. */
class Base64Decoder {
  length = 0;
  private readonly out: Buffer;
  private readonly group = Buffer.alloc(GROUP_BYTES);
  private filled = 0;

  constructor(characters: number) {
    this.out = Buffer.alloc(Math.ceil((characters * 3) / 4) + 3);
  }

  get bytes(): Buffer {
    return this.out.subarray(0, this.length);
  }

  add(character: number): void {
    this.group[this.filled] = character;
    this.filled += 1;
    if (this.filled === GROUP_BYTES) this.flush();
  }

  flush(): void {
    this.length += this.out.write(this.group.toString('latin1', 0, this.filled), this.length, 'base64');
    this.filled = 0;
  }
}

/** Undoes quoted-printable (RFC 2045 6.7). What is no code stays as it is. */
export function decodeQuoted(body: Buffer): Buffer {
  const out = Buffer.alloc(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte !== 0x3d) {
      out[length] = byte;
      length += 1;
      continue;
    }
    const after = body.toString('latin1', at + 1, at + 3);
    if (/^[0-9a-f]{2}$/i.test(after)) {
      out[length] = Number.parseInt(after, 16);
      length += 1;
      at += 2;
      continue;
    }
    const softBreak = /^[ \t]*(\r\n|\n|\r)/.exec(body.toString('latin1', at + 1, at + 80));
    if (softBreak === null) {
      out[length] = byte;
      length += 1;
    } else at += softBreak[0].length;
  }
  return out.subarray(0, length);
}

export interface UuFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** False: its last line is missing. */
  readonly ended: boolean;
}

/** Files that stand uuencoded in a text (POSIX uuencode). */
export function uuencodedFiles(body: Buffer): UuFile[] {
  const files: UuFile[] = [];
  for (let at = body.indexOf('begin'); at >= 0; at = body.indexOf('begin', at + 1)) {
    const begin = /^begin(-base64)? [0-7]{3,4} ([^\r\n]+)\r?\n/.exec(body.toString('latin1', at, at + 1024));
    if (begin === null || (at > 0 && body[at - 1] !== 10 && body[at - 1] !== 13)) continue;
    const read = begin[1] === undefined ? uuBody : base64Body;
    const { bytes, end, ended } = read(body, at + begin[0].length);
    files.push({ name: begin[2] ?? '', bytes, ended });
    at = end - 1;
  }
  return files;
}

/** Up to the line of equals signs that ends it. */
function base64Body(body: Buffer, start: number): { bytes: Buffer; end: number; ended: boolean } {
  const found = body.indexOf('\n====', start);
  const end = found < 0 ? body.length : found;
  return { bytes: decodeBase64(body.subarray(start, end)).bytes, end, ended: found >= 0 };
}

function uuBody(body: Buffer, start: number): { bytes: Buffer; end: number; ended: boolean } {
  const lines: Buffer[] = [];
  for (let at = start; at < body.length; ) {
    const lineEnd = body.indexOf(10, at);
    const next = lineEnd < 0 ? body.length : lineEnd + 1;
    const line = body.toString('latin1', at, Math.min(next, at + 200)).trimEnd();
    if (line === 'end') return { bytes: Buffer.concat(lines), end: next, ended: true };
    if (line.startsWith('begin ')) return { bytes: Buffer.concat(lines), end: at, ended: false };
    lines.push(uuLine(line));
    at = next;
  }
  return { bytes: Buffer.concat(lines), end: body.length, ended: false };
}

function uuLine(line: string): Buffer {
  const value = (at: number) => (line.charCodeAt(at) - 32) & 63;
  const length = line === '' ? 0 : value(0);
  const bytes = Buffer.alloc(length + 3);
  for (let group = 0; group * 3 < length; group += 1) {
    const at = 1 + group * 4;
    const four = (value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3);
    bytes.writeUIntBE(four, group * 3, 3);
  }
  return bytes.subarray(0, length);
}
