import { nameOf } from '../../base/display-name';
import type { ScanContext } from '../probe';
import type { FileWindow } from './file-window';
import { escapeOf } from './member-names';
import type { Extracted } from './opener';
import type { ScanNotes } from './scan-notes';
import { parseDirectory, type ZipMember } from './zip-directory';
import type { ZipEnd } from './zip-end';
import { isUnpackable, ZipExtractor } from './zip-extract';
import { checkLayout, findOverlap, noteOverlap } from './zip-layout';

/** Largest directory that is read into memory: 10,000 entries with long names and fields take a quarter of it. */
const MOST_DIRECTORY_BYTES = 64 * 1024 * 1024;

export interface ScannedZip {
  readonly extracted: Extracted | null;
  /** Where its first member begins: what is before it is not the zip's. */
  readonly start: number;
}

/**
 * Looks into one zip: its directory, whether it means the same to every unpacker, and every member as a child item.
 * What is not seen is noted. Bombs are told by the directory alone where they can be, else by what comes out.
 * `unpackOther` unpacks all members where some are packed by a method that only 7-Zip knows.
 * Resolves with what was unpacked, and from which byte of the file on; null when it was not tried: that is noted.
 */
export async function scanZip(
  window: FileWindow,
  end: ZipEnd,
  context: ScanContext,
  notes: ScanNotes,
  signal: AbortSignal,
  unpackOther: () => Promise<Extracted | null>,
): Promise<ScannedZip | null> {
  if (end.split) notes.unopened('it is one part of a zip in several files');
  for (const ambiguity of end.ambiguities) notes.ambiguous(ambiguity);
  if (end.trailing !== 0) await noteTrailing(window, end.trailing, notes);
  if (isTooLarge(end, context, notes)) return null;
  const bytes = await window.read(end.directoryOffset, end.directorySize);
  const { members, problems } = parseDirectory(bytes, end.shift, end.entries);
  for (const problem of problems) notes.damaged(problem);
  if (members.length > context.limits.archiveFiles) {
    noteTooMany(members.length, context, notes);
    return null;
  }
  for (const member of members) noteEscape(member, notes);
  const overlap = findOverlap(members);
  if (overlap !== null) {
    noteOverlap(overlap[1], notes);
    return null;
  }
  const dataOffsets = await checkLayout(window, members, end.directoryOffset, notes, signal);
  const extracted = members.every(isUnpackable)
    ? await new ZipExtractor(window, context, notes, signal).extract(members, dataOffsets)
    : await unpackOther();
  return { extracted, start: members.reduce((least, { offset }) => Math.min(least, offset), end.directoryOffset) };
}

function isTooLarge(end: ZipEnd, context: ScanContext, notes: ScanNotes): boolean {
  if (end.entries > context.limits.archiveFiles) {
    noteTooMany(end.entries, context, notes);
    return true;
  }
  if (end.directorySize <= MOST_DIRECTORY_BYTES) return false;
  notes.overLimit(`its directory has ${end.directorySize} bytes`);
  return true;
}

function noteTooMany(count: number, context: ScanContext, notes: ScanNotes): void {
  notes.overLimit(
    `it has ${count} members, more than the ${context.limits.archiveFiles} that limits.archiveFiles allows`,
  );
}

function noteEscape(member: ZipMember, notes: ScanNotes): void {
  const why = escapeOf(member.name);
  if (why !== null) notes.found('archive-path-traversal', `the name of the member ${member.shown} has ${why}`);
}

/** Padding with zeros is left by tapes and block devices; anything else after the end is content that no directory names. */
async function noteTrailing(window: FileWindow, trailing: number, notes: ScanNotes): Promise<void> {
  if (trailing < 0) {
    notes.damaged('its comment is cut off');
    return;
  }
  const rest = await window.read(window.size - trailing, trailing);
  if (rest.some((byte) => byte !== 0)) {
    notes.damaged(`${trailing} bytes follow its end (${nameOf(rest.subarray(0, 8)).display})`);
  }
}
