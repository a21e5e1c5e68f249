import { createHash, type Hash } from 'node:crypto';
import { errnoOf, messageOf } from '../base/errors';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, rmSync } from '../base/files';
import { isReachedBy } from '../base/real-folder';
import type { FileType, Hashes } from '../contract/item';
import type { FileIdentity } from '../contract/submission';
import { CopyFailed, openClone, openCopy, syncCopy, writeCopy } from './copy-file';
import { detectType, HEAD_BYTES } from './file-type';
import type { StageAnswer, StageRequest } from './stage-protocol';

/** How often a file that changes under the reader is read again before it is called changed. */
const TRIES = 3;
const BUFFER_BYTES = 1024 * 1024;
/** A tenth of a second and more of hashing. */
const LARGE_BYTES = 32 * 1024 * 1024;
const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);

/** Identity of a file for comparing two looks at it. */
export function identityOf(stats: BigIntStats): FileIdentity {
  return {
    dev: String(stats.dev),
    ino: String(stats.ino),
    size: Number(stats.size),
    mtimeNs: String(stats.mtimeNs),
  };
}

interface Digests {
  update(chunk: Uint8Array): void;
  hashes(): Hashes;
}

export function digests(all: boolean): Digests {
  const used: Hash[] = all ? ['sha256', 'sha1', 'md5'].map((name) => createHash(name)) : [createHash('sha256')];
  return {
    update: (chunk) => {
      for (const hash of used) hash.update(chunk);
    },
    hashes: () => {
      const [sha256 = '', sha1, md5] = used.map((hash) => hash.digest('hex'));
      return { sha256, sha1: sha1 ?? null, md5: md5 ?? null };
    },
  };
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return stats.isSymbolicLink() ? 'a symbolic link' : 'a device';
}

/** One pass over an open file: hash, and copy where a destination is open. Returns the bytes read, and the head where the type is asked for. */
function pass(
  source: number,
  copy: number | null,
  request: StageRequest,
  expected: number,
): { read: number; head: Buffer; hashes: Hashes } {
  const sums = digests(request.allHashes);
  let head: Buffer | null = null;
  let read = 0;
  for (;;) {
    // one byte more than there should be: a short answer is then the end, without asking again
    const wanted = Math.min(BUFFER_BYTES, Math.max(expected - read, 0) + 1);
    const count = readSync(source, buffer, 0, wanted, read);
    if (count === 0) break;
    const chunk = buffer.subarray(0, count);
    if (request.detectType) head ??= Buffer.from(chunk.subarray(0, HEAD_BYTES));
    sums.update(chunk);
    read += count;
    if (read > request.maxBytes) break;
    if (copy !== null) writeCopy(copy, chunk, request.destination);
    if (read > expected) break; // it grew: it is read anew from the start, not after its end for ever
    if (read === expected && count < wanted) break;
  }
  return { read, head: head ?? Buffer.alloc(0), hashes: sums.hashes() };
}

interface Taken {
  readonly identity: FileIdentity;
  readonly hashes: Hashes;
  readonly head: Buffer;
}

/** Who hears how far a file is, because others wait behind it. */
export interface StageListener {
  /** A file is about to be read that takes long enough to hold others up. */
  onLarge(): void;
  /** The file was read; that its copy is made durable is waited for elsewhere, and others can be read meanwhile. */
  onSyncing(): void;
}

const NOBODY: StageListener = { onLarge: () => undefined, onSyncing: () => undefined };

/** Reads an open file once; null when it changed meanwhile. */
async function takeOnce(
  source: number,
  before: BigIntStats,
  request: StageRequest,
  listener: StageListener,
): Promise<Taken | null> {
  const { destination } = request;
  const clone = destination === null ? null : openClone(source, before, destination);
  const copy = destination === null || clone !== null ? null : openCopy(destination);
  let taken: Taken | null = null;
  try {
    // a clone is hashed itself: what is scanned and sent are its bytes
    const { read, head, hashes } = pass(clone ?? source, copy, request, Number(before.size));
    const after = fstatSync(source, { bigint: true });
    const same = after.size === before.size && after.mtimeNs === before.mtimeNs && after.ctimeNs === before.ctimeNs;
    if (!same || BigInt(read) !== before.size) return null;
    const made = clone ?? copy;
    if (made !== null && request.durable) {
      listener.onSyncing();
      await syncCopy(made, destination);
    }
    taken = { identity: identityOf(before), hashes, head };
  } finally {
    for (const open of [clone, copy]) if (open !== null) closeSync(open);
    if (taken === null && destination !== null) rmSync(destination, { force: true });
  }
  return taken;
}

async function typeOf(source: number, taken: Taken, request: StageRequest): Promise<FileType | null> {
  if (!request.detectType) return null;
  const read = (offset: number, length: number): Uint8Array => {
    const piece = Buffer.alloc(length);
    return piece.subarray(0, readSync(source, piece, 0, length, offset));
  };
  return detectType({ head: taken.head, size: taken.identity.size, read });
}

function isAnother(stats: BigIntStats, expected: FileIdentity | null): boolean {
  return expected !== null && (String(stats.dev) !== expected.dev || String(stats.ino) !== expected.ino);
}

async function take(source: number, request: StageRequest, listener: StageListener): Promise<StageAnswer> {
  if (request.isReal && !isReachedBy(source, request.source)) {
    return { kind: 'problem', problem: { reason: 'changed', detail: 'a folder on its way was swapped for a link' } };
  }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = fstatSync(source, { bigint: true });
    if (!before.isFile()) {
      return {
        kind: 'problem',
        problem: { reason: 'unsupported', detail: `it is ${kindOf(before)}, not a regular file` },
      };
    }
    if (isAnother(before, request.expected)) {
      return { kind: 'problem', problem: { reason: 'changed', detail: 'another file stands in its place' } };
    }
    if (before.size > BigInt(request.maxBytes)) {
      const detail = `it has ${before.size} bytes, more than the ${request.maxBytes} that limits.fileBytes allows`;
      return { kind: 'problem', problem: { reason: 'limit_exceeded', detail } };
    }
    if (before.size > LARGE_BYTES) listener.onLarge();
    const taken = await takeOnce(source, before, request, listener);
    if (taken === null) continue;
    const type = await typeOf(source, taken, request);
    return { kind: 'staged', identity: taken.identity, size: taken.identity.size, hashes: taken.hashes, type };
  }
  return { kind: 'problem', problem: { reason: 'changed', detail: `it changed while it was read, ${TRIES} times` } };
}

function openProblem(error: unknown): StageAnswer {
  const code = errnoOf(error);
  if (code === 'ELOOP' || code === 'EMLINK') {
    return { kind: 'problem', problem: { reason: 'unsupported', detail: 'it is a symbolic link, not a regular file' } };
  }
  if (code === 'ENXIO' || code === 'ENODEV') {
    return {
      kind: 'problem',
      problem: { reason: 'unsupported', detail: 'it is a socket or a device, not a regular file' },
    };
  }
  if (code === 'EMFILE' || code === 'ENFILE') return { kind: 'failed', message: 'too many open files' };
  const why =
    code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code === 'ENOENT' ? 'it is gone' : messageOf(error);
  return { kind: 'problem', problem: { reason: 'unreadable', detail: `it cannot be opened: ${why}` } };
}

/**
 * Takes one file: opened without following a link and without waiting (FIFOs), checked before and after, read once.
 * Never throws; the copy exists and is whole (and durable, where that is asked) only when the answer is `staged`.
 */
export async function stageFile(request: StageRequest, listener: StageListener = NOBODY): Promise<StageAnswer> {
  let source: number;
  try {
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    source = openSync(Buffer.from(request.source), flags);
  } catch (error) {
    return openProblem(error);
  }
  try {
    return await take(source, request, listener);
  } catch (error) {
    if (error instanceof CopyFailed) return { kind: 'failed', message: error.message };
    return { kind: 'problem', problem: { reason: 'unreadable', detail: `it cannot be read: ${messageOf(error)}` } };
  } finally {
    closeSync(source);
  }
}
