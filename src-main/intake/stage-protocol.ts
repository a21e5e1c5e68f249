import type { FileType, Hashes } from '../contract/item';
import type { FileIdentity, IntakeProblem } from '../contract/submission';

/** What the engine asks of the intake thread: hash a file where it is, or copy it to `destination` and hash it in the same pass. */
export interface StageRequest {
  readonly id: number;
  readonly source: Uint8Array;
  /** Bytes that are written to `destination` instead of those of `source`, which is then not looked at. */
  readonly content?: Uint8Array;
  /** Another file than this one (by device and inode) is not taken: a folder on the way was swapped. Null: whatever stands there. */
  readonly expected: FileIdentity | null;
  /** `source` is a real path: reached through a link, which came into the place of a folder since, the file is not taken. */
  readonly isReal: boolean;
  /** Absolute path of the private copy (must not exist), or null: hashed in place. */
  readonly destination: string | null;
  /** Larger files are not read: limit_exceeded. */
  readonly maxBytes: number;
  /** SHA-1 and MD5 too. */
  readonly allHashes: boolean;
  readonly detectType: boolean;
  /** Make the copy durable before answering. */
  readonly durable: boolean;
}

export interface Staged {
  readonly kind: 'staged';
  readonly identity: FileIdentity;
  readonly size: number;
  readonly hashes: Hashes;
  readonly type: FileType | null;
}

/** Nothing is left of a copy that failed. `retryable`: the disk, not the file, was at fault. */
export type StageAnswer =
  | Staged
  | { readonly kind: 'problem'; readonly problem: IntakeProblem }
  | { readonly kind: 'failed'; readonly message: string };

/** Messages in both directions are arrays, because one wake-up for many small files is what makes them cheap. */
export interface StageReply {
  readonly id: number;
  readonly answer: StageAnswer;
}

/** What the thread says: answers, or that a large file keeps it from giving any for a while. */
export type StageNews = readonly StageReply[] | 'large';
