import { createHash } from 'node:crypto';
import { readSync } from '../../base/files';
import { type Algorithm, algorithmOfDigits } from './algorithms';
import { type ListedHash, parseLine } from './parse-line';

const READ_BYTES = 1024 * 1024;
/** Longer lines are a mistake: no list has them, and memory is bounded by this, not by the input. */
export const MOST_LINE_BYTES = 64 * 1024;
const REPORT_EVERY_BYTES = 8 * READ_BYTES;
const NEWLINE = 10;
const SPACE = 0x20;
const ASTERISK = 0x2a;
const LONGEST_DIGITS = 64;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Value of a hexadecimal digit by its byte; 255 for every other byte. */
const DIGIT = digitTable();

function digitTable(): Uint8Array {
  const table = new Uint8Array(256).fill(255);
  for (let value = 0; value < 16; value += 1) {
    table[value.toString(16).charCodeAt(0)] = value;
    table[value.toString(16).toUpperCase().charCodeAt(0)] = value;
  }
  return table;
}

/** A line that is neither a hash nor a comment nor a header; `line` counts from 1. */
export class ListMistake extends Error {
  readonly line: number;

  constructor(line: number, cause: string) {
    super(cause);
    this.line = line;
  }
}

/** Is told each hash: the buffer is used again, so its bytes must be copied. `offset`: bytes before the hash's line. */
export type HashTaker = (algorithm: Algorithm, hash: Buffer, offset: number, line: number) => void;

/**
 * Reads a list from the start of `fd` to its end, in pieces. Synchronous: for child processes. Returns the SHA-256 of
 * the bytes read. Throws ListMistake for the first line that it cannot use, and what reading throws.
 */
export function readList(fd: number, take: HashTaker, onProgress: (bytes: number) => void = () => {}): string {
  const sum = createHash('sha256');
  const lines = new LineReader(take);
  const buffer = Buffer.allocUnsafe(READ_BYTES + MOST_LINE_BYTES);
  let position = 0;
  let kept = 0;
  let reported = 0;
  for (;;) {
    const count = readSync(fd, buffer, kept, READ_BYTES, position);
    if (count === 0) break;
    sum.update(buffer.subarray(kept, kept + count));
    position += count;
    kept = lines.takeWhole(buffer.subarray(0, kept + count));
    buffer.copyWithin(0, lines.used, lines.used + kept);
    if (position - reported >= REPORT_EVERY_BYTES) {
      reported = position;
      onProgress(position);
    }
  }
  lines.takeLast(buffer.subarray(0, kept));
  return sum.digest('hex');
}

/** Cuts pieces of a file into lines, and lines into hashes. */
class LineReader {
  /** Bytes of the last piece that were whole lines. */
  used = 0;
  private readonly take: HashTaker;
  private readonly hash = Buffer.alloc(LONGEST_DIGITS / 2);
  private offset = 0;
  private line = 0;
  private mayBeHeader = true;

  constructor(take: HashTaker) {
    this.take = take;
  }

  /** Takes the whole lines of `piece`; returns how many bytes are left over for the next one. */
  takeWhole(piece: Buffer): number {
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      this.takeLine(piece, start, end);
      this.offset += end + 1 - start;
      start = end + 1;
    }
    this.used = start;
    const left = piece.length - start;
    if (left > MOST_LINE_BYTES) throw new ListMistake(this.line + 1, `a line of more than ${MOST_LINE_BYTES} bytes`);
    return left;
  }

  /** The end of a file that does not end with a newline. */
  takeLast(rest: Buffer): void {
    if (rest.length > 0) this.takeLine(rest, 0, rest.length);
  }

  private takeLine(piece: Buffer, start: number, end: number): void {
    this.line += 1;
    const from = this.line === 1 && piece.subarray(start, start + 3).equals(BOM) ? start + 3 : start;
    const algorithm = this.decodePlain(piece, from, piece[end - 1] === 13 && end > from ? end - 1 : end);
    if (algorithm === null) this.takeOther(piece.toString('latin1', from, end));
    else this.give(algorithm);
  }

  /** The usual line (a hash, or a hash and a name) without making a string of it: null when it is not that simple. */
  private decodePlain(piece: Buffer, start: number, end: number): Algorithm | null {
    const most = Math.min(end, start + LONGEST_DIGITS);
    let at = start;
    for (; at + 1 < most; at += 2) {
      const high = DIGIT[piece[at] ?? 0] ?? 255;
      const low = DIGIT[piece[at + 1] ?? 0] ?? 255;
      if ((high | low) > 15) break;
      this.hash[(at - start) >> 1] = (high << 4) | low;
    }
    const algorithm = algorithmOfDigits(at - start);
    if (algorithm === null || at === end) return algorithm;
    const named = piece[at] === SPACE && (piece[at + 1] === SPACE || piece[at + 1] === ASTERISK) && at + 2 < end;
    return named ? algorithm : null;
  }

  private takeOther(text: string): void {
    const parsed = parseLine(text, this.mayBeHeader);
    if (parsed.kind === 'mistake') throw new ListMistake(this.line, parsed.cause);
    if (parsed.kind === 'nothing') {
      this.mayBeHeader = this.mayBeHeader && isComment(text);
      return;
    }
    for (const { algorithm, hex } of parsed.hashes) {
      this.hash.write(hex, 'hex');
      this.give(algorithm);
    }
  }

  private give(algorithm: Algorithm): void {
    this.mayBeHeader = false;
    this.take(algorithm, this.hash, this.offset, this.line);
  }
}

/** True for the lines that may come before a header. */
function isComment(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';');
}

/** The name that a list gives a hash, from the line at `offset` of the open list; null when there is none or the list has changed. */
export function labelIn(line: Buffer, hash: ListedHash): Buffer | null {
  const end = line.indexOf(NEWLINE);
  const parsed = parseLine(line.toString('latin1', 0, end < 0 ? line.length : end), false);
  if (parsed.kind !== 'hashes' || parsed.label === null) return null;
  const same = parsed.hashes.some(({ algorithm, hex }) => algorithm === hash.algorithm && hex === hash.hex);
  return same ? Buffer.from(parsed.label, 'latin1') : null;
}
