import { FileReader } from './file-reader';
import { LZ4_WINDOW, unpackBlock } from './lz4-block';
import type { UnpackedMember, Unpacker, UnpackNote } from './unpacker';
import { XxHash32 } from './xxhash32';

const MAGIC = 0x184d2204;
const SKIPPABLE = 0x184d2a50;
const STORED = 0x80000000;

/** The flags of a frame's descriptor. */
interface Descriptor {
  readonly linked: boolean;
  readonly blockSums: boolean;
  readonly contentSum: boolean;
  readonly mostBlock: number;
}

/** Opens LZ4 frames (LZ4 Frame Format Description 1.6), all that follow each other, as the one member they are together. */
export const unpackLz4: Unpacker = async function* (job) {
  const reader = new FileReader(job.path);
  const notes: UnpackNote[] = [];
  const member: UnpackedMember = { note: 'member', name: Buffer.alloc(0), content: content(reader, notes) };
  try {
    yield member;
    yield* notes;
  } finally {
    reader.close();
  }
};

/** What is damaged ends it and is noted; what came out before stays. */
function* content(reader: FileReader, notes: UnpackNote[]): Generator<Buffer> {
  try {
    for (;;) {
      const magic = reader.take(4);
      if (magic.length === 0) return;
      const number = magic.length === 4 ? magic.readUInt32LE(0) : 0;
      if ((number & 0xfffffff0) >>> 0 === SKIPPABLE) throw new Error('it holds a frame that is no content');
      if (number !== MAGIC) throw new Error('bytes follow its end');
      yield* frame(reader);
    }
  } catch (error) {
    notes.push({
      note: 'damaged',
      detail: `at byte ${reader.position}: ${error instanceof Error ? error.message : ''}`,
    });
  }
}

function* frame(reader: FileReader): Generator<Buffer> {
  const descriptor = readDescriptor(reader);
  const out = Buffer.alloc(LZ4_WINDOW + descriptor.mostBlock);
  const sum = new XxHash32();
  let start = 0;
  for (let size = number(reader); size !== 0; size = number(reader)) {
    const end = readBlock(reader, size, descriptor, out, start);
    const piece = Buffer.from(out.subarray(start, end));
    if (descriptor.contentSum) sum.update(piece);
    yield piece;
    const kept = descriptor.linked ? Math.min(end, LZ4_WINDOW) : 0;
    out.copy(out, 0, end - kept, end);
    start = kept;
  }
  if (descriptor.contentSum && number(reader) !== sum.digest()) throw new Error('its checksum is wrong');
}

function readDescriptor(reader: FileReader): Descriptor {
  const [flags = 0, sizes = 0] = exactly(reader, 2);
  if (flags >> 6 !== 1 || (flags & 2) !== 0) throw new Error('it is of an unknown version');
  if ((flags & 1) !== 0) throw new Error('it needs a dictionary');
  const step = (sizes >> 4) & 7;
  if (step < 4) throw new Error('its block size is unknown');
  const stated = (flags & 8) === 0 ? Buffer.alloc(0) : Buffer.from(exactly(reader, 8));
  const sum = new XxHash32();
  sum.update(Buffer.concat([Buffer.of(flags, sizes), stated]));
  if (exactly(reader, 1)[0] !== ((sum.digest() >> 8) & 0xff)) throw new Error('its header is damaged');
  return {
    linked: (flags & 0x20) === 0,
    blockSums: (flags & 0x10) !== 0,
    contentSum: (flags & 4) !== 0,
    mostBlock: 4 ** (step + 4),
  };
}

/** Returns where the block's content ends in `out`. */
function readBlock(reader: FileReader, head: number, descriptor: Descriptor, out: Buffer, start: number): number {
  const size = (head & ~STORED) >>> 0;
  if (size > descriptor.mostBlock) throw new Error('a block is too long');
  const block = exactly(reader, size);
  const end =
    (head & STORED) === 0
      ? unpackBlock(block, out.subarray(0, start + descriptor.mostBlock), start)
      : start + block.copy(out, start);
  if (!descriptor.blockSums) return end;
  const sum = new XxHash32();
  sum.update(block);
  if (number(reader) !== sum.digest()) throw new Error('the checksum of a block is wrong');
  return end;
}

function number(reader: FileReader): number {
  return exactly(reader, 4).readUInt32LE(0);
}

function exactly(reader: FileReader, length: number): Buffer {
  const bytes = reader.take(length);
  if (bytes.length < length) throw new Error('it is cut off');
  return bytes;
}
