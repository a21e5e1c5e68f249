/** A regular file of a watched folder, as one lstat saw it. */
export interface SettledFile {
  /** Absolute: the real path of the watched folder, then `relativePath`. True bytes. */
  readonly path: Buffer;
  /** Below the watched folder, `/` between names, true bytes. */
  readonly relativePath: Buffer;
  readonly dev: bigint;
  readonly ino: bigint;
  /** Bytes. */
  readonly size: number;
  readonly mtimeNs: bigint;
}

/** What tells a file that was taken from one that was not: another path, or any change of these, is a new file. */
export type KnownIdentity = Omit<SettledFile, 'path'>;

/** The durable memory of files that were taken and kept in place. */
export interface KnownFiles {
  has(identity: KnownIdentity): boolean | Promise<boolean>;
}

/** What a watched folder tells logs and people. Texts are escaped and name cause and next step. */
export type WatchEvent =
  /** The folder is not there; it is looked for until it comes. Once, until `returned`. */
  | { readonly kind: 'missing'; readonly problem: string }
  /** The folder is there and cannot be read; it is tried until it can. Once, until `returned`. */
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'returned' }
  /** One entry that is never taken as it is: a link, a FIFO, an unreadable folder. Once for as long as it stays. */
  | { readonly kind: 'refused'; readonly name: string; readonly problem: string }
  /** Something failed that will be tried again. */
  | { readonly kind: 'error'; readonly problem: string };

/** A path as a key of maps and sets, lossless for any bytes. */
export function pathKey(relativePath: Uint8Array): string {
  return Buffer.from(relativePath.buffer, relativePath.byteOffset, relativePath.length).toString('latin1');
}

/** The same file with the same content, as far as a file system tells. */
export function isSame(one: KnownIdentity, other: KnownIdentity): boolean {
  return one.ino === other.ino && one.size === other.size && one.mtimeNs === other.mtimeNs && one.dev === other.dev;
}
