import { readSync } from '../../base/files';
import { type Algorithm, HASH_BYTES } from './algorithms';
import { recordBytes } from './index-format';

/** Memory of all runs together while they are merged, and the most that one of them reads at once. */
const MERGE_BYTES = 16 * 1024 * 1024;
const MOST_PIECE_BYTES = 1024 * 1024;

/** A record where it lies in a buffer, without a view of its own: there are millions. */
export interface PlacedRecord {
  readonly piece: Buffer;
  readonly at: number;
  /** First 32 bits of its hash. */
  readonly prefix: number;
}

/** A sorted stretch of records in a file. */
export interface Run {
  readonly start: number;
  readonly bytes: number;
}

/**
 * The records of all runs in the order of their hashes; of several with one hash, that of the earliest run. Each is
 * only good until the next is asked for. Synchronous: for child processes.
 */
export function* mergeRuns(fd: number, algorithm: Algorithm, runs: readonly Run[]): Generator<PlacedRecord> {
  const pieceBytes = Math.min(MOST_PIECE_BYTES, Math.floor(MERGE_BYTES / Math.max(1, runs.length)));
  const cursors = runs.map((run, age) => new Cursor(fd, run, algorithm, age, pieceBytes));
  const heap = new CursorHeap(cursors.filter((cursor) => cursor.advance()));
  const last = Buffer.alloc(HASH_BYTES[algorithm]);
  let any = false;
  for (let first = heap.first(); first !== null; first = heap.first()) {
    const { piece, at } = first;
    if (!any || last.compare(piece, at, at + last.length) !== 0) {
      piece.copy(last, 0, at, at + last.length);
      any = true;
      yield first;
    }
    heap.advanceFirst();
  }
}

/** Reads one run piece by piece. */
class Cursor implements PlacedRecord {
  /** First 32 bits of the record's hash: most comparisons need no more. */
  prefix = 0;
  at = 0;
  readonly age: number;
  private readonly fd: number;
  private readonly width: number;
  private readonly hashBytes: number;
  readonly piece: Buffer;
  private next: number;
  private left: number;
  private filled = 0;

  constructor(fd: number, run: Run, algorithm: Algorithm, age: number, pieceBytes: number) {
    this.fd = fd;
    this.age = age;
    this.width = recordBytes(algorithm);
    this.hashBytes = HASH_BYTES[algorithm];
    this.next = run.start;
    this.left = run.bytes;
    const whole = Math.max(1, Math.floor(Math.min(pieceBytes, run.bytes) / this.width)) * this.width;
    this.piece = Buffer.alloc(whole);
  }

  /** Goes to the next record; false at the end of the run. */
  advance(): boolean {
    if (this.at + this.width < this.filled) this.at += this.width;
    else if (!this.refill()) return false;
    this.prefix = this.piece.readUInt32BE(this.at);
    return true;
  }

  /** True when this record comes before that of `other`. */
  before(other: Cursor): boolean {
    if (this.prefix !== other.prefix) return this.prefix < other.prefix;
    const { at, hashBytes } = this;
    const order = this.piece.compare(other.piece, other.at, other.at + hashBytes, at, at + hashBytes);
    return order === 0 ? this.age < other.age : order < 0;
  }

  private refill(): boolean {
    if (this.left === 0) return false;
    const bytes = Math.min(this.left, this.piece.length);
    for (let got = 0; got < bytes; ) {
      const count = readSync(this.fd, this.piece, got, bytes - got, this.next + got);
      if (count === 0) throw new Error('the spill file ended early');
      got += count;
    }
    this.next += bytes;
    this.left -= bytes;
    this.filled = bytes;
    this.at = 0;
    return true;
  }
}

/** A binary heap of cursors, the one with the first record on top. */
class CursorHeap {
  private readonly cursors: Cursor[];

  constructor(cursors: Cursor[]) {
    this.cursors = cursors;
    for (let index = (cursors.length >> 1) - 1; index >= 0; index -= 1) this.sink(index);
  }

  first(): Cursor | null {
    return this.cursors[0] ?? null;
  }

  advanceFirst(): void {
    const first = this.cursors[0];
    if (first === undefined) return;
    if (!first.advance()) {
      const last = this.cursors.pop();
      if (last === undefined || last === first) return;
      this.cursors[0] = last;
    }
    this.sink(0);
  }

  private sink(from: number): void {
    const { cursors } = this;
    const cursor = cursors[from];
    if (cursor === undefined) return;
    let index = from;
    for (;;) {
      const left = cursors[2 * index + 1];
      const right = cursors[2 * index + 2];
      if (left === undefined) break;
      const takeRight = right?.before(left) === true;
      const child = takeRight ? right : left;
      if (child === undefined || !child.before(cursor)) break;
      cursors[index] = child;
      index = 2 * index + (takeRight ? 2 : 1);
    }
    cursors[index] = cursor;
  }
}
