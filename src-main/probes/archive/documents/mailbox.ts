import type { Unpacker } from '../unpacking/unpacker';
import { member, StoredBytes } from './pieces';

const PIECE_BYTES = 1024 * 1024;
/** Longest line that can begin a message, with the line end before it. */
const OVERLAP = 1024;
/** A line that begins a message (RFC 4155, and what readers take): only where a header follows. */
const SEPARATOR = /(?:^|\n)(?=From [^\r\n]*\r?\n(?:>From [^\r\n]*\r?\n)?[!-9;-~]+[ \t]*:)/g;

/** Splits a mailbox (mbox) into its messages, of any number and size. */
export const unpackMailbox: Unpacker = async function* (job) {
  const file = new StoredBytes(job.path, job.size);
  try {
    let count = 0;
    let start = 0;
    for (const end of separators(file)) {
      if (end > start) {
        count += 1;
        yield member(`message-${count}.eml`, message(file, start, end));
      }
      start = end;
    }
  } finally {
    file.close();
  }
};

/** Where messages begin, in order, and the end of the file. */
function* separators(file: StoredBytes): Generator<number> {
  let last = -1;
  for (let at = 0; at < file.size; at += PIECE_BYTES - OVERLAP) {
    const text = file.read(at, PIECE_BYTES).toString('latin1');
    for (const match of text.matchAll(SEPARATOR)) {
      const found = at + match.index + match[0].length;
      const isStart = match[0] !== '' || found === 0;
      if (!isStart || found <= last) continue;
      last = found;
      yield found;
    }
  }
  yield file.size;
}

/** Without its first line, which belongs to the mailbox. */
function* message(file: StoredBytes, start: number, end: number): Generator<Buffer> {
  const head = file.read(start, Math.min(OVERLAP, end - start));
  const first = head.toString('latin1').startsWith('From ') ? head.indexOf(10) + 1 : 0;
  for (let at = start + first; at < end; at += PIECE_BYTES) yield file.read(at, Math.min(PIECE_BYTES, end - at));
}
