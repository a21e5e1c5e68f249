import { z } from 'zod';
import { SinkError } from '../../base/errors';
import { Rc4 } from '../../base/rc4';

/**
 * CaRT version 1, all numbers little-endian: a 38-byte head (`CART`, int16 version, u64 reserved, 16-byte key, u64 length
 * of the header), then header JSON, zlib stream and footer JSON, each RC4 with a fresh state, then a 28-byte tail
 * (`TRAC`, u64 reserved, u64 position of the footer, u64 its length). JSON is compact with sorted keys.
 */
export const HEAD_BYTES = 38;
export const TAIL_BYTES = 28;
const VERSION = 1;
const HEAD_MAGIC = Buffer.from('CART');
const TAIL_MAGIC = Buffer.from('TRAC');
const KEY_AT = 14;
const KEY_BYTES = 16;

/** The key that the format publishes; files with it can be read by every CaRT program. */
export const DEFAULT_KEY = Buffer.from('03010401050902060301040105090206', 'hex');

/** Longest header or footer that we read: ours are below 4 KiB, and a length in a damaged file is any number. */
export const MOST_JSON_BYTES = 1024 * 1024;

export const footerSchema = z.object({
  length: z.string().regex(/^\d{1,16}$/),
  md5: z.string().regex(/^[0-9a-f]{32}$/),
  sha1: z.string().regex(/^[0-9a-f]{40}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
/** What stands behind the data: size of the plain bytes (as text, as the format has it) and their hashes. */
export type Footer = z.infer<typeof footerSchema>;

/** Facts in front of the data. Values are texts; keys are sorted when they are written. */
export type CartHeader = Readonly<Record<string, string>>;

const headerSchema = z.record(z.string(), z.unknown());

/** A stored file that is not what a CaRT file must be. */
export function damaged(why: string): SinkError {
  return new SinkError('INTEGRITY', `the CaRT file is damaged: ${why}`);
}

/** Compact JSON with sorted keys. */
export function sortedJson(record: CartHeader): string {
  return JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Head and header, ready to be written. */
export function packHead(header: CartHeader): Buffer {
  const json = new Rc4(DEFAULT_KEY).apply(Buffer.from(sortedJson(header)));
  const head = Buffer.alloc(HEAD_BYTES);
  HEAD_MAGIC.copy(head);
  head.writeInt16LE(VERSION, 4);
  DEFAULT_KEY.copy(head, KEY_AT);
  head.writeBigUInt64LE(BigInt(json.length), KEY_AT + KEY_BYTES);
  return Buffer.concat([head, json]);
}

/** Footer and tail for a footer that begins at `position`. */
export function packFooter(footer: Footer, position: number): Buffer {
  const json = new Rc4(DEFAULT_KEY).apply(Buffer.from(sortedJson(footer)));
  const tail = Buffer.alloc(TAIL_BYTES);
  TAIL_MAGIC.copy(tail);
  tail.writeBigUInt64LE(BigInt(position), 12);
  tail.writeBigUInt64LE(BigInt(json.length), 20);
  return Buffer.concat([json, tail]);
}

/** Key and header length of a head of HEAD_BYTES. Throws INTEGRITY. */
export function parseHead(head: Buffer): { key: Buffer; headerBytes: number } {
  if (head.length < HEAD_BYTES || !head.subarray(0, 4).equals(HEAD_MAGIC)) throw damaged('it does not begin with CART');
  if (head.readInt16LE(4) !== VERSION) throw damaged(`version ${head.readInt16LE(4)} is unknown`);
  if (head.readBigUInt64LE(6) !== 0n) throw damaged('its head has a reserved field that is not zero');
  const key = head.subarray(KEY_AT, KEY_AT + KEY_BYTES);
  if (key.every((byte) => byte === 0)) throw damaged('it was sealed with a private key');
  const headerBytes = head.readBigUInt64LE(KEY_AT + KEY_BYTES);
  if (headerBytes > BigInt(MOST_JSON_BYTES)) throw damaged(`its header would have ${headerBytes} bytes`);
  return { key, headerBytes: Number(headerBytes) };
}

/** Where the footer of a file of `size` bytes lies. Throws INTEGRITY. */
export function parseTail(tail: Buffer, size: number): { position: number; length: number } {
  if (tail.length < TAIL_BYTES || !tail.subarray(0, 4).equals(TAIL_MAGIC)) throw damaged('it does not end with TRAC');
  if (tail.readBigUInt64LE(4) !== 0n) throw damaged('its tail has a reserved field that is not zero');
  const position = tail.readBigUInt64LE(12);
  const length = tail.readBigUInt64LE(20);
  if (length > BigInt(MOST_JSON_BYTES) || position + length + BigInt(TAIL_BYTES) !== BigInt(size)) {
    throw damaged('its footer is not where its tail says');
  }
  return { position: Number(position), length: Number(length) };
}

function parseJson<T>(schema: z.ZodType<T>, key: Buffer, sealed: Buffer, what: string): T {
  const text = new Rc4(key).apply(sealed).toString('utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw damaged(`its ${what} cannot be read`); // the parser's words would quote key-stream noise
  }
}

/** Header facts that are texts; other programs' files may hold other values, which are left out. Throws INTEGRITY. */
export function parseHeader(key: Buffer, sealed: Buffer): CartHeader {
  if (sealed.length === 0) return {};
  const parsed = parseJson(headerSchema, key, sealed, 'header');
  return Object.fromEntries(
    Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function parseFooter(key: Buffer, sealed: Buffer): Footer {
  return parseJson(footerSchema, key, sealed, 'footer');
}
