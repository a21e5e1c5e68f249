import { escapeHidden } from '../../base/display-name';
import { type Algorithm, algorithmOfDigits } from './algorithms';

export interface ListedHash {
  readonly algorithm: Algorithm;
  /** Lower-case. */
  readonly hex: string;
}

/** What one line of a list says. Lines are latin1 text: one character per byte, whatever the encoding. */
export type ParsedLine =
  | { readonly kind: 'hashes'; readonly hashes: readonly ListedHash[]; readonly label: string | null }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mistake'; readonly cause: string };

/** `<hash>  <name>` and `<hash> *<name>` as the sums programs of GNU coreutils write it; `\` first: the name is escaped. */
const SUM_LINE = /^\\?([0-9a-f]+) [ *](.+)$/i;
const HEX = /^[0-9a-f]+$/i;
const COLUMN_TITLE =
  /(?:^|[^a-z0-9])(?:md5|sha[-_ ]?1|sha[-_ ]?256|(?:file)?hash(?:es)?|checksum|digest|indicator|ioc)(?:$|[^a-z0-9])/i;
const LONG_HEX = /[0-9a-f]{16}/i;
const OTHER_HASHES: Record<number, string> = { 56: 'SHA-224', 96: 'SHA-384', 128: 'SHA-512' };
const SHOWN_CHARACTERS = 60;

/**
 * Reads one line: comment (`#`, `;`), empty, `hash`, `hash  name`, or fields (comma, semicolon, tab, bar; else spaces)
 * of which any number are hashes. `mayBeHeader`: no other line but comments came before, so titles of columns are fine.
 * Anything else is a mistake: a list that is silently cut short would let something through.
 */
export function parseLine(line: string, mayBeHeader: boolean): ParsedLine {
  const text = line.trim();
  if (text === '' || text.startsWith('#') || text.startsWith(';')) return { kind: 'nothing' };
  const sum = parseSum(text);
  if (sum !== null) return sum;
  const fields = splitFields(text);
  const hashes = hashesAmong(fields);
  if (hashes.length > 0) return { kind: 'hashes', hashes, label: labelAmong(fields) };
  if (mayBeHeader && isHeader(fields)) return { kind: 'nothing' };
  return { kind: 'mistake', cause: describeMistake(text, fields) };
}

function parseSum(text: string): ParsedLine | null {
  const match = SUM_LINE.exec(text);
  const hash = toHash(match?.[1] ?? '');
  return hash === null ? null : { kind: 'hashes', hashes: [hash], label: match?.[2]?.trim() ?? null };
}

/** Every field that is a hash; else the first word of all, for `hash a name, with a comma`. */
function hashesAmong(fields: readonly string[]): ListedHash[] {
  const hashes = fields.flatMap((field) => toHash(field) ?? []);
  return hashes.length > 0 ? hashes : [toHash(fields[0]?.split(/\s/, 1)[0] ?? '')].filter((hash) => hash !== null);
}

function toHash(field: string): ListedHash | null {
  const algorithm = HEX.test(field) ? algorithmOfDigits(field.length) : null;
  return algorithm === null ? null : { algorithm, hex: field.toLowerCase() };
}

/** Fields without their quotes and the space around them. Separators inside quotes do not separate. */
function splitFields(text: string): string[] {
  const fields = splitOutsideQuotes(text, /[,;|\t]/);
  return fields.length > 1 ? fields : splitOutsideQuotes(text, /\s/).filter((field) => field !== '');
}

function splitOutsideQuotes(text: string, separator: RegExp): string[] {
  const fields: string[] = [];
  let field = '';
  let quote = '';
  for (const character of text) {
    if (quote !== '') {
      if (character === quote) quote = '';
      else field += character;
    } else if (separator.test(character)) {
      fields.push(field.trim());
      field = '';
    } else if ((character === '"' || character === "'") && field.trim() === '') {
      quote = character;
    } else {
      field += character;
    }
  }
  fields.push(field.trim());
  return fields;
}

/** The first field that reads like a name: not a hash, a number or a date. */
function labelAmong(fields: readonly string[]): string | null {
  return fields.find((field) => /[a-z]/i.test(field) && !HEX.test(field)) ?? null;
}

/** Titles of columns: at least one says "hash" in some way, and none could be a hash that lost a digit. */
function isHeader(fields: readonly string[]): boolean {
  return fields.some((field) => COLUMN_TITLE.test(field)) && !fields.some((field) => LONG_HEX.test(field));
}

function describeMistake(text: string, fields: readonly string[]): string {
  const shown = `"${escapeHidden(text.slice(0, SHOWN_CHARACTERS))}${text.length > SHOWN_CHARACTERS ? '...' : ''}"`;
  if (text.includes('\0')) return `NUL bytes in ${shown}: the list must be plain text (UTF-8, not UTF-16)`;
  const digits = fields.find((field) => HEX.test(field) && field.length >= 16)?.length;
  if (digits === undefined) return `no MD5, SHA-1 or SHA-256 hash in ${shown}`;
  const other = OTHER_HASHES[digits];
  const what = other === undefined ? `${digits} hexadecimal digits are no hash` : `${other} hashes cannot be used`;
  return `${what} (32, 40 or 64 digits are MD5, SHA-1, SHA-256) in ${shown}`;
}
