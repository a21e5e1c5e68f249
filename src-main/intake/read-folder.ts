import { type BigIntStats, type Dirent, opendir } from '../base/files';

export type EntryKind = 'file' | 'folder' | 'symlink' | 'special' | 'unknown';

export interface FolderEntry {
  /** True bytes of the name. */
  readonly name: Buffer;
  /** What the folder says it is: a hint, `unknown` on file systems that do not say. */
  readonly kind: EntryKind;
}

/** Names that are held and sorted at once. */
const BATCH = 4096;
/** @types/node does not list it; Node reads names as bytes with it. */
const BYTES = 'buffer' as BufferEncoding;

function kindOf(entry: Dirent | BigIntStats): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'symlink';
  const special = entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice();
  return special ? 'special' : 'unknown';
}

/** What an lstat says it is. Never `unknown` for what a file system can hold. */
export function kindOfStats(stats: BigIntStats): EntryKind {
  return kindOf(stats);
}

/** `a FIFO`, `a socket`, `a device`: the words for something that is neither file, folder nor link. */
export function specialName(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function nameBytes(name: unknown): Buffer {
  return Buffer.isBuffer(name) ? name : Buffer.from(String(name));
}

/**
 * The entries of one folder in batches of at most 4,096, each batch sorted by the bytes of the names (so a folder of
 * up to 4,096 entries is wholly sorted). Holds one batch at a time. Throws what opendir throws.
 */
export async function* readFolder(path: Buffer): AsyncGenerator<FolderEntry[]> {
  let batch: FolderEntry[] = [];
  const sorted = () => batch.sort((one, other) => Buffer.compare(one.name, other.name));
  for await (const entry of await opendir(path, { encoding: BYTES, bufferSize: 256 })) {
    batch.push({ name: nameBytes(entry.name), kind: kindOf(entry) });
    if (batch.length < BATCH) continue;
    yield sorted();
    batch = [];
  }
  if (batch.length > 0) yield sorted();
}

const SLASH = Buffer.from('/');

/** `folder/name` in bytes; `name` alone when the folder is empty. */
export function joinBytes(folder: Buffer, name: Buffer): Buffer {
  if (folder.length === 0) return name;
  return folder.at(-1) === 0x2f ? Buffer.concat([folder, name]) : Buffer.concat([folder, SLASH, name]);
}
