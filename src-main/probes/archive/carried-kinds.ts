import { crc32 } from 'node:zlib';
import { fitsBzip2, provenBzip2 } from './carried-bzip2';
import { fitsCompress } from './carried-compress';
import { lengthOfCpio, lengthOfLzh, lengthOfOldCpio, lengthOfTar } from './carried-members';
import { fitsXz, lengthOfXz } from './carried-xz';
import { fitsZipMember, lengthOfZip } from './carried-zip';
import type { FileWindow } from './file-window';
import { fitsCompound, fitsDisc, fitsExt, fitsFat, fitsSquash, SECTOR } from './fits-image';
import { fitsAr, fitsCpio, fitsLzh, fitsOldCpio, fitsRar4, fitsRar5, fitsTar } from './fits-members';
import type { TrialBudget } from './trial-pieces';
import { provenGzip, provenZstd } from './trial-unpack';
import { XxHash32 } from './unpacking/xxhash32';

/** Bytes behind a sign that its check may look at. */
export const VIEW_BYTES = 8 * 1024;

/** The beginning of an archive that programs open wherever it lies in a file. */
export interface CarriedKind {
  /** At most seven bytes: longer ones are found far more slowly. The check sees the rest of a signature. */
  readonly sign: Buffer;
  /** Where the view of `measure` begins, counted from the archive's start, and where the sign is in that view. */
  readonly viewFrom: number;
  readonly signAt: number;
  /**
   * Tells it from chance, by a checksum or by fields that must fit each other. Returns the length of the archive, infinite
   * when its beginning does not tell; null when it is none.
   */
  readonly measure: (view: Buffer) => number | null;
  /** For those whose beginning alone proves little, or does not lead to the end: reads on, and returns as `measure` does. */
  readonly prove?: (window: FileWindow, start: number, budget: TrialBudget) => Promise<number | null>;
}

const UNKNOWN = Number.POSITIVE_INFINITY;
const when = (fits: (view: Buffer) => boolean) => (view: Buffer) => (fits(view) ? UNKNOWN : null);

function kind(sign: string, measure: CarriedKind['measure'], signAt = 0, viewFrom = 0): CarriedKind {
  return { sign: Buffer.from(sign, 'latin1'), signAt, viewFrom, measure };
}

/** Kinds whose children find-container.ts knows by their start: each is opened, or named as what is not. */
export const CARRIED_KINDS: readonly CarriedKind[] = [
  kind('7z\xbc\xaf\x27\x1c', measureSevenZip),
  kind('Rar!\x1a\x07\0', when(fitsRar4)),
  kind('Rar!\x1a\x07\x01', when(fitsRar5)),
  kind('MSCF', measureCabinet),
  { ...kind('\xfd7zXZ\0\0', when(fitsXz)), prove: lengthOfXz },
  { ...kind('BZh', when(fitsBzip2)), prove: provenBzip2 },
  { ...kind('\x1f\x8b\x08', () => UNKNOWN), prove: provenGzip },
  { ...kind('\x28\xb5\x2f\xfd', () => UNKNOWN), prove: provenZstd },
  kind('\x04\x22\x4d\x18', when(fitsLz4)),
  kind('\x5d\0\0', when(fitsLzma)),
  kind('\x1f\x9d', when(fitsCompress)),
  kind('\x89LZO', when(fitsLzop)),
  // lzip's version 1, the range of its dictionaries, and the first byte of every LZMA stream
  kind(
    'LZIP\x01',
    when((view) => ((view[5] ?? 0) & 31) >= 12 && ((view[5] ?? 0) & 31) <= 29 && view[6] === 0),
  ),
  kind('\x60\xea', when(fitsArj)),
  { ...kind('-lh', when(fitsLzh), 2), prove: lengthOfLzh },
  { ...kind('-lz', when(fitsLzh), 2), prove: lengthOfLzh },
  { ...kind('ustar', when(fitsTar), 257), prove: lengthOfTar },
  { ...kind('070701', when(fitsCpio)), prove: lengthOfCpio },
  { ...kind('070702', when(fitsCpio)), prove: lengthOfCpio },
  { ...kind('070707', when(fitsOldCpio)), prove: lengthOfOldCpio },
  kind('!<arch', when(fitsAr)),
  { ...kind('PK\x03\x04', when(fitsZipMember)), prove: lengthOfZip },
  // rpm's file format, "Lead" and "Header Structure": the header behind the lead
  kind(
    '\xed\xab\xee\xdb',
    when((view) => view.length > 100 && view.readUInt32BE(96) === 0x8eade801),
  ),
  // xar's header: its length, its version, and a directory packed by zlib
  kind(
    'xar!\0',
    when((view) => view.length > 30 && view[7] === 1 && view[view.readUInt16BE(4)] === 0x78),
  ),
  // [WIM]: the length of its header
  kind(
    'MSWIM',
    when((view) => view.length > 12 && view.readUInt32LE(8) === 208),
  ),
  kind('hsqs', when(fitsSquash)),
  kind('CD001\x01', when(fitsDisc), SECTOR + 1, 0x8000 - SECTOR),
  kind('BEA01\x01', when(fitsDisc), SECTOR + 1, 0x8000 - SECTOR),
  kind('\x53\xef', when(fitsExt), 56, 1024),
  kind('\x55\xaa', when(fitsFat), 510),
  kind('\xd0\xcf\x11\xe0', when(fitsCompound)),
];

/** 7zFormat.txt, "SignatureHeader": the checksum of the 20 bytes that say where the directory is; it is the end. */
function measureSevenZip(view: Buffer): number | null {
  if (view.length < 32 || view.readUInt32LE(8) !== crc32(view.subarray(12, 32))) return null;
  return 32 + Number(view.readBigUInt64LE(12)) + Number(view.readBigUInt64LE(20));
}

/** [MS-CAB] CFHEADER: reserved fields, version 1.3, the place of the first file inside the length that it states. */
function measureCabinet(view: Buffer): number | null {
  if (view.length < 36 || view.readUInt32LE(4) !== 0 || view.readUInt32LE(12) !== 0 || view.readUInt32LE(20) !== 0)
    return null;
  if (view.readUInt16LE(24) !== 0x0103 || view.readUInt32LE(16) >= view.readUInt32LE(8)) return null;
  return view.readUInt32LE(8);
}

/** ARJ's technical notes: the main header's length, its type, its checksum. */
function fitsArj(view: Buffer): boolean {
  if (view.length < 12 || view[10] !== 2) return false;
  const length = view.readUInt16LE(2);
  if (length < 30 || length > 2600 || view.length < length + 8) return false;
  return crc32(view.subarray(4, 4 + length)) === view.readUInt32LE(4 + length);
}

/** LZ4 Frame Format 1.6: the version, the largest block, and the checksum of the frame's descriptor. */
function fitsLz4(view: Buffer): boolean {
  const flags = view[4] ?? 0;
  const sizes = view[5] ?? 0;
  if (flags >> 6 !== 1 || (flags & 2) !== 0 || (sizes & 0x8f) !== 0 || sizes < 0x40) return false;
  const end = 6 + ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0);
  const sum = new XxHash32();
  sum.update(view.subarray(4, end));
  return view.length > end + 4 && view[end] === ((sum.digest() >> 8) & 0xff);
}

/** A .lzma file that does not state its length, as most packers write it; the first byte of every LZMA stream is 0. */
function fitsLzma(view: Buffer): boolean {
  return view.length > 18 && view.readBigUInt64LE(5) === 0xffffffffffffffffn && view[13] === 0;
}

/** lzop 0.94 and later: its version, then those of its library and of who can unpack it, then the method. */
function fitsLzop(view: Buffer): boolean {
  const method = view[15] ?? 0;
  if (view.toString('latin1', 4, 9) !== '\0\r\n\x1a\n') return false;
  return (view[9] === 0x09 || view[9] === 0x10) && method >= 1 && method <= 3;
}
