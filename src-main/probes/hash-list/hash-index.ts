import { DropgateError } from '../../base/errors';
import { type FileHandle, open } from '../../base/files';
import { type Algorithm, HASH_BYTES } from './algorithms';
import { readExactly, readFooter } from './index-file';
import { type IndexFooter, type ListedAt, readPlace, recordBytes, type Section, tableEntry } from './index-format';

/** What one look-up reads at most at once; sections whose hashes crowd one entry are halved until they fit. */
const MOST_READ_BYTES = 64 * 1024;

interface OpenSection extends Section {
  readonly below: Uint32Array;
}

/**
 * An open index: its small tables in memory (at most 4 MiB each), its records on disk. Rejects with INTEGRITY when
 * the file is not what its footer says. A look-up that has begun is finished before `close` resolves.
 */
export class HashIndex {
  readonly footer: IndexFooter;
  private readonly handle: FileHandle;
  private readonly sections: ReadonlyMap<Algorithm, OpenSection>;

  private constructor(handle: FileHandle, footer: IndexFooter, sections: ReadonlyMap<Algorithm, OpenSection>) {
    this.handle = handle;
    this.footer = footer;
    this.sections = sections;
  }

  static async open(path: string): Promise<HashIndex> {
    const handle = await open(path, 'r');
    try {
      const footer = await readFooter(handle);
      const sections = new Map<Algorithm, OpenSection>();
      for (const section of footer.sections) sections.set(section.algorithm, await openSection(handle, section));
      return new HashIndex(handle, footer, sections);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Number of different hashes of an algorithm. */
  count(algorithm: Algorithm): number {
    return this.sections.get(algorithm)?.records ?? 0;
  }

  /** Where the list has this hash, or null when it has not. */
  async find(algorithm: Algorithm, hex: string): Promise<ListedAt | null> {
    const section = this.sections.get(algorithm);
    if (section === undefined) throw new DropgateError('INTEGRITY', `an index of a hash list has no ${algorithm} part`);
    const hash = Buffer.from(hex, 'hex');
    if (hash.length !== HASH_BYTES[algorithm]) throw new DropgateError('PROTOCOL', `this is no ${algorithm}: ${hex}`);
    const entry = tableEntry(hash.readUInt32BE(0), section.bits);
    const range = await this.narrow(section, hash, section.below[entry] ?? 0, section.below[entry + 1] ?? 0);
    if (range.from === range.to) return null;
    const width = recordBytes(algorithm);
    const records = await readExactly(this.handle, section.start + range.from * width, (range.to - range.from) * width);
    const at = searchRecords(records, width, hash);
    return at === null ? null : readPlace(records, at, algorithm);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** Halves `from`..`to` (record numbers, `to` excluded) until one read takes the rest. */
  private async narrow(
    section: Section,
    hash: Buffer,
    from: number,
    to: number,
  ): Promise<{ readonly from: number; readonly to: number }> {
    const width = recordBytes(section.algorithm);
    let [low, high] = [from, to];
    while ((high - low) * width > MOST_READ_BYTES) {
      const middle = Math.floor((low + high) / 2);
      const key = await readExactly(this.handle, section.start + middle * width, hash.length);
      if (hash.compare(key) < 0) high = middle;
      else low = middle;
    }
    return { from: low, to: high };
  }
}

async function openSection(handle: FileHandle, section: Section): Promise<OpenSection> {
  const entries = 2 ** section.bits + 1;
  const bytes = await readExactly(handle, section.table, entries * 4);
  const below = new Uint32Array(entries);
  for (let entry = 0; entry < entries; entry += 1) below[entry] = bytes.readUInt32LE(entry * 4);
  if (below[0] !== 0 || below[entries - 1] !== section.records)
    throw new DropgateError('INTEGRITY', 'a table of a hash list index does not fit its records');
  return { ...section, below };
}

/** Position of the record of `hash` in `records`, or null. */
function searchRecords(records: Buffer, width: number, hash: Buffer): number | null {
  let low = 0;
  let high = records.length / width;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = hash.compare(records, middle * width, middle * width + hash.length);
    if (order === 0) return middle * width;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return null;
}
