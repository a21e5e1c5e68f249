import type { FileType } from '../../contract/item';
import {
  CARRIED,
  CONTAINER_TYPES,
  OPENERS,
  type OpenerChoice,
  SIGNATURES,
  type Signature,
  TAIL_BYTES,
  TAIL_SIGNATURES,
} from './container-kinds';
import { findDocument } from './documents/find-document';
import type { FileWindow } from './file-window';
import { fitsTar } from './fits-members';

/** Bytes at the start that hold every signature but those of disc images. */
const HEAD_BYTES = 2048;
const DISC_OFFSET = 0x8000;
const DISC_BYTES = 0x810;
const SECTOR_BYTES = 2048;
/** More volume descriptors than any disc has. */
const RECOGNITION_SECTORS = 64;
/** How far behind a program's code it is looked for. */
const OVERLAY_BYTES = 64 * 1024;

export interface FoundContainer {
  /** What it is, in words: "7-Zip archive". */
  readonly kind: string;
  /** Null: nobody opens it. */
  readonly opener: OpenerChoice | null;
}

/** The container, other than a zip, that a file is by its content; null when it is none. A few small reads. */
export async function findContainer(window: FileWindow, type: FileType): Promise<FoundContainer | null> {
  const head = await window.read(0, HEAD_BYTES);
  const signed = matching(SIGNATURES, head, 0);
  if (signed !== null)
    return (await isDiscToo(window, signed)) ? foundAs('disc image that begins as another container') : signed;
  const document = await findDocument(window, head, type.mime);
  if (document !== null) return foundAs(document);
  const disc = matching(SIGNATURES, await window.read(DISC_OFFSET, DISC_BYTES), DISC_OFFSET);
  if (disc !== null) return (await isUdfToo(window)) ? foundAs('disc image of both ISO 9660 and UDF') : disc;
  const typed = CONTAINER_TYPES[type.mime];
  if (typed !== undefined) return foundAs(typed);
  if (isTar(head)) return foundAs('tar archive');
  if (isLzma(head)) return foundAs('LZMA file');
  if (isBootSector(head)) return foundAs('disk image');
  const tail = matching(TAIL_SIGNATURES, await window.read(window.size - TAIL_BYTES, TAIL_BYTES), 0);
  return tail ?? (await carriedBy(window, head));
}

/** Whether a disc image lies in the same bytes: programs that look for one find that. Partition tables may share a file with it. */
async function isDiscToo(window: FileWindow, { kind }: FoundContainer): Promise<boolean> {
  if (kind.startsWith('disk image')) return false;
  return matching(SIGNATURES, await window.read(DISC_OFFSET, DISC_BYTES), DISC_OFFSET) !== null;
}

function foundAs(kind: string): FoundContainer {
  return { kind, opener: OPENERS[kind] ?? null };
}

/** First signature that lies in `part`, which begins at `from` in the file. */
function matching(signatures: readonly Signature[], part: Buffer, from: number): FoundContainer | null {
  const holds = (at: number, bytes: Buffer) =>
    at >= from &&
    at - from + bytes.length <= part.length &&
    part.compare(bytes, 0, bytes.length, at - from, at - from + bytes.length) === 0;
  for (const { kind, at, bytes, also } of signatures) {
    if (holds(at, bytes) && also.every(([place, more]) => holds(place, more))) return foundAs(kind);
  }
  return null;
}

/** Whether a disc image's volume recognition sequence names UDF too (ECMA-167, part 2, 8 and part 3, 9.1). */
async function isUdfToo(window: FileWindow): Promise<boolean> {
  const sectors = await window.read(DISC_OFFSET, RECOGNITION_SECTORS * SECTOR_BYTES);
  let isIso = false;
  let isUdf = false;
  for (let at = 1; at + 5 <= sectors.length; at += SECTOR_BYTES) {
    const id = sectors.toString('latin1', at, at + 5);
    isIso ||= id === 'CD001';
    isUdf ||= /^NSR0\d$/.test(id);
  }
  return isIso && isUdf;
}

/** A tar of the times before `ustar`. */
function isTar(head: Buffer): boolean {
  return head[0] !== 0 && fitsTar(head);
}

/**
 * An LZMA file of any parameters (lzma-specification.txt, "lzma file format"): properties below 9 * 5 * 5, a dictionary of a size
 * that packers write (2^n or 3 * 2^n), a length that is not stated or below 256 GiB, and the first byte and bit of every stream.
 */
function isLzma(head: Buffer): boolean {
  if (head.length < 18 || (head[0] ?? 0) >= 225 || head[13] !== 0 || (head[14] ?? 0) >= 0x80) return false;
  const dictionary = head.readUInt32LE(1);
  const mantissa = dictionary === 0 ? 0 : dictionary >>> (31 - Math.clz32(dictionary & -dictionary));
  if (mantissa !== 1 && mantissa !== 3 && dictionary !== 0xffffffff) return false;
  const length = head.readBigUInt64LE(5);
  return length === 0xffffffffffffffffn || length < 1n << 38n;
}

/** A boot sector: a jump, and 55 AA at its end. */
function isBootSector(head: Buffer): boolean {
  if (head.length < 512 || head.readUInt16BE(510) !== 0x55aa) return false;
  return (head[0] === 0xeb && head[2] === 0x90) || head[0] === 0xe9 || head[0] === 0xfa || head[0] === 0x33;
}

/** What an installer carries behind the code of a Windows program. */
async function carriedBy(window: FileWindow, head: Buffer): Promise<FoundContainer | null> {
  const overlay = await overlayOf(window, head);
  if (overlay === null) return null;
  const part = await window.read(overlay, OVERLAY_BYTES);
  const carried = CARRIED.find(({ bytes }) => part.includes(bytes));
  return carried === undefined ? null : foundAs(carried.kind);
}

/** Where the last section of a PE file ends ([PE format], section table); null when it is none or nothing follows. */
async function overlayOf(window: FileWindow, head: Buffer): Promise<number | null> {
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return null;
  const at = head.readUInt32LE(60);
  const header = await window.read(at, 24);
  if (header.length < 24 || header.toString('latin1', 0, 4) !== 'PE\0\0') return null;
  const sections = await window.read(at + 24 + header.readUInt16LE(20), Math.min(header.readUInt16LE(6), 96) * 40);
  let end = 0;
  for (let section = 0; section + 40 <= sections.length; section += 40) {
    end = Math.max(end, sections.readUInt32LE(section + 20) + sections.readUInt32LE(section + 16));
  }
  return end > 0 && end < window.size ? end : null;
}
