import type { FileWindow } from './file-window';
import type { ScanNotes } from './scan-notes';
import { FLAG_DESCRIPTOR, FLAG_ENCRYPTED, FLAG_STRONG_ENCRYPTION, findExtra, type ZipMember } from './zip-directory';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_START = Buffer.from('PK\x03\x04', 'latin1');
const LOCAL_LENGTH = 30;
const MAX32 = 0xffffffff;
/** Most extra bytes of a local header that are read along with it. */
const EXTRA_GUESS = 256;
/** Flags that must be the same in both headers: they decide how the data is read. */
const DECIDING_FLAGS = FLAG_ENCRYPTED | FLAG_DESCRIPTOR | FLAG_STRONG_ENCRYPTION;
/** Methods that APPNOTE 4.4.5 knows and some packer writes. */
const KNOWN_METHODS: ReadonlySet<number> = new Set([0, 1, 6, 8, 9, 10, 12, 14, 18, 19, 93, 94, 95, 96, 97, 98, 99]);
const GAP_CHUNK = 256 * 1024;

/** Whether members claim the same bytes, by the shortest they can be: what bombs of overlapping members look like, seen without reading. */
export function findOverlap(members: readonly ZipMember[]): readonly [ZipMember, ZipMember] | null {
  const sorted = [...members].sort((one, other) => one.offset - other.offset);
  let last: { member: ZipMember; end: number } | null = null;
  for (const member of sorted) {
    if (last !== null && member.offset < last.end) return [last.member, member];
    last = { member, end: member.offset + LOCAL_LENGTH + member.name.length + member.compressedSize };
  }
  return null;
}

/**
 * Compares every local header with the directory, and looks for local headers that the directory does not name.
 * Notes what differs; throws nothing but read errors and the signal's reason. `directoryOffset`: where data must end.
 * Resolves with where the data of each member begins, by the member's index; of members that are not there, nowhere.
 */
export async function checkLayout(
  window: FileWindow,
  members: readonly ZipMember[],
  directoryOffset: number,
  notes: ScanNotes,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const dataOffsets = new Map<number, number>();
  let end = 0;
  for (const member of [...members].sort((one, other) => one.offset - other.offset)) {
    signal.throwIfAborted();
    await noteHidden(window, end, member.offset, notes, signal);
    const local = await readLocal(window, member);
    if (local === null) {
      notes.damaged(`the member ${member.shown} is not where the directory says`);
      continue;
    }
    dataOffsets.set(member.index, local.dataOffset);
    if (member.offset < end) noteOverlap(member, notes);
    end = Math.max(end, local.dataOffset + member.compressedSize);
    if (end > directoryOffset) notes.damaged(`the data of the member ${member.shown} is cut off`);
    const difference = differenceOf(member, local);
    if (difference !== null) notes.ambiguous(`the member ${member.shown} has two different ${difference}`);
  }
  await noteHidden(window, end, directoryOffset, notes, signal);
  return dataOffsets;
}

export function noteOverlap(member: ZipMember, notes: ScanNotes): void {
  const detail = `the member ${member.shown} shares its bytes with another`;
  notes.incomplete('limit_exceeded', detail);
  notes.found('archive-overlapping-members', detail);
}

interface LocalHeader {
  readonly header: Buffer;
  readonly name: Buffer;
  readonly extra: Buffer;
  readonly dataOffset: number;
}

async function readLocal(window: FileWindow, member: ZipMember): Promise<LocalHeader | null> {
  const guess = LOCAL_LENGTH + member.name.length + EXTRA_GUESS;
  let bytes = await window.read(member.offset, guess);
  if (bytes.length < LOCAL_LENGTH || bytes.readUInt32LE(0) !== LOCAL_SIGNATURE) return null;
  const nameEnd = LOCAL_LENGTH + bytes.readUInt16LE(26);
  const length = nameEnd + bytes.readUInt16LE(28);
  if (length > bytes.length) bytes = await window.read(member.offset, length);
  if (bytes.length < length) return null;
  return {
    header: bytes,
    name: bytes.subarray(LOCAL_LENGTH, nameEnd),
    extra: bytes.subarray(nameEnd, length),
    dataOffset: member.offset + length,
  };
}

/** What the two headers of a member say differently, as a plural; null when they agree. */
function differenceOf(member: ZipMember, { header, name, extra }: LocalHeader): string | null {
  if (!name.equals(member.name)) return 'names';
  if (header.readUInt16LE(8) !== member.storedMethod) return 'compression methods';
  const flags = header.readUInt16LE(6);
  if ((flags & DECIDING_FLAGS) !== (member.flags & DECIDING_FLAGS)) return 'kinds of storage';
  if ((flags & FLAG_DESCRIPTOR) !== 0) return null; // sizes follow the data
  const large = findExtra(extra, 0x0001);
  const size = localSize(header.readUInt32LE(22), large, 0);
  const compressed = localSize(header.readUInt32LE(18), large, header.readUInt32LE(22) === MAX32 ? 8 : 0);
  if (size !== member.size || compressed !== member.compressedSize) return 'sizes';
  return header.readUInt32LE(14) === member.crc32 ? null : 'checksums';
}

function localSize(small: number, large: Buffer | null, at: number): number {
  return small === MAX32 && large !== null && at + 8 <= large.length ? Number(large.readBigUInt64LE(at)) : small;
}

/** Notes a member between `from` and `to` that the directory does not name. */
async function noteHidden(
  window: FileWindow,
  from: number,
  to: number,
  notes: ScanNotes,
  signal: AbortSignal,
): Promise<void> {
  const overlap = LOCAL_LENGTH - 1;
  for (let at = from; at + LOCAL_LENGTH <= to; at += GAP_CHUNK) {
    signal.throwIfAborted();
    const chunk = await window.read(at, Math.min(GAP_CHUNK + overlap, to - at));
    for (let hit = chunk.indexOf(LOCAL_START); hit >= 0; hit = chunk.indexOf(LOCAL_START, hit + 1)) {
      if (!isLocalHeader(chunk.subarray(hit))) continue;
      notes.ambiguous(`at byte ${at + hit} there is a member that its directory does not name`);
      return;
    }
  }
}

/** More than four letters by chance: a method that somebody can unpack. Unpackers care little about the other fields. */
function isLocalHeader(bytes: Buffer): boolean {
  return bytes.length >= LOCAL_LENGTH && KNOWN_METHODS.has(bytes.readUInt16LE(8));
}
