import { hash } from 'node:crypto';
import { closeSync, fstatSync, fsync, linkSync, openSync, readSync, unlinkSync, writeSync } from '../../base/files';
import { stagedError } from '../paths';
import { changedBytes, type Expected, READ_FLAGS, shortfall } from './copy';
import { makeFolders } from './folders';

/** Up to here a file is read, hashed and written in one piece. */
export const SMALL_BYTES = 256 * 1024;

/** What the thread of a folder destination is asked: to make the folders of a file and, of a small one, the file too. */
export interface FolderQuestion {
  readonly root: Uint8Array;
  /** Names of the folders below `root`, one in the other. */
  readonly folders: readonly Uint8Array[];
  /** Null: the file is too large to hold others up, and comes another way. */
  readonly small: SmallFile | null;
}

interface SmallFile extends Expected {
  /** The staged copy. */
  readonly from: string;
  /** Where it is made; must not exist. */
  readonly partial: Uint8Array;
  /** The name that it gets then. */
  readonly to: Uint8Array;
  readonly mode: number;
}

export interface FolderAnswer {
  /** Folders in which names are new. */
  readonly changed: readonly Uint8Array[];
  /** The file is whole and synced, and has its name; false: it is so at `partial`, and the name could not just be linked. */
  readonly named: boolean;
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
  const target = openSync(Buffer.from(partial), 'wx', mode);
  try {
    for (let done = 0; done < size; ) done += writeSync(target, bytes, done);
    await fsync(target); // from here on `bytes` are another file's
    const arrived = fstatSync(target).size;
    if (arrived !== size) throw shortfall(arrived, size);
  } finally {
    closeSync(target);
  }
}

/**
 * Runs in the thread of a folder destination, where waiting for the disk holds up nobody else: each call is a plain one,
 * and only the syncs of many files run beside each other. Rejects as makeFolders and copyVerified do.
 */
export async function storeSmall({ root, folders, small }: FolderQuestion): Promise<FolderAnswer> {
  const { changed } = makeFolders(
    Buffer.from(root),
    folders.map((name) => Buffer.from(name)),
  );
  if (small === null) return { changed, named: false };
  await copySmall(small);
  return { changed, named: givesName(Buffer.from(small.partial), Buffer.from(small.to)) };
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
