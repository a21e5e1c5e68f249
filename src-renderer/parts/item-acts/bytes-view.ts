/** Bytes of a hostile file as text that shows them and does nothing else. */

const LINE = 16;

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f;

/** `00000010  58 35 4f 21 …  X5O!…`, sixteen bytes a line; `from` is where the bytes stand in the file. */
export function hexLines(bytes: Uint8Array, from: number): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += LINE) {
    const part = [...bytes.subarray(at, at + LINE)];
    const codes = part.map((byte, place) => `${place === LINE / 2 ? ' ' : ''}${hex(byte, 2)}`).join(' ');
    const signs = part.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${hex(from + at, 8)}  ${codes.padEnd(LINE * 3)}  ${signs}`);
  }
  return lines.join('\n');
}

const LEAST_STRING = 4;

interface Found {
  readonly at: number;
  readonly text: string;
}

/** Runs of printable characters, `width` bytes each, of which the first is the character and the others are 0. */
function runs(bytes: Uint8Array, width: 1 | 2): Found[] {
  const found: Found[] = [];
  let at = 0;
  while (at < bytes.length) {
    let text = '';
    let end = at;
    while (end + width <= bytes.length && isPrintable(bytes[end] ?? 0) && (width === 1 || bytes[end + 1] === 0)) {
      text += String.fromCharCode(bytes[end] ?? 0);
      end += width;
    }
    if (text.length >= LEAST_STRING) found.push({ at, text });
    at = text.length >= LEAST_STRING ? end : at + 1;
  }
  return found;
}

/** Texts of four characters and more, of one byte a character and of two (as Windows writes them), by their place. */
export function stringsOf(bytes: Uint8Array, from: number): string {
  return [...runs(bytes, 1), ...runs(bytes, 2)]
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => `${hex(from + at, 8)}  ${text}`)
    .join('\n');
}

/** As the engine escapes names, but line ends and tabs stay what they are: controls, bidi overrides, invisible characters. */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Text as UTF-8, or UTF-16 where a mark at its beginning says so; what hides or turns text is shown as an escape. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding)
    .decode(bytes)
    .replaceAll('\r\n', '\n')
    .replace(HIDDEN, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${code.toString(16)}}`;
    });
}

/** `4096`, `0x1000`; null when it is no place in a file. */
export function offsetOf(text: string): number | null {
  const trimmed = text.trim();
  if (!/^(?:0x[0-9a-f]{1,13}|\d{1,15})$/i.test(trimmed)) return null;
  return Number(trimmed);
}
