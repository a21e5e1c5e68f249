import { type DocumentParser, damaged, member } from './pieces';

const HEADER_BYTES = 76;
const HAS_ID_LIST = 1;
const HAS_LINK_INFO = 2;
const IS_UNICODE = 0x80;
/** The texts in the order in which they follow, and the flag of each ([MS-SHLLINK] 2.4). */
const TEXTS = [
  ['name', 4],
  ['relative path', 8],
  ['working folder', 0x10],
  ['arguments', 0x20],
  ['icon', 0x40],
] as const;
/** Blocks of extra data that hold a text in both forms: the target with variables, and the icon's. */
const BLOCKS: Readonly<Record<number, string>> = { 2684354561: 'target', 2684354567: 'icon target' };
const BLOCK_UNICODE_AT = 268;

/** The texts of a Windows shortcut as one text, and whatever follows its end ([MS-SHLLINK]). */
export const shortcutMembers: DocumentParser = function* (bytes) {
  const lines: string[] = [];
  const end = readTexts(bytes, lines);
  yield member('shortcut.txt', Buffer.from(`${lines.join('\n')}\n`));
  if (end === null) yield damaged('it is cut off');
  else if (end < bytes.length) yield member('behind-the-shortcut', bytes.subarray(end));
};

/** Where the shortcut ends; null: before its own end. */
function readTexts(bytes: Buffer, lines: string[]): number | null {
  if (bytes.length < HEADER_BYTES) return null;
  const flags = bytes.readUInt32LE(20);
  let at = HEADER_BYTES;
  if ((flags & HAS_ID_LIST) !== 0) {
    if (at + 2 > bytes.length) return null;
    lines.push(...longTexts(bytes.subarray(at + 2, at + 2 + bytes.readUInt16LE(at))));
    at += 2 + bytes.readUInt16LE(at);
  }
  if ((flags & HAS_LINK_INFO) !== 0) {
    if (at + 4 > bytes.length) return null;
    lines.push(...longTexts(bytes.subarray(at, at + bytes.readUInt32LE(at))));
    at += Math.max(4, bytes.readUInt32LE(at));
  }
  for (const [name, flag] of TEXTS) {
    if ((flags & flag) === 0) continue;
    if (at + 2 > bytes.length) return null;
    const length = bytes.readUInt16LE(at) * ((flags & IS_UNICODE) === 0 ? 1 : 2);
    const text = bytes.subarray(at + 2, at + 2 + length);
    if (text.length < length) return null;
    lines.push(`${name}: ${text.toString((flags & IS_UNICODE) === 0 ? 'latin1' : 'utf16le')}`);
    at += 2 + length;
  }
  return readBlocks(bytes, at, lines);
}

/** Extra data: blocks that begin with their length, to one of less than four. */
function readBlocks(bytes: Buffer, start: number, lines: string[]): number | null {
  let at = start;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    if (length < 4) return at + 4;
    const block = bytes.subarray(at, at + length);
    if (block.length < length) return null;
    const name = length >= 8 ? BLOCKS[block.readUInt32LE(4)] : undefined;
    if (name !== undefined) lines.push(`${name}: ${block.toString('utf16le', BLOCK_UNICODE_AT).replace(/\0.*$/s, '')}`);
    at += length;
  }
  return at === bytes.length ? at : null;
}

/** Texts of four characters and more, of one byte each or two. */
function longTexts(bytes: Buffer): string[] {
  const narrow = bytes.toString('latin1').match(/[\x20-\x7e]{4,}/g) ?? [];
  const wide = bytes.toString('latin1').match(/(?:[\x20-\x7e]\0){4,}/g) ?? [];
  return [...narrow, ...wide.map((text) => text.replaceAll('\0', ''))];
}
