import type { StoredBytes } from './pieces';

const END_OF_CHAIN = 0xfffffffe;
const HIGHEST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
const ENTRY_BYTES = 128;
/** Most directory entries that are looked at. */
const MOST_ENTRIES = 1_000_000;
/** Pieces in which a stream is read. */
const PIECE_BYTES = 256 * 1024;

const STORAGE = 1;
const STREAM = 2;
const ROOT = 5;

/** A stream of a compound file. */
export interface CompoundStream {
  /** Names of the storages above it, then its own, as they are stored. */
  readonly path: readonly string[];
  readonly size: number;
  readonly start: number;
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

/** A damage, in words that fit after "because". */
export class CompoundDamage extends Error {}

/**
 * A compound file ([MS-CFB]), read where its tables point to. Streams that no storage names are listed too. Every chain
 * is followed at most as far as the file has sectors. What cannot be followed is gathered in `damages`.
 */
export class CompoundFile {
  readonly damages: string[] = [];
  readonly streams: readonly CompoundStream[];
  private readonly bytes: StoredBytes;
  private lastRead = -1;
  private readonly sectorBytes: number;
  private readonly smallBytes: number;
  private readonly smallBelow: number;
  private readonly table: Uint32Array;
  private readonly smallTable: Uint32Array;
  private readonly smallSectors: readonly number[];

  /** Throws CompoundDamage when not even the directory can be found. */
  constructor(bytes: StoredBytes) {
    this.bytes = bytes;
    const header = bytes.read(0, 512);
    if (header.length < 512) throw new CompoundDamage('its header is cut off');
    const shift = header.readUInt16LE(30);
    if (shift !== 9 && shift !== 12) throw new CompoundDamage('its sectors are of an unknown size');
    this.sectorBytes = 1 << shift;
    this.smallBytes = 1 << Math.min(header.readUInt16LE(32), shift);
    this.smallBelow = header.readUInt32LE(56);
    this.table = this.readTable(header);
    const entries = this.readEntries(header.readUInt32LE(48));
    const root = entries[0];
    if (root === undefined || root.type !== ROOT) throw new CompoundDamage('its directory cannot be read');
    this.smallTable = toNumbers([...this.chunks(this.chain(header.readUInt32LE(60), 'its table of small sectors'))]);
    this.smallSectors = root.size > 0 ? this.chain(root.start, 'its store of small sectors') : [];
    this.streams = this.listStreams(entries);
  }

  /** A stream in pieces. What is missing of it is added to `damages`. */
  *read(stream: CompoundStream): Generator<Buffer> {
    let left = stream.size;
    for (const piece of stream.size < this.smallBelow ? this.smallPieces(stream) : this.largePieces(stream)) {
      const part = piece.subarray(0, left);
      left -= part.length;
      if (part.length > 0) yield part;
      if (left === 0) return;
    }
    if (left > 0) this.damages.push('a stream ends before its size');
  }

  /** What lies behind the last sector that was read: once everything was, what no table leads to. */
  get rest(): { readonly offset: number; readonly length: number } {
    const offset = Math.min((this.lastRead + 2) * this.sectorBytes, this.bytes.size);
    return { offset, length: this.bytes.size - offset };
  }

  /** At most `most` bytes of a stream's start. */
  start(stream: CompoundStream, most: number): Buffer {
    const pieces: Buffer[] = [];
    let length = 0;
    for (const piece of this.read({ ...stream, size: Math.min(stream.size, most) })) {
      pieces.push(piece);
      length += piece.length;
      if (length >= most) break;
    }
    return Buffer.concat(pieces);
  }

  private readTable(header: Buffer): Uint32Array {
    const most = Math.ceil(this.bytes.size / this.sectorBytes);
    const sectors: number[] = [];
    const add = (list: Buffer) => {
      for (let at = 0; at + 4 <= list.length && sectors.length < most; at += 4) {
        const sector = list.readUInt32LE(at);
        if (sector < HIGHEST_SECTOR) sectors.push(sector);
      }
    };
    add(header.subarray(76, 512));
    let next = header.readUInt32LE(68);
    for (let left = header.readUInt32LE(72); left > 0 && next < HIGHEST_SECTOR && sectors.length < most; left -= 1) {
      const more = this.sector(next);
      if (more.length < this.sectorBytes) throw new CompoundDamage('its table of sectors is cut off');
      add(more.subarray(0, this.sectorBytes - 4));
      next = more.readUInt32LE(this.sectorBytes - 4);
    }
    const stated = header.readUInt32LE(44);
    if (sectors.length < stated) this.damages.push('its table of sectors is not complete');
    return toNumbers(sectors.slice(0, Math.max(stated, 1)).map((sector) => this.sector(sector)));
  }

  private readEntries(start: number): readonly Entry[] {
    const entries: Entry[] = [];
    for (const piece of this.chunks(this.chain(start, 'its directory'))) {
      for (let at = 0; at + ENTRY_BYTES <= piece.length; at += ENTRY_BYTES) {
        if (entries.length >= MOST_ENTRIES) throw new CompoundDamage('its directory is too long');
        entries.push(readEntry(piece.subarray(at, at + ENTRY_BYTES), this.sectorBytes));
      }
    }
    return entries;
  }

  private listStreams(entries: readonly Entry[]): CompoundStream[] {
    const found: CompoundStream[] = [];
    const seen = new Set<number>([0]);
    const open: { index: number; path: readonly string[] }[] = [{ index: entries[0]?.child ?? NO_ENTRY, path: [] }];
    const visit = ({ index, path }: { index: number; path: readonly string[] }) => {
      const entry = entries[index];
      if (index === NO_ENTRY) return;
      if (entry === undefined || seen.has(index)) {
        this.damages.push('its directory leads to where there is nothing, or in a circle');
        return;
      }
      seen.add(index);
      open.push({ index: entry.left, path }, { index: entry.right, path });
      const own = [...path, entry.name];
      if (entry.type === STORAGE) open.push({ index: entry.child, path: own });
      else if (entry.type === STREAM) found.push({ path: own, size: entry.size, start: entry.start });
      else this.damages.push('an entry of its directory is of an unknown kind');
    };
    for (let next = open.pop(); next !== undefined; next = open.pop()) visit(next);
    entries.forEach(({ type, name, size, start }, index) => {
      if (type === STREAM && !seen.has(index)) found.push({ path: ['unlisted', name], size, start });
    });
    return found;
  }

  private *largePieces({ start }: CompoundStream): Generator<Buffer> {
    yield* this.chunks(this.chain(start, 'a stream'));
  }

  private *smallPieces({ start }: CompoundStream): Generator<Buffer> {
    const perSector = this.sectorBytes / this.smallBytes;
    for (const small of follow(start, this.smallTable, this.damageOf('a small stream'))) {
      const sector = this.smallSectors[Math.floor(small / perSector)];
      if (sector === undefined) return;
      const at = (small % perSector) * this.smallBytes;
      yield this.sector(sector).subarray(at, at + this.smallBytes);
    }
  }

  private chain(start: number, what: string): number[] {
    return [...follow(start, this.table, this.damageOf(what))];
  }

  private damageOf(what: string): (fault: string) => void {
    return (fault) => this.damages.push(`${what} ${fault}`);
  }

  /** The content of sectors; neighbours are read together. */
  private *chunks(sectors: readonly number[]): Generator<Buffer> {
    const most = PIECE_BYTES / this.sectorBytes;
    for (let at = 0; at < sectors.length; ) {
      const first = sectors[at] ?? 0;
      let count = 1;
      while (count < most && sectors[at + count] === first + count) count += 1;
      this.lastRead = Math.max(this.lastRead, first + count - 1);
      yield this.bytes.read((first + 1) * this.sectorBytes, count * this.sectorBytes);
      at += count;
    }
  }

  private sector(number: number): Buffer {
    this.lastRead = Math.max(this.lastRead, number);
    return this.bytes.read((number + 1) * this.sectorBytes, this.sectorBytes);
  }
}

/** Sectors of a chain, in order. No table entry is followed twice as often as there are entries. */
function* follow(start: number, table: Uint32Array, onDamage: (fault: string) => void): Generator<number> {
  let next = start;
  for (let steps = 0; steps <= table.length; steps += 1) {
    if (next === END_OF_CHAIN || next === NO_ENTRY) return;
    const after = table[next];
    if (after === undefined) {
      onDamage('leads out of the file');
      return;
    }
    yield next;
    next = after;
  }
  onDamage('goes in a circle');
}

function readEntry(entry: Buffer, sectorBytes: number): Entry {
  const nameBytes = Math.max(0, Math.min(entry.readUInt16LE(64), 64) - 2);
  // the upper half means nothing in files with small sectors, and is not always zero there
  const high = sectorBytes === 512 ? 0 : entry.readUInt32LE(124);
  return {
    name: entry.toString('utf16le', 0, nameBytes & ~1),
    type: entry[66] ?? 0,
    left: entry.readUInt32LE(68),
    right: entry.readUInt32LE(72),
    child: entry.readUInt32LE(76),
    start: entry.readUInt32LE(116),
    size: entry.readUInt32LE(120) + high * 2 ** 32,
  };
}

function toNumbers(pieces: readonly Buffer[]): Uint32Array {
  const all = Buffer.concat(pieces);
  const numbers = new Uint32Array(all.length >> 2);
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = all.readUInt32LE(at * 4);
  return numbers;
}
