import { type Algorithm, HASH_BYTES } from './algorithms';
import { recordBytes, writeRecord } from './index-format';
import { mergeRuns, type PlacedRecord, type Run } from './merge-runs';
import type { SpillFile } from './spill-file';

/** A run is sorted in memory: this and as much again for sorting is all that a list of any length takes. */
const RUN_BYTES = 16 * 1024 * 1024;
const MOST_PIECE_BYTES = 1024 * 1024;
/** A record's number within a run and 32 bits of its hash fit together into the 53 bits of a double. */
const NUMBER_BITS = 20;
const NUMBER_SPAN = 2 ** NUMBER_BITS;

/** Sorts the records of one algorithm by hash with bounded memory: sorted runs in a spill file, then one merge. */
export class SortedRuns {
  readonly algorithm: Algorithm;
  /** Records taken, double ones included. */
  taken = 0;
  private readonly width: number;
  private readonly mostInRun: number;
  private readonly spill: SpillFile;
  private readonly runs: Run[] = [];
  private run: Buffer | null = null;
  private inRun = 0;

  /** `runBytes`: for tests, which want many runs of few records. */
  constructor(algorithm: Algorithm, spill: SpillFile, runBytes = RUN_BYTES) {
    this.algorithm = algorithm;
    this.spill = spill;
    this.width = recordBytes(algorithm);
    this.mostInRun = Math.min(NUMBER_SPAN, Math.max(1, Math.floor(runBytes / this.width)));
  }

  /** `hash` is copied. */
  add(hash: Buffer, offset: number, line: number): void {
    this.run ??= Buffer.alloc(this.mostInRun * this.width);
    writeRecord(this.run, this.inRun * this.width, this.algorithm, hash, offset, line);
    this.inRun += 1;
    this.taken += 1;
    if (this.inRun === this.mostInRun) this.endRun();
  }

  /**
   * All records in the order of their hashes; of several with one hash, the first that was added. Each is only good
   * until the next is asked for. Nothing can be added afterwards.
   */
  merged(): Generator<PlacedRecord> {
    this.endRun();
    this.run = null;
    return mergeRuns(this.spill.fd, this.algorithm, this.runs);
  }

  private endRun(): void {
    if (this.run === null || this.inRun === 0) return;
    const order = sortedOrder(this.run, this.inRun, this.width, HASH_BYTES[this.algorithm]);
    const start = this.spill.position;
    const piece = Buffer.alloc(Math.min(MOST_PIECE_BYTES - (MOST_PIECE_BYTES % this.width), order.length * this.width));
    let filled = 0;
    for (const number of order) {
      this.run.copy(piece, filled, number * this.width, (number + 1) * this.width);
      filled += this.width;
      if (filled < piece.length) continue;
      this.spill.append(piece);
      filled = 0;
    }
    this.spill.append(piece.subarray(0, filled));
    this.runs.push({ start, bytes: this.inRun * this.width });
    this.inRun = 0;
  }
}

/** Numbers of the records of a run, by hash, equal hashes in the order they came. */
function sortedOrder(run: Buffer, records: number, width: number, hashBytes: number): Uint32Array {
  const keys = new Float64Array(records);
  for (let number = 0; number < records; number += 1)
    keys[number] = run.readUInt32BE(number * width) * NUMBER_SPAN + number;
  keys.sort(); // native, because typed arrays sort as numbers
  const order = new Uint32Array(records);
  for (let at = 0; at < records; at += 1) order[at] = (keys[at] ?? 0) % NUMBER_SPAN;
  for (let start = 0; start < records; ) {
    const prefix = Math.floor((keys[start] ?? 0) / NUMBER_SPAN);
    let end = start + 1;
    while (end < records && Math.floor((keys[end] ?? 0) / NUMBER_SPAN) === prefix) end += 1;
    if (end - start > 1) {
      const tied = order.subarray(start, end);
      tied.sort(
        (left, right) =>
          run.compare(run, right * width, right * width + hashBytes, left * width, left * width + hashBytes) ||
          left - right,
      );
    }
    start = end;
  }
  return order;
}
