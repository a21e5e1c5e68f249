import { nameOf } from '../../../base/display-name';
import { closeSync, openSync, readSync } from '../../../base/files';
import type { UnpackedMember, Unpacker, UnpackJob, UnpackNote } from '../unpacking/unpacker';

/** What the parser of a document gives: a member, or a note about what was not seen. */
export type Piece = UnpackedMember | UnpackNote;

/** Gives everything that `bytes` carry. Bounded in memory by a small multiple of their length; never throws for what they hold. */
export type DocumentParser = (bytes: Buffer, job: UnpackJob) => AsyncIterable<Piece> | Iterable<Piece>;

/** Longest document that is held in memory. A longer one is not opened, and is not clean. */
export const MOST_DOCUMENT_BYTES = 128 * 1024 * 1024;

/** An unpacker for documents that are parsed in memory. */
export function wholeDocument(parse: DocumentParser): Unpacker {
  return async function* (job) {
    if (job.size > MOST_DOCUMENT_BYTES) {
      yield {
        note: 'overLimit',
        detail: `it has more than ${MOST_DOCUMENT_BYTES} bytes, too many to be opened (${job.kind})`,
      };
      return;
    }
    const file = new StoredBytes(job.path, job.size);
    try {
      yield* parse(file.read(0, job.size), job);
    } finally {
      file.close();
    }
  };
}

/** The bytes of a staged file, read wherever a format points to. */
export class StoredBytes {
  readonly size: number;
  private readonly file: number;

  constructor(path: string, size: number) {
    this.file = openSync(path, 'r');
    this.size = size;
  }

  /** At most `length` bytes from `offset`, fewer at the end, in memory of their own. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.size - offset)));
    let done = 0;
    while (done < bytes.length) {
      const more = readSync(this.file, bytes, done, bytes.length - done, offset + done);
      if (more === 0) break;
      done += more;
    }
    return bytes.subarray(0, done);
  }

  close(): void {
    closeSync(this.file);
  }
}

export function member(name: string | Uint8Array, content: UnpackedMember['content']): UnpackedMember {
  return { note: 'member', name: typeof name === 'string' ? Buffer.from(name) : name, content };
}

export function damaged(detail: string): UnpackNote {
  return { note: 'damaged', detail };
}

export function encrypted(detail: string): UnpackNote {
  return { note: 'encrypted', detail };
}

/** A name out of a document, as it may stand in a note. */
export function shown(name: string): string {
  return nameOf(Buffer.from(name)).display;
}

/** A name out of a document that no program takes as a path: what would make it one is replaced. */
export function plainName(name: string): string {
  return name.replace(/[\\/:\0]/g, '_').replace(/^\.+$/, '_');
}

/** The last step of what a document gives as the path of a file; a path that climbs is left as it is, to be found. */
export function fileNameOf(path: string): string {
  const steps = path.replaceAll('\0', '').split(/[\\/]/);
  if (steps.includes('..')) return path;
  return plainName(steps.at(-1) ?? '');
}
