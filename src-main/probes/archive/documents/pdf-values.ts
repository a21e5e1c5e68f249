/** A value of a PDF (ISO 32000-1, 7.3). Names and strings are decoded; `word`: null, true, false, and what is none. */
export type PdfValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name' | 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }
  | { readonly kind: 'reference'; readonly id: number }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | PdfDictionary;

export interface PdfDictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

const NOTHING: PdfValue = { kind: 'word', text: '' };
const MOST_DEPTH = 100;
const WHITE = '\0\t\n\f\r ';
const DELIMITERS = '()<>[]{}/%';
/** What each byte is: 0 a regular character, 1 white space, 2 a delimiter. */
const KINDS = Uint8Array.from({ length: 256 }, (_none, byte) => {
  const character = String.fromCharCode(byte);
  if (WHITE.includes(character)) return 1;
  return DELIMITERS.includes(character) ? 2 : 0;
});
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Reads values one after the other. Never throws, and always gets on: what is no value is a word. */
export class PdfReader {
  at: number;
  /** False: something read so far is wrong, and other readers may take what follows for something else. */
  isClear = true;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  value(depth = 0): PdfValue {
    this.skipWhite();
    const byte = this.bytes[this.at];
    if (byte === undefined || depth > MOST_DEPTH) return NOTHING;
    const character = String.fromCharCode(byte);
    if (character === '/') return this.name();
    if (character === '(') return this.literal();
    if (character === '[') return this.array(depth);
    if (character === '<') return this.bytes[this.at + 1] === byte ? this.dictionary(depth) : this.hex();
    if (KINDS[byte] === 2) {
      this.at += 1;
      return { kind: 'word', text: character };
    }
    return this.numberOrWord();
  }

  /** White space and comments. */
  skipWhite(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) return;
      if (byte === 0x25) while (this.at < this.bytes.length && !this.isLineEnd()) this.at += 1;
      else if (KINDS[byte] === 1) this.at += 1;
      else return;
    }
  }

  private isLineEnd(): boolean {
    return this.bytes[this.at] === 10 || this.bytes[this.at] === 13;
  }

  private regular(): string {
    const start = this.at;
    while (this.at < this.bytes.length && KINDS[this.bytes[this.at] ?? 0] === 0) this.at += 1;
    return this.bytes.toString('latin1', start, this.at);
  }

  private name(): PdfValue {
    this.at += 1;
    const text = this.regular().replace(/#([0-9a-f]{2})/gi, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return { kind: 'name', text };
  }

  private numberOrWord(): PdfValue {
    const text = this.regular();
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) return { kind: 'word', text };
    const rest = /^\d+$/.test(text)
      ? /^[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/.exec(this.ahead())
      : null;
    if (rest === null) return { kind: 'number', value: Number(text) };
    this.at += rest[0].length;
    return { kind: 'reference', id: Number(text) };
  }

  private ahead(): string {
    return this.bytes.toString('latin1', this.at, this.at + 40);
  }

  private array(depth: number): PdfValue {
    this.at += 1;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipWhite();
      if (this.isBroken()) return { kind: 'array', items };
      if (this.bytes[this.at] === 0x5d) {
        this.at += 1;
        return { kind: 'array', items };
      }
      items.push(this.value(depth + 1));
    }
  }

  private dictionary(depth: number): PdfDictionary {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipWhite();
      if (this.isBroken()) return { kind: 'dictionary', entries };
      if (this.isClosing()) {
        this.at += 2;
        return { kind: 'dictionary', entries };
      }
      const key = this.value(depth + 1);
      this.skipWhite();
      if (key.kind !== 'name') this.isClear = false;
      else if (!this.isClosing()) entries.set(key.text, this.value(depth + 1));
    }
  }

  /** `>>`, which a name without a value leaves where it is. */
  private isClosing(): boolean {
    return this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e;
  }

  /** An array or dictionary that is not closed ends with its object, or where its stream begins. */
  private isBroken(): boolean {
    const isEnd = this.at >= this.bytes.length || this.isKeyword();
    if (isEnd) this.isClear = false;
    return isEnd;
  }

  private isKeyword(): boolean {
    const byte = this.bytes[this.at];
    if (byte !== 0x65 && byte !== 0x73) return false;
    return ['endobj', 'stream'].includes(this.bytes.toString('latin1', this.at, this.at + 6));
  }

  private literal(): PdfValue {
    const out: string[] = [];
    let depth = 0;
    while (this.at < this.bytes.length) {
      const character = String.fromCharCode(this.bytes[this.at] ?? 0);
      this.at += 1;
      if (character === '\\') {
        out.push(this.escaped());
        continue;
      }
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
      if (depth === 0) break;
      out.push(character);
    }
    return { kind: 'string', bytes: Buffer.from(out.slice(1).join(''), 'latin1') };
  }

  private escaped(): string {
    const octal = /^[0-7]{1,3}/.exec(this.bytes.toString('latin1', this.at, this.at + 3))?.[0];
    if (octal !== undefined) {
      this.at += octal.length;
      return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    }
    const character = String.fromCharCode(this.bytes[this.at] ?? 0);
    this.at += 1;
    if (character === '\r' && this.bytes[this.at] === 10) this.at += 1;
    return character === '\r' || character === '\n' ? '' : (ESCAPES[character] ?? character);
  }

  private hex(): PdfValue {
    const end = this.bytes.indexOf(0x3e, this.at);
    const text = this.bytes.toString('latin1', this.at + 1, end < 0 ? this.bytes.length : end);
    const digits = text.replace(/[^0-9a-f]/gi, '');
    if (end < 0 || /[^0-9a-f\t\n\f\r ]/i.test(text)) this.isClear = false;
    this.at = end < 0 ? this.bytes.length : end + 1;
    return { kind: 'string', bytes: Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex') };
  }
}

/** The text of an entry that is a name; empty when it is none. */
export function nameIn({ entries }: PdfDictionary, ...keys: readonly string[]): string {
  const value = entryOf(entries, keys);
  return value?.kind === 'name' ? value.text : '';
}

export function numberIn({ entries }: PdfDictionary, key: string): number | null {
  const value = entries.get(key);
  return value?.kind === 'number' ? value.value : null;
}

/** An entry's values: those of an array, or the one. */
export function listIn({ entries }: PdfDictionary, ...keys: readonly string[]): readonly PdfValue[] {
  const value = entryOf(entries, keys);
  if (value === undefined) return [];
  return value.kind === 'array' ? value.items : [value];
}

function entryOf(entries: ReadonlyMap<string, PdfValue>, keys: readonly string[]): PdfValue | undefined {
  return keys.map((key) => entries.get(key)).find((value) => value !== undefined);
}
