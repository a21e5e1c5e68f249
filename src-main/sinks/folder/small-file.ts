import { hash } from 'node:crypto';
import { allEnded } from '../../base/all-ended';
import { type Clock, systemClock } from '../../base/clock';
import { closeSync, fstatSync, fsync, linkSync, openSync, readSync, unlinkSync, writeSync } from '../../base/files';
import { stagedError } from '../paths';
import { FolderSyncs } from '../publish';
import { changedBytes, type Expected, READ_FLAGS, shortfall } from './copy';
import { makeFolders } from './folders';

/** Up to here a file is read, hashed and written in one piece. */
export const SMALL_BYTES = 256 * 1024;

/**
 * A path or name of any bytes on its way between threads, one character a byte: a Buffer would take all of the memory
 * that it shares with others along.
 */
export type ByteText = string;

export const toByteText = (bytes: Buffer): ByteText => bytes.toString('latin1');
export const fromByteText = (text: ByteText): Buffer => Buffer.from(text, 'latin1');

/** What the thread of a folder destination is asked: to make the folders of a file and, of a small one, the file too. */
export interface FolderQuestion {
  readonly root: ByteText;
  /** Names of the folders below `root`, one in the other. */
  readonly folders: readonly ByteText[];
  /** Null: the file is too large to hold others up, and comes another way. */
  readonly small: SmallFile | null;
}

interface SmallFile extends Expected {
  /** The staged copy. */
  readonly from: string;
  /** Where it is made; must not exist. */
  readonly partial: ByteText;
  /** The name that it gets then. */
  readonly to: ByteText;
  readonly mode: number;
}

export type FolderAnswer = {
  /** What its plain calls took until its bytes were written, in ms: that long all others waited. */
  readonly tookMs: number;
} & (Published | Unnamed);

/** The file is whole, has its name, and both are durable. */
interface Published {
  readonly kind: 'published';
}

/** The file is whole and durable at `partial` (if it was to be made), and has yet to get its name in `folder`. */
interface Unnamed {
  readonly kind: 'unnamed';
  /** Has its own name for good. */
  readonly folder: ByteText;
}

const piece = Buffer.allocUnsafeSlow(SMALL_BYTES + 1);

function readStaged(path: string): Buffer {
  let source: number;
  try {
    source = openSync(path, READ_FLAGS);
  } catch (error) {
    throw stagedError(error);
  }
  try {
    let length = 0;
    for (let count = 1; count > 0 && length < piece.length; length += count) {
      count = readSync(source, piece, length, piece.length - length, length);
    }
    return piece.subarray(0, length);
  } finally {
    closeSync(source);
  }
}

async function copySmall({ from, partial, size, sha256, mode }: SmallFile): Promise<void> {
  const bytes = readStaged(from);
  if (bytes.length !== size || hash('sha256', bytes) !== sha256) throw changedBytes();
  const target = openSync(fromByteText(partial), 'wx', mode);
  try {
    for (let done = 0; done < size; ) done += writeSync(target, bytes, done);
    await fsync(target); // from here on `bytes` are another file's
    const arrived = fstatSync(target).size;
    if (arrived !== size) throw shortfall(arrived, size);
  } finally {
    closeSync(target);
  }
}

/** As syncFolder, with the plain calls of a thread of its own. */
async function syncHere(folder: Buffer): Promise<void> {
  if (process.platform === 'win32') return;
  const open = openSync(folder, 'r');
  try {
    await fsync(open);
  } finally {
    closeSync(open);
  }
}

const syncs = new FolderSyncs(syncHere);

/**
 * Runs in the thread of a folder destination, where waiting for the disk holds up nobody else: each call is a plain one,
 * and only the syncs of many files run beside each other. Rejects as makeFolders and copyVerified do.
 * No file gets its name before the folders above it have theirs for good, whoever made them.
 */
export async function storeSmall(
  { root, folders, small }: FolderQuestion,
  clock: Clock = systemClock,
): Promise<FolderAnswer> {
  const began = clock.monotonic();
  const folder = makeFolders(fromByteText(root), folders.map(fromByteText));
  // begun in the turn that made them, so that whoever finds a folder finds the sync of its name too
  const named = allEnded([
    ...folder.changed.map((one) => syncs.sync(one)),
    ...folder.above.map((one) => syncs.underWay(one)),
  ]);
  const copied = small === null ? Promise.resolve() : copySmall(small);
  const tookMs = clock.monotonic() - began; // up to the first sync, which holds up nobody
  await allEnded<unknown>([named, copied]);
  const innermost = toByteText(folder.folder);
  if (small === null || !givesName(fromByteText(small.partial), fromByteText(small.to))) {
    return { kind: 'unnamed', folder: innermost, tookMs };
  }
  await syncs.sync(folder.folder);
  return { kind: 'published', tookMs };
}

/** False when it cannot: publishExclusive, which is asked next, knows what to do then, or says why. */
function givesName(partial: Buffer, name: Buffer): boolean {
  try {
    linkSync(partial, name);
  } catch {
    return false;
  }
  unlinkSync(partial);
  return true;
}
