import type { FileWindow } from './file-window';

/** Signatures and lengths of APPNOTE 6.3.10, 4.3.12 to 4.3.16. */
const END_SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');
const END_LENGTH = 22;
/** How far from the end it is looked for: some unpackers look further back than the longest comment (64 KiB) reaches. */
const TAIL_BYTES = 128 * 1024;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_LENGTH = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_LENGTH = 56;
const DIRECTORY_SIGNATURE = 0x02014b50;
/** End records that are looked at before a file is called made to confuse. */
const MOST_CANDIDATES = 64;

/** Where a zip's directory is. Offsets and lengths in bytes of the file. */
export interface ZipEnd {
  readonly entries: number;
  readonly directoryOffset: number;
  readonly directorySize: number;
  /** What has to be added to every offset that the directory names (data was put before the zip). */
  readonly shift: number;
  /** Bytes after the end record and its comment. */
  readonly trailing: number;
  readonly split: boolean;
  /** Ways in which programs would read this end differently. */
  readonly ambiguities: readonly string[];
}

/**
 * Finds the zip that ends in the last 128 KiB of a file, as unpackers do. Null when there is none: no end
 * record there, or none that leads to a directory.
 */
export async function findZipEnd(window: FileWindow): Promise<ZipEnd | null> {
  const length = Math.min(window.size, TAIL_BYTES);
  const tail = await window.read(window.size - length, length);
  const ends: ZipEnd[] = [];
  let candidates = 0;
  for (
    let at = tail.lastIndexOf(END_SIGNATURE);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END_SIGNATURE, at - 1)
  ) {
    if (at + END_LENGTH > tail.length) continue;
    candidates += 1;
    if (candidates > MOST_CANDIDATES) break;
    const end = await endAt(window, tail.subarray(at, at + END_LENGTH), window.size - length + at);
    if (end !== null) ends.push(end);
  }
  return choose(ends, candidates);
}

/** `ends`: last in the file first. The one whose comment reaches the end of the file is meant; a later one is found by simpler readers. */
function choose(ends: readonly ZipEnd[], candidates: number): ZipEnd | null {
  const reaching = ends.filter((end) => end.trailing === 0);
  const chosen = reaching[0] ?? ends[0];
  if (chosen === undefined) return null;
  const ambiguities = [...chosen.ambiguities];
  if (reaching.length > 1 || ends[0] !== chosen)
    ambiguities.push('it has several end records that lead to directories');
  if (candidates > MOST_CANDIDATES) ambiguities.push(`it has more than ${MOST_CANDIDATES} end records`);
  return { ...chosen, ambiguities };
}

interface EndRecord {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
  /** Where the directory should end: the end record, or the 64-bit one before it. */
  readonly at: number;
  readonly split: boolean;
  readonly ambiguities: readonly string[];
}

async function endAt(window: FileWindow, record: Buffer, at: number): Promise<ZipEnd | null> {
  const small: EndRecord = {
    entries: record.readUInt16LE(10),
    size: record.readUInt32LE(12),
    offset: record.readUInt32LE(16),
    at,
    split: isSplit(record),
    ambiguities: [],
  };
  const end = (await end64(window, small)) ?? small;
  const trailing = window.size - (at + END_LENGTH + record.readUInt16LE(20));
  // an end record without members leads nowhere: it must end the file, or begin it, to be more than a few letters in it
  if (end.size === 0 && end.entries === 0 && trailing !== 0 && at !== 0) return null;
  const place = await placeOf(window, end);
  if (place === null) return null;
  return { ...place, entries: end.entries, directorySize: end.size, trailing, split: end.split };
}

function isSplit(record: Buffer): boolean {
  const disk = record.readUInt16LE(4);
  const otherDisk = disk !== 0 && disk !== 0xffff;
  return otherDisk || record.readUInt16LE(8) !== record.readUInt16LE(10);
}

/** The 64-bit end record, when a locator stands before the end record; null when there is none. */
async function end64(window: FileWindow, small: EndRecord): Promise<EndRecord | null> {
  const locator = await window.read(small.at - LOCATOR_LENGTH, LOCATOR_LENGTH);
  if (locator.length < LOCATOR_LENGTH || locator.readUInt32LE(0) !== LOCATOR_SIGNATURE) return null;
  const stated = Number(locator.readBigUInt64LE(8));
  for (const at of [stated, small.at - LOCATOR_LENGTH - END64_LENGTH]) {
    const record = await window.read(at, END64_LENGTH);
    if (record.length < END64_LENGTH || record.readUInt32LE(0) !== END64_SIGNATURE) continue;
    const entries = Number(record.readBigUInt64LE(32));
    const size = Number(record.readBigUInt64LE(40));
    const offset = Number(record.readBigUInt64LE(48));
    const agrees =
      (small.entries === 0xffff || small.entries === entries) &&
      (small.size === 0xffffffff || small.size === size) &&
      (small.offset === 0xffffffff || small.offset === offset);
    const ambiguities = agrees ? [] : ['its two end records disagree'];
    return { entries, size, offset, at, split: small.split, ambiguities };
  }
  return null;
}

type Place = Pick<ZipEnd, 'directoryOffset' | 'shift' | 'ambiguities'>;

/** Where the directory is: right before its end record by its size, or at the stated offset. Null when at neither. */
async function placeOf(window: FileWindow, end: EndRecord): Promise<Place | null> {
  const before = end.at - end.size;
  if (end.size === 0 && end.entries === 0) {
    return { directoryOffset: end.at, shift: 0, ambiguities: end.ambiguities };
  }
  const isBefore = await isDirectory(window, before);
  const isStated = before === end.offset ? isBefore : await isDirectory(window, end.offset);
  if (isBefore) {
    const ambiguities = isStated && before !== end.offset ? ['it has two directories'] : [];
    return { directoryOffset: before, shift: before - end.offset, ambiguities: [...end.ambiguities, ...ambiguities] };
  }
  if (!isStated) return null;
  const ambiguities = [...end.ambiguities, 'its directory does not end where its end record begins'];
  return { directoryOffset: end.offset, shift: 0, ambiguities };
}

async function isDirectory(window: FileWindow, at: number): Promise<boolean> {
  const start = await window.read(at, 4);
  return start.length === 4 && start.readUInt32LE(0) === DIRECTORY_SIGNATURE;
}
