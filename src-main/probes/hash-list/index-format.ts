import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ALGORITHMS, type Algorithm, HASH_BYTES } from './algorithms';

/**
 * The index of one list, our own format, little-endian:
 *
 *   8 bytes   MAGIC
 *   sections  one per algorithm, each
 *     records   sorted by hash, no hash twice: hash | u48 offset of its line | u32 line number
 *     table     2^bits + 1 x u32; entry p = number of records whose first `bits` bits are below p
 *   footer    JSON (indexFooterSchema)
 *   44 bytes  u32 length of the footer | SHA-256 of everything before this hash | MAGIC
 */
export const MAGIC = Buffer.from('DGHASH01', 'latin1');
export const TRAILER_BYTES = 4 + 32 + MAGIC.length;
export const MOST_FOOTER_BYTES = 64 * 1024;
const OFFSET_BYTES = 6;
const LINE_BYTES = 4;
const RECORDS_PER_ENTRY = 32;
const LEAST_BITS = 8;
const MOST_BITS = 20;

export function recordBytes(algorithm: Algorithm): number {
  return HASH_BYTES[algorithm] + OFFSET_BYTES + LINE_BYTES;
}

const count = z.number().int().nonnegative();
export const sectionSchema = z.object({
  algorithm: z.enum(ALGORITHMS),
  /** Where the records begin in the file, and how many there are. */
  start: count,
  records: count,
  /** Where the table begins, and how many leading bits of a hash select its entry. */
  table: count,
  bits: z.number().int().min(LEAST_BITS).max(MOST_BITS),
});
export type Section = z.infer<typeof sectionSchema>;

export const indexFooterSchema = z.object({
  format: z.literal(1),
  /** Which list, in which state: base64 of its path, size in bytes, mtime in nanoseconds, SHA-256 of its content. */
  list: z.object({ path: z.string(), size: z.string(), mtimeNs: z.string(), sha256: z.string() }),
  sections: z.array(sectionSchema),
});
export type IndexFooter = z.infer<typeof indexFooterSchema>;
export type ListState = IndexFooter['list'];

/** Bits of a table with about RECORDS_PER_ENTRY records per entry: at most 4 MiB in memory, and reads of a page or two. */
export function tableBits(records: number): number {
  const wanted = Math.ceil(Math.log2(Math.max(1, records / RECORDS_PER_ENTRY)));
  return Math.min(MOST_BITS, Math.max(LEAST_BITS, wanted));
}

/** The entry of a table that a hash falls into: its first `bits` bits. */
export function tableEntry(firstFourBytes: number, bits: number): number {
  return firstFourBytes >>> (32 - bits);
}

/** Bytes that precede the line number in a record hold the offset; both are written and read here alone. */
export function writeRecord(
  target: Buffer,
  at: number,
  algorithm: Algorithm,
  hash: Buffer,
  offset: number,
  line: number,
): void {
  const width = HASH_BYTES[algorithm];
  hash.copy(target, at, 0, width);
  target.writeUIntLE(offset, at + width, OFFSET_BYTES);
  target.writeUInt32LE(line, at + width + OFFSET_BYTES);
}

export interface ListedAt {
  /** Byte offset of the line in the list. */
  readonly offset: number;
  /** From 1; 0 = the built-in entry. */
  readonly line: number;
}

export function readPlace(source: Buffer, at: number, algorithm: Algorithm): ListedAt {
  const width = HASH_BYTES[algorithm];
  return { offset: source.readUIntLE(at + width, OFFSET_BYTES), line: source.readUInt32LE(at + width + OFFSET_BYTES) };
}

/** Beginning of the file names of all indexes of the list at `path`. */
export function indexNamePrefix(path: string): string {
  return `${createHash('sha256').update(path).digest('hex').slice(0, 20)}-`;
}

/** File name of the index of a list in one state; its content is checked besides, see `indexFooterSchema`. */
export function indexName(path: string, size: bigint, mtimeNs: bigint): string {
  const state = createHash('sha256').update(`${size} ${mtimeNs}`).digest('hex').slice(0, 12);
  return `${indexNamePrefix(path)}${state}.index`;
}
