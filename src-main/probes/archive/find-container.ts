import type { FileType } from '../../contract/item';
import { CARRIED, CONTAINER_TYPES, SIGNATURES, type Signature, TAIL_BYTES, TAIL_SIGNATURES } from './container-kinds';
import type { FileWindow } from './file-window';

/** Bytes at the start that hold every signature but those of disc images. */
const HEAD_BYTES = 2048;
const DISC_OFFSET = 0x8000;
const DISC_BYTES = 0x810;
/** How far behind a program's code an archive is looked for (a configuration text may come first). */
const OVERLAY_BYTES = 64 * 1024;

export interface FoundContainer {
  /** What it is, in words: "7-Zip archive". */
  readonly kind: string;
}

/** The container, other than a zip, that a file is by its content; null when it is none. A few small reads. */
export async function findContainer(window: FileWindow, type: FileType): Promise<FoundContainer | null> {
  const head = await window.read(0, HEAD_BYTES);
  const signed = matching(SIGNATURES, head, 0);
  if (signed !== null) return signed;
  const typed = CONTAINER_TYPES[type.mime];
  if (typed !== undefined) return { kind: typed };
  if (isTar(head)) return { kind: 'tar archive' };
  if (isBootSector(head)) return { kind: 'disk image' };
  const disc = matching(SIGNATURES, await window.read(DISC_OFFSET, DISC_BYTES), DISC_OFFSET);
  if (disc !== null) return disc;
  const tail = matching(TAIL_SIGNATURES, await window.read(window.size - TAIL_BYTES, TAIL_BYTES), 0);
  return tail ?? (await carriedBy(window, head));
}

/** First signature that lies in `part`, which begins at `from` in the file. */
function matching(signatures: readonly Signature[], part: Buffer, from: number): FoundContainer | null {
  const holds = (at: number, bytes: Buffer) =>
    at >= from &&
    at - from + bytes.length <= part.length &&
    part.compare(bytes, 0, bytes.length, at - from, at - from + bytes.length) === 0;
  for (const { kind, at, bytes, also } of signatures) {
    if (holds(at, bytes) && also.every(([place, more]) => holds(place, more))) return { kind };
  }
  return null;
}

/** A tar of the times before `ustar`: the first header's checksum fits (the sum of its bytes, its own field as blanks). */
function isTar(head: Buffer): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  const stated = Number.parseInt(head.toString('latin1', 148, 156).trim(), 8);
  let sum = 8 * 0x20;
  for (let at = 0; at < 512; at += 1) if (at < 148 || at >= 156) sum += head[at] ?? 0;
  return stated === sum;
}

/** A boot sector: a jump, and 55 AA at its end. */
function isBootSector(head: Buffer): boolean {
  if (head.length < 512 || head.readUInt16BE(510) !== 0x55aa) return false;
  return (head[0] === 0xeb && head[2] === 0x90) || head[0] === 0xe9 || head[0] === 0xfa || head[0] === 0x33;
}

/** An archive behind the code of a Windows program: a self-extractor or an installer. */
async function carriedBy(window: FileWindow, head: Buffer): Promise<FoundContainer | null> {
  const overlay = await overlayOf(window, head);
  if (overlay === null) return null;
  const part = await window.read(overlay, OVERLAY_BYTES);
  const carried = CARRIED.find(({ bytes }) => part.includes(bytes));
  return carried === undefined ? null : { kind: `program that carries a ${carried.kind}` };
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
