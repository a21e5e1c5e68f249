/** One field of a header: its name in lower case, and its value with folded lines joined. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

export interface Header {
  readonly fields: readonly Field[];
  /** Where the body begins. */
  readonly bodyAt: number;
  /** Lines that are no field: some readers skip them, for others the body begins there. */
  readonly strayLines: number;
  /** A CR without LF stands in it: a line end for some readers. */
  readonly hasBareReturn: boolean;
}

/** `type/subtype` in lower case, and its parameters: every value that was given for a name, in lower case. */
export interface ValueWithParameters {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, readonly string[]>;
}

/** Most bytes of a header that are looked at. */
const MOST_HEADER = 1024 * 1024;

const LINE = /(.*?)(\r?\n|$)/gs;
const LINE_OR_RETURN = /(.*?)(\r\n|\n|\r|$)/gs;

/** The header that begins at `start` (RFC 5322 2.2). Lines end with CR LF or LF, and with CR where `returnEnds`. */
export function readHeader(bytes: Buffer, start: number, returnEnds: boolean): Header {
  const text = bytes.toString('latin1', start, Math.min(bytes.length, start + MOST_HEADER));
  const fields: { name: string; value: string }[] = [];
  let strayLines = 0;
  let hasBareReturn = false;
  let at = 0;
  for (const line = returnEnds ? LINE_OR_RETURN : LINE; at < text.length; ) {
    line.lastIndex = at;
    const [whole = '', content = ''] = line.exec(text) ?? [];
    at += whole.length;
    if (content === '') break;
    hasBareReturn ||= content.includes('\r');
    const field = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(content);
    const last = fields.at(-1);
    if (/^[ \t]/.test(content) && last !== undefined) last.value += content;
    else if (field !== null) fields.push({ name: (field[1] ?? '').toLowerCase(), value: field[2] ?? '' });
    else if (!/^>?From /.test(content)) strayLines += 1;
  }
  return { fields, bodyAt: start + at, strayLines, hasBareReturn };
}

/** Every different value that a field has, in order. */
export function valuesOf({ fields }: Header, name: string): string[] {
  return [...new Set(fields.filter((field) => field.name === name).map(({ value }) => value.trim()))];
}

const PARAMETER = /;\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;\s]*)/g;

/** A value with parameters (RFC 2045 5.1), those of RFC 2231 joined and decoded. */
export function parseValue(text: string): ValueWithParameters {
  const parameters = new Map<string, string[]>();
  const parts = new Map<string, { order: number; value: string }[]>();
  for (const [, rawName = '', rawValue = ''] of withoutComments(text).matchAll(PARAMETER)) {
    const value = rawValue.startsWith('"') ? rawValue.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : rawValue;
    const extended = /^([^*]+)\*(\d*)(\*?)$/.exec(rawName.toLowerCase());
    if (extended === null) {
      add(parameters, rawName.toLowerCase(), value);
      continue;
    }
    const [, name = '', order = '', star = ''] = extended;
    const isEncoded = order === '' || star === '*';
    const list = parts.get(name) ?? [];
    parts.set(name, list);
    list.push({ order: Number(order), value: isEncoded ? decodePercent(value) : value });
  }
  for (const [name, list] of parts) {
    const joined = list.sort((one, other) => one.order - other.order).map((part) => part.value);
    add(parameters, name, joined.join(''));
  }
  return { value: (/^[^;\s]*/.exec(withoutComments(text).trim())?.[0] ?? '').toLowerCase(), parameters };
}

function add(parameters: Map<string, string[]>, name: string, value: string): void {
  const values = parameters.get(name) ?? [];
  parameters.set(name, values);
  if (!values.includes(value)) values.push(value);
}

/** Without comments in parentheses; inside of quotes they are none. */
function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\((?:[^()\\]|\\.)*\)/g, (_all, quoted: string | undefined) => quoted ?? ' ');
}

/** Bytes, one a character, as everywhere in a header. */
function decodePercent(value: string): string {
  return value
    .replace(/^[^']*'[^']*'/, '')
    .replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A name out of a header as text: plain UTF-8, and encoded words (RFC 2047), whose charset is taken as UTF-8 too. */
export function decodeName(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1')
    .toString('utf8')
    .replace(/\?=\s+=\?/g, '?==?');
  return text.replace(/=\?[^?]*\?([bq])\?([^?]*)\?=/gi, (_all, form: string, word: string) => {
    if (form.toLowerCase() === 'b') return Buffer.from(word, 'base64').toString('utf8');
    const percents = word.replaceAll('_', ' ').replaceAll('%', '=25').replaceAll('=', '%');
    return Buffer.from(decodePercent(percents), 'latin1').toString('utf8');
  });
}
