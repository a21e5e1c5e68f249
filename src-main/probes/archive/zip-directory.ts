import { crc32 } from 'node:zlib';
import { nameOf } from '../../base/display-name';

const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const SIGNATURE_RECORD = 0x05054b50;
const EXTRA_ZIP64 = 0x0001;
const EXTRA_AES = 0x9901;
const EXTRA_UNICODE_PATH = 0x7075;
const METHOD_AES = 99;
const SOLIDUS = 0x2f;
const DOS_FOLDER = 0x10;
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;
const MAX32 = 0xffffffff;

/** One member as the central directory has it (APPNOTE 4.3.12). Sizes are claims: nothing is allocated by them. */
export interface ZipMember {
  readonly index: number;
  readonly name: Buffer;
  /** The name for people. */
  readonly shown: string;
  /** Offset of its local header in the file. */
  readonly offset: number;
  readonly flags: number;
  /** As stored: 99 for AES. */
  readonly storedMethod: number;
  /** Compression method, also of AES members. */
  readonly method: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly isLink: boolean;
  /** A folder by its name or its attributes. */
  readonly isFolder: boolean;
  /** The name in UTF-8 where the Unicode path field has one for exactly this name (APPNOTE 4.6.9). */
  readonly unicodeName: Buffer | null;
}

/** Flag bits of APPNOTE 4.4.4. */
export const FLAG_ENCRYPTED = 0x0001;
export const FLAG_DESCRIPTOR = 0x0008;
export const FLAG_STRONG_ENCRYPTION = 0x0040;

export interface ZipDirectory {
  readonly members: readonly ZipMember[];
  /** Why it cannot be trusted to name everything; empty when it can. */
  readonly problems: readonly string[];
}

/** Reads `directory` to its end, whatever number of entries was announced. `shift` is added to every offset. */
export function parseDirectory(directory: Buffer, shift: number, announced: number): ZipDirectory {
  const members: ZipMember[] = [];
  const problems: string[] = [];
  let at = 0;
  while (at + ENTRY_LENGTH <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE) {
    const nameEnd = at + ENTRY_LENGTH + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const end = extraEnd + directory.readUInt16LE(at + 32);
    if (end > directory.length) break;
    members.push(
      memberOf(directory.subarray(at, end), directory.subarray(nameEnd, extraEnd), { index: members.length, shift }),
    );
    at = end;
  }
  const signed = at + 6 <= directory.length && directory.readUInt32LE(at) === SIGNATURE_RECORD;
  if (at !== directory.length && !signed) problems.push('its directory cannot be read to the end');
  if (members.length !== announced) {
    problems.push(`its directory names ${members.length} members, its end record ${announced}`);
  }
  return { members, problems };
}

function memberOf(entry: Buffer, extra: Buffer, place: { index: number; shift: number }): ZipMember {
  const name = Buffer.from(entry.subarray(ENTRY_LENGTH, ENTRY_LENGTH + entry.readUInt16LE(28)));
  const storedMethod = entry.readUInt16LE(10);
  const aes = findExtra(extra, EXTRA_AES);
  const isAes = storedMethod === METHOD_AES && aes !== null && aes.length >= 7;
  const isUnix = (entry.readUInt16LE(4) >> 8) % 256 === 3;
  return {
    index: place.index,
    name,
    shown: nameOf(name).display,
    flags: entry.readUInt16LE(8),
    storedMethod,
    method: isAes ? aes.readUInt16LE(5) : storedMethod,
    crc32: entry.readUInt32LE(16),
    isFolder: name.at(-1) === SOLIDUS || (entry.readUInt32LE(38) & DOS_FOLDER) !== 0,
    unicodeName: unicodeNameOf(name, findExtra(extra, EXTRA_UNICODE_PATH)),
    isLink: isUnix && ((entry.readUInt32LE(38) >>> 16) & UNIX_TYPE) === UNIX_LINK,
    ...largeFields(entry, extra, place.shift),
  };
}

function unicodeNameOf(name: Buffer, field: Buffer | null): Buffer | null {
  if (field === null || field.length <= 5 || field[0] !== 1 || field.readUInt32LE(1) !== crc32(name)) return null;
  return Buffer.from(field.subarray(5));
}

/** Sizes and offset, from the 64-bit extra field where the entry says so (APPNOTE 4.5.3). */
function largeFields(
  entry: Buffer,
  extra: Buffer,
  shift: number,
): Pick<ZipMember, 'size' | 'compressedSize' | 'offset'> {
  const large = findExtra(extra, EXTRA_ZIP64);
  let at = 0;
  const field = (position: number): number => {
    const small = entry.readUInt32LE(position);
    if (small !== MAX32 || large === null || at + 8 > large.length) return small;
    at += 8;
    return Number(large.readBigUInt64LE(at - 8));
  };
  // the order of the extra field, not of the entry
  const size = field(24);
  const compressedSize = field(20);
  return { size, compressedSize, offset: field(42) + shift };
}

/** Data of the first extra field with this id, or null. A field that overruns the rest is none. */
export function findExtra(extra: Buffer, id: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) return null;
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return null;
}
