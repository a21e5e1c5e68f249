import { undoEscapes } from './page-escapes';
import { decodeBase64 } from './transfer-coding';

/** Longest part of an address before its comma: the type and its parameters. */
const MOST_HEADER = 400;
const MARK = /;\s*base64\s*$/i;
/** What may stand in base64 of a page: its characters, blanks, and the beginnings of percent codes and escapes. */
const BASE64 = /[A-Za-z0-9+/=\s%&;#\\]*/y;
/** Texts that a script puts together. */
const JOINT = /[\x22\x27\x60]\s{0,80}\+\s{0,80}[\x22\x27\x60]/g;
/** A letter as a page may write it: itself, as an entity of HTML, or as an escape of a script or a style. */
function letter(character: string): string {
  const codes = [character.toLowerCase(), character.toUpperCase()].map((form) => form.charCodeAt(0));
  const hex = codes.map((code) => code.toString(16)).join('|');
  return `(?:[${character}]|&(?:amp;)?#(?:0*(?:${codes.join('|')})|x0*(?:${hex}));?|\\\\(?:x|u00|0{0,4})(?:${hex}) ?)`;
}

/** Browsers pass over these inside a scheme (WHATWG URL, "basic URL parser"). */
const GAP = '(?:[\\t\\r\\n]|&(?:Tab|NewLine);|&#(?:0*(?:9|10|13)|x0*[9ad]);)*';
const SCHEME = `${[...'data'].map(letter).join(GAP)}${GAP}(?:&(?:amp;)?colon;|${letter(':')})`;
/** What opens an address, if anything does, and its scheme. */
const START = `(?:([\\x22\\x27\\x60(=]|&(?:quot|apos|#0*3[49]);)\\s{0,80})?${SCHEME}`;

/** How quotes may be written, by the quote. */
const QUOTES = ['\\x22|&quot;|&#0*34;', '\\x27|&apos;|&#0*39;', '\\x60'].map((forms) => ({
  opens: new RegExp(`^(?:${forms})$`, 'i'),
  ends: `(?:${forms})`,
}));
/** A quote that only joins two texts of a script ends nothing, except before another address. */
const NO_JOINT = `(?!\\s{0,80}\\+\\s{0,80}[\\x22\\x27\\x60](?!\\s{0,80}${SCHEME}))`;
const END_UNQUOTED = '[\\s\\x22\\x27\\x60<>()]';
const COMMA = /,|&comma;|&#0*44;/i;

/**
 * What the `data:` addresses of a page hold (RFC 2397, read as browsers read it): in attributes, styles and scripts, with
 * or without quotes, also written in entities and escapes. Without quote, bracket or `=` in front, only what says that
 * it is base64. Empty ones are left out.
 */
export function* dataAddresses(page: string): Generator<Buffer> {
  for (const found of page.matchAll(new RegExp(START, 'gi'))) {
    const content = contentOf(page, found.index + found[0].length, found[1]);
    if (content !== null && content.length > 0) yield content;
  }
}

/** What an address holds whose scheme ends at `start`, behind this opener; null: it is none. */
function contentOf(page: string, start: number, opener: string | undefined): Buffer | null {
  const address = page.slice(start, endOf(page, start, opener));
  const comma = COMMA.exec(address.slice(0, MOST_HEADER));
  if (comma === null) return null;
  const isBase64 = MARK.test(undoEscapes(address.slice(0, comma.index)));
  if (opener === undefined && !isBase64) return null;
  const body = undoEscapes(address.slice(comma.index + comma[0].length).replace(JOINT, ''));
  return isBase64 ? decodeBase64(percentDecoded(base64Start(body))).bytes : percentDecoded(body);
}

function endOf(page: string, start: number, opener: string | undefined): number {
  const quote = QUOTES.find(({ opens }) => opens.test(opener ?? ''));
  const end = new RegExp(quote === undefined ? END_UNQUOTED : quote.ends + NO_JOINT, 'gi');
  end.lastIndex = start;
  return end.exec(page)?.index ?? page.length;
}

function base64Start(text: string): string {
  const run = new RegExp(BASE64);
  return run.exec(text)?.[0] ?? '';
}

/** Codes that are none stay as they are. Characters beyond U+00FF, from escapes, become UTF-8. */
function percentDecoded(text: string): Buffer {
  const decoded = text.replace(/%([0-9a-f]{2})/gi, (_code, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, /[^\0-\xff]/.test(decoded) ? 'utf8' : 'latin1');
}
