import type { ProbeError } from '../../base/errors';
import { badReply, shown } from './bad-reply';
import type { ByteSource } from './byte-source';

/** Most bytes and lines of a head that is read; servers need a few hundred bytes. */
const MOST_BYTES = 64 * 1024;
const MOST_LINES = 500;

/** The first line and the fields of a message, of ICAP (RFC 3507 section 4.3) or of HTTP inside it. */
export interface Head {
  readonly line: string;
  /** Values by name in lower case, as latin1; the lines of a folded value are joined by `\n`. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** Reads up to the empty line. Rejects with PROBE_BAD_REPLY, ConnectionLost. */
export async function readHead(source: ByteSource): Promise<Head> {
  return parseHead(await source.through('\r\n\r\n', MOST_BYTES));
}

/**
 * Reads a head that ends with its empty line. Lines end with CR LF and nothing else; folded lines (X-Violations-Found
 * has them) belong to the value before. Throws PROBE_BAD_REPLY.
 */
export function parseHead(bytes: Buffer): Head {
  if (!bytes.subarray(-4).equals(Buffer.from('\r\n\r\n'))) throw badReply('a header without an end');
  const [line = '', ...rest] = bytes.subarray(0, -4).toString('latin1').split('\r\n');
  if (rest.length > MOST_LINES) throw badReply('more than a header can be');
  const fields = new Map<string, string[]>();
  let last: string[] | null = null;
  for (const each of [line, ...rest]) {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(each)) throw badReply(`control characters ("${shown(each)}")`);
  }
  for (const each of rest) {
    if (/^[ \t]/.test(each) && last !== null) {
      last.push(`${last.pop()}\n${each.trim()}`);
      continue;
    }
    const field = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*$/.exec(each);
    if (field === null) throw badReply(`"${shown(each)}"`);
    const name = (field[1] ?? '').toLowerCase();
    last = fields.get(name) ?? [];
    last.push(field[2] ?? '');
    fields.set(name, last);
  }
  return { line, fields };
}

/** The value of a field that may stand only once; null when it does not. Throws PROBE_BAD_REPLY when values differ. */
export function single({ fields }: Head, name: string): string | null {
  const values = new Set(fields.get(name));
  if (values.size > 1) throw badReply(`two different values of ${name}`);
  const [value] = values;
  return value ?? null;
}

/** The items of a list that may stand in several fields. */
export function listed({ fields }: Head, name: string): string[] {
  const items = (fields.get(name) ?? []).flatMap((value) => value.split(','));
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** A value that says nothing under this name. */
export function badValue(name: string, value: string): ProbeError {
  return badReply(`"${shown(value)}" as ${name}`);
}

/** A whole number that may be left out. Throws PROBE_BAD_REPLY. */
export function numbered(head: Head, name: string): number | null {
  const value = single(head, name);
  if (value === null) return null;
  if (!/^\d{1,10}$/.test(value)) throw badValue(name, value);
  return Number(value);
}

/** The status of an ICAP answer. Throws PROBE_BAD_REPLY. */
export function icapStatus({ line }: Head): number {
  const match = /^ICAP\/1\.0 ([1-5]\d\d)(?: .*)?$/.exec(line);
  if (match === null) throw badReply(`"${shown(line)}"`);
  return Number(match[1]);
}

/** The state of the service, which changes with its signatures (RFC 3507 section 4.7); null when it tells none. */
export function serviceTag(head: Head): string | null {
  const value = single(head, 'istag');
  if (value === null) return null;
  const match = /^"?([\x21\x23-\x7e]{1,128})"?$/.exec(value);
  if (match?.[1] === undefined) throw badValue('istag', value);
  return match[1];
}
