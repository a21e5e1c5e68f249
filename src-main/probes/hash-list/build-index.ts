import { createHash, type Hash } from 'node:crypto';
import { writeFileAtomic } from '../../base/atomic-file';
import { ALGORITHMS, type Algorithm } from './algorithms';
import { BUILT_IN_LINE, CANARY_SHA256 } from './canary';
import {
  type IndexFooter,
  type ListState,
  MAGIC,
  recordBytes,
  type Section,
  tableBits,
  tableEntry,
} from './index-format';
import { readList } from './read-list';
import { SortedRuns } from './sorted-runs';
import { SpillFile, writeFully } from './spill-file';

const WRITE_BYTES = 1024 * 1024;
const MOST_LINES = 2 ** 32 - 1;

export interface BuildOptions {
  readonly folder: string;
  readonly onProgress?: (bytes: number) => void;
  /** For tests: memory of one sorted run. */
  readonly runBytes?: number;
}

/**
 * Reads the open list and writes its index to `indexPath`, whole or not at all. `list` says which list in which state
 * it is, but for the SHA-256 that reading it yields. Memory does not depend on the length of the list. Blocks for
 * seconds on long lists: for child processes. Throws ListMistake, and what reading and writing throw.
 */
export async function buildIndex(
  fd: number,
  list: Omit<ListState, 'sha256'>,
  indexPath: string,
  options: BuildOptions,
): Promise<void> {
  const spill = new SpillFile(options.folder);
  try {
    const sorters = ALGORITHMS.map((algorithm) => new SortedRuns(algorithm, spill, options.runBytes));
    const sha256 = takeList(fd, new Map(sorters.map((sorter) => [sorter.algorithm, sorter])), options);
    await writeFileAtomic(
      indexPath,
      async (handle) => {
        const writer = new IndexWriter(handle.fd);
        writer.finish(
          { ...list, sha256 },
          sorters.map((sorter) => writer.section(sorter)),
        );
      },
      { mode: 0o600 },
    );
  } finally {
    spill.close();
  }
}

function takeList(fd: number, sorters: Map<Algorithm, SortedRuns>, options: BuildOptions): string {
  sorters.get('sha256')?.add(Buffer.from(CANARY_SHA256, 'hex'), 0, BUILT_IN_LINE);
  return readList(
    fd,
    (algorithm, hash, offset, line) => {
      if (line > MOST_LINES) throw new Error(`a list may have ${MOST_LINES} lines`);
      sorters.get(algorithm)?.add(hash, offset, line);
    },
    options.onProgress,
  );
}

/** Writes an index from its start to its end, and its hash with it. */
class IndexWriter {
  private readonly fd: number;
  private readonly sum: Hash = createHash('sha256');
  private readonly piece = Buffer.alloc(WRITE_BYTES);
  private filled = 0;
  private flushed = 0;

  constructor(fd: number) {
    this.fd = fd;
    this.write(MAGIC);
  }

  /** Writes the records of one algorithm; then their table. */
  section(sorter: SortedRuns): Section {
    const { algorithm } = sorter;
    const bits = tableBits(sorter.taken);
    const counts = new Uint32Array(2 ** bits);
    const start = this.position;
    const width = recordBytes(algorithm);
    for (const { piece, at, prefix } of sorter.merged()) {
      const entry = tableEntry(prefix, bits);
      counts[entry] = (counts[entry] ?? 0) + 1;
      this.write(piece, at, width);
    }
    const records = (this.position - start) / width;
    const table = this.position;
    this.writeTable(counts);
    return { algorithm, start, records, table, bits };
  }

  finish(list: ListState, sections: Section[]): void {
    const footer: IndexFooter = { format: 1, list, sections };
    const text = Buffer.from(JSON.stringify(footer));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    this.write(text);
    this.write(length);
    this.flush();
    const end = Buffer.concat([this.sum.digest(), MAGIC]);
    writeFully(this.fd, end, this.flushed);
  }

  private get position(): number {
    return this.flushed + this.filled;
  }

  private writeTable(counts: Uint32Array): void {
    const entry = Buffer.alloc(4);
    let below = 0;
    this.write(entry);
    for (const count of counts) {
      below += count;
      entry.writeUInt32LE(below);
      this.write(entry);
    }
  }

  /** `length` bytes of `bytes` from `start`; less than WRITE_BYTES. */
  private write(bytes: Buffer, start = 0, length = bytes.length): void {
    if (this.filled + length > this.piece.length) this.flush();
    if (bytes.copy(this.piece, this.filled, start, start + length) !== length)
      throw new Error('a piece of an index is too large');
    this.filled += length;
  }

  private flush(): void {
    const bytes = this.piece.subarray(0, this.filled);
    this.sum.update(bytes);
    writeFully(this.fd, bytes, this.flushed);
    this.flushed += this.filled;
    this.filled = 0;
  }
}
