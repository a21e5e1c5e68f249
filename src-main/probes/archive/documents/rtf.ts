import { nativeObject } from './ole-packages';
import { type DocumentParser, damaged, member, type Piece } from './pieces';

const [OPEN, CLOSE, BACKSLASH] = [0x7b, 0x7d, 0x5c];
const NO_DIGIT = 16;
/** The value of each byte as a hexadecimal digit. */
const DIGITS = Uint8Array.from({ length: 256 }, (_none, byte) => {
  const digit = String.fromCharCode(byte);
  return /[0-9a-f]/i.test(digit) ? Number.parseInt(digit, 16) : NO_DIGIT;
});
/** Groups in groups that are told apart; Word gives up far earlier. */
const MOST_DEPTH = 10_000;

/**
 * Objects in RTF (Rich Text Format 1.9.1, `\objdata`), as Word reads their digits: white space, groups and control words
 * between them mean nothing, `\bin` holds bytes as they are. What is behind the end of the text is a member too.
 */
export const rtfMembers: DocumentParser = function* (bytes) {
  const { objects, end, closed } = new RtfReader(bytes).read();
  for (const object of objects) yield* embedded(object);
  if (!closed) yield damaged('its last group is not closed');
  const rest = bytes.subarray(end);
  if (rest.some((byte) => byte !== 0 && byte !== 10 && byte !== 13 && byte !== 0x20))
    yield member('behind-the-text', rest);
};

/** An OLE 1.0 object: its class, and what it holds ([MS-OLEDS] 2.2.4, 2.2.5). As it is when it is none. */
function* embedded(object: Buffer): Generator<Piece> {
  yield member('object', object);
  if (object.length < 12) return;
  let at = 8;
  let className = '';
  for (let text = 0; text < 3; text += 1) {
    if (at + 4 > object.length) return;
    const length = object.readUInt32LE(at);
    if (text === 0) className = object.toString('latin1', at + 4, at + 4 + Math.min(length, 40)).replace(/\0.*$/s, '');
    at += 4 + length;
  }
  if (at + 4 > object.length) return;
  const native = object.subarray(at + 4, at + 4 + object.readUInt32LE(at));
  if (native.length === 0) return;
  yield member('object-data', native);
  if (className.toLowerCase() === 'package') yield* nativeObject(Buffer.concat([Buffer.alloc(4), native]));
}

class RtfReader {
  private readonly bytes: Buffer;
  private at = 0;
  private depth = 0;
  /** How deep the group of the object that is read lies; 0: none is read. */
  private objectDepth = 0;
  /** Bytes of the object that is read: never more than the text has. */
  private readonly object: Buffer;
  private length = 0;
  private high = -1;
  private readonly objects: Buffer[] = [];

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.object = Buffer.alloc(bytes.length);
  }

  read(): { objects: readonly Buffer[]; end: number; closed: boolean } {
    this.at = Math.max(0, this.bytes.indexOf('{'));
    while (this.at < this.bytes.length) {
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      if (byte === OPEN) this.depth = Math.min(this.depth + 1, MOST_DEPTH);
      else if (byte === CLOSE) this.close();
      else if (byte === BACKSLASH) this.control();
      else if (this.objectDepth > 0) this.digit(byte);
      if (this.depth === 0) break;
    }
    const closed = this.depth === 0;
    this.finish();
    return { objects: this.objects, end: this.at, closed };
  }

  private close(): void {
    if (this.objectDepth > 0 && this.depth <= this.objectDepth) this.finish();
    this.depth -= 1;
  }

  private finish(): void {
    if (this.length > 0) this.objects.push(Buffer.from(this.object.subarray(0, this.length)));
    this.length = 0;
    this.high = -1;
    this.objectDepth = 0;
  }

  private control(): void {
    const [whole = '', word = '', number = ''] =
      /^([A-Za-z]+)(-?\d{1,10})? ?/.exec(this.bytes.toString('latin1', this.at, this.at + 300)) ?? [];
    if (whole === '') {
      // \'hh inside of an object is one character for Word, and no digits
      this.at += this.bytes[this.at] === 0x27 ? 3 : 1;
      return;
    }
    this.at += whole.length;
    if (word === 'objdata') {
      this.finish();
      this.objectDepth = this.depth;
    } else if (word === 'bin') this.binary(Math.max(0, Number(number)));
  }

  private binary(length: number): void {
    const data = this.bytes.subarray(this.at, this.at + length);
    if (this.objectDepth > 0) this.length += data.copy(this.object, this.length);
    this.at += data.length;
  }

  private digit(byte: number): void {
    const value = DIGITS[byte] ?? NO_DIGIT;
    if (value === NO_DIGIT) return;
    if (this.high < 0) {
      this.high = value;
      return;
    }
    this.object[this.length] = this.high * 16 + value;
    this.length += 1;
    this.high = -1;
  }
}
