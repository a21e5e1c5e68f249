/** Most bytes that one module is unpacked to. VBA itself stops far below (64 KiB of text for a procedure). */
const MOST_SOURCE = 16 * 1024 * 1024;
const CHUNK_BYTES = 4096;

/** Where a module's source lies: in the stream of this name, compressed, from this offset. */
export interface VbaModule {
  readonly name: string;
  readonly stream: string;
  readonly offset: number;
}

export interface Unpacked {
  readonly bytes: Buffer;
  /** False: what follows cannot be understood, or is too long. */
  readonly whole: boolean;
}

/** Unpacks a CompressedContainer ([MS-OVBA] 2.4.1) that begins at `start`. What came out before a damage is given. */
export function unpackVba(packed: Buffer, start = 0): Unpacked {
  if (packed[start] !== 1) return { bytes: Buffer.alloc(0), whole: false };
  const chunks: Buffer[] = [];
  let length = 0;
  for (let at = start + 1; at < packed.length; ) {
    if (at + 2 > packed.length || length > MOST_SOURCE) return { bytes: Buffer.concat(chunks), whole: false };
    const header = packed.readUInt16LE(at);
    const end = at + (header & 0xfff) + 3;
    const body = packed.subarray(at + 2, end);
    const chunk = (header & 0x8000) === 0 ? Buffer.from(body) : unpackChunk(body);
    if (chunk !== null) chunks.push(chunk);
    if (chunk === null || end > packed.length || (header & 0x7000) !== 0x3000) {
      return { bytes: Buffer.concat(chunks), whole: false };
    }
    length += chunk.length;
    at = end;
  }
  return { bytes: Buffer.concat(chunks), whole: true };
}

/** Null: a copy reaches before its start, or beyond its end. */
function unpackChunk(body: Buffer): Buffer | null {
  const out = Buffer.alloc(CHUNK_BYTES);
  let length = 0;
  for (let at = 0; at < body.length; ) {
    const flags = body[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < body.length; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        if (length >= CHUNK_BYTES) return null;
        out[length] = body[at] ?? 0;
        length += 1;
        at += 1;
        continue;
      }
      if (at + 2 > body.length) return null;
      const token = body.readUInt16LE(at);
      at += 2;
      const offsetBits = Math.max(4, 32 - Math.clz32(Math.max(length - 1, 0)));
      const from = length - (token >> (16 - offsetBits)) - 1;
      const copied = (token & (0xffff >> offsetBits)) + 3;
      if (from < 0 || length + copied > CHUNK_BYTES) return null;
      for (let step = 0; step < copied; step += 1) out[length + step] = out[from + step] ?? 0;
      length += copied;
    }
  }
  return out.subarray(0, length);
}

const MODULE_NAME = 0x19;
const MODULE_STREAM = 0x1a;
const MODULE_STREAM_UNICODE = 0x32;
const MODULE_OFFSET = 0x31;
const MODULE_END = 0x2b;
const PROJECT_VERSION = 0x09;
const DIR_END = 0x10;

/** The modules that an unpacked `dir` stream names ([MS-OVBA] 2.3.4.2). Null: it cannot be followed to its end. */
export function listModules(dir: Buffer): VbaModule[] | null {
  const modules: VbaModule[] = [];
  let name = '';
  let stream = '';
  let offset = 0;
  for (let at = 0; at + 6 <= dir.length; ) {
    const id = dir.readUInt16LE(at);
    const size = id === PROJECT_VERSION ? 6 : dir.readUInt32LE(at + 2);
    const data = dir.subarray(at + 6, at + 6 + size);
    if (data.length < size) return null;
    if (id === MODULE_NAME) name = data.toString('latin1');
    if (id === MODULE_STREAM) stream = data.toString('latin1');
    if (id === MODULE_STREAM_UNICODE && size > 0) stream = data.toString('utf16le');
    if (id === MODULE_OFFSET && size === 4) offset = data.readUInt32LE(0);
    if (id === MODULE_END) modules.push({ name: name === '' ? stream : name, stream, offset });
    at += 6 + size;
    if (id === DIR_END) return modules;
  }
  return null;
}

/** Where in a module's stream its compressed source begins, by the first line that every module has; -1: nowhere. */
export function findSource(stream: Buffer): number {
  const attribute = stream.indexOf('\0Attribut');
  return attribute >= 3 && stream[attribute - 3] === 1 ? attribute - 3 : -1;
}
