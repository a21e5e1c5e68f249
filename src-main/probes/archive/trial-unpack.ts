import { promisify } from 'node:util';
import {
  constants,
  crc32,
  type InputType,
  inflateRaw,
  inflateRawSync,
  type ZlibOptions,
  type ZstdOptions,
  zstdDecompress,
  zstdDecompressSync,
} from 'node:zlib';
import { z } from 'zod';
import type { FileWindow } from './file-window';
import { HEAD_BYTES, type TrialBudget, trialPieces, WHOLE_BYTES } from './trial-pieces';

/** Content that hardly comes out of chance. */
const PROOF_BYTES = 64;
const GZIP_MAGIC = '1f8b08';
const GZIP_TRAILER = 8;
const ZSTD_MAGIC = 0xfd2fb528;
/** With a window of 1 MiB, and nothing else. */
const PLAIN_ZSTD_HEADER = Buffer.from('28b52ffd0050', 'hex');
const ZSTD_SKIPPABLE = 0x184d2a50;

const UNKNOWN = Number.POSITIVE_INFINITY;

/** `info: true` of node:zlib: what came out, and the engine that counts what it took. */
export const unpackedSchema = z.object({
  buffer: z.instanceof(Buffer),
  engine: z.object({ bytesWritten: z.number() }),
});

/** One way of packing. `unpack` resolves with an answer as in `unpackedSchema`; both throw node:zlib's errors. */
interface Packing {
  readonly unpackSync: (bytes: InputType, options: ZlibOptions & ZstdOptions) => unknown;
  readonly unpack: (bytes: InputType, options: ZlibOptions & ZstdOptions) => Promise<unknown>;
  /** Takes what there is, without asking for the end. */
  readonly flush: number;
}

const DEFLATE: Packing = {
  unpackSync: inflateRawSync,
  unpack: promisify<InputType, ZlibOptions, unknown>(inflateRaw),
  flush: constants.Z_SYNC_FLUSH,
};
const ZSTD: Packing = {
  unpackSync: zstdDecompressSync,
  unpack: promisify<InputType, ZstdOptions, unknown>(zstdDecompress),
  flush: constants.ZSTD_e_continue,
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

/** `proof`: enough came out without a fault. `little`: all that there is, or one that ended. `nothing`: chance. */
function tryOut({ unpackSync, flush }: Packing, head: Buffer): 'proof' | 'little' | 'nothing' {
  const options = { info: true, chunkSize: PROOF_BYTES, maxOutputLength: PROOF_BYTES - 1, finishFlush: flush };
  try {
    const { buffer } = unpackedSchema.parse(unpackSync(head, options));
    return buffer.length > 0 ? 'little' : 'nothing';
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'proof' : 'nothing';
  }
}

interface Unpacked {
  readonly content: Buffer;
  readonly end: number;
}

/** What is packed from `start` on, to its end; null when that is not found within the budget, or it is damaged. */
async function unpackWhole(
  { unpack }: Packing,
  window: FileWindow,
  start: number,
  budget: TrialBudget,
): Promise<Unpacked | null> {
  for await (const packed of trialPieces(window, start, budget)) {
    try {
      const options = { info: true, maxOutputLength: Math.max(1, Math.min(WHOLE_BYTES, budget.bytes)) };
      const { buffer, engine } = unpackedSchema.parse(await unpack(packed, options));
      budget.bytes -= buffer.length;
      return { content: buffer, end: start + engine.bytesWritten };
    } catch (error) {
      if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') budget.bytes -= Math.min(WHOLE_BYTES, budget.bytes);
      if (codeOf(error) !== 'Z_BUF_ERROR') return null;
    }
  }
  return null;
}

/** The length of the gzip members that follow each other from `start` on (RFC 1952); as `prove` of a carried kind says. */
export async function provenGzip(window: FileWindow, start: number, budget: TrialBudget): Promise<number | null> {
  let end = await endOfGzip(window, start, budget);
  if (end === null) return null;
  while (end !== UNKNOWN && (await window.read(end, 3)).toString('hex') === GZIP_MAGIC) {
    const next = await endOfGzip(window, end, budget);
    if (next === null) break;
    end = next;
  }
  return end - start;
}

async function endOfGzip(window: FileWindow, start: number, budget: TrialBudget): Promise<number | null> {
  const head = await window.read(start, HEAD_BYTES);
  const data = endOfGzipHeader(head);
  if (data === null) return null;
  if (data > head.length) return head.length < HEAD_BYTES ? null : UNKNOWN;
  const proof = tryOut(DEFLATE, head.subarray(data));
  if (proof === 'nothing') return null;
  const whole = await unpackWhole(DEFLATE, window, start + data, budget);
  if (whole === null) return UNKNOWN;
  const trailer = await window.read(whole.end, GZIP_TRAILER);
  if (trailer.length < GZIP_TRAILER) return UNKNOWN;
  const isSum = trailer.readUInt32LE(0) === crc32(whole.content);
  const isLength = trailer.readUInt32LE(4) === whole.content.length;
  if (isSum && isLength) return whole.end + GZIP_TRAILER;
  return proof === 'proof' || isSum || isLength ? UNKNOWN : null;
}

/** Where a gzip header ends, behind the head's end when it is longer; null when its flags are no gzip's. */
function endOfGzipHeader(head: Buffer): number | null {
  const flags = head[3] ?? 0xff;
  if ((flags & 0xe0) !== 0) return null;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (at + 2 <= head.length ? head.readUInt16LE(at) : 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = head.indexOf(0, at);
    if (end < 0) return head.length + 1;
    at = end + 1;
  }
  return (flags & 2) !== 0 ? at + 2 : at;
}

/** The length of the Zstandard frames that follow each other from `start` on (RFC 8878); as `prove` of a carried kind says. */
export async function provenZstd(window: FileWindow, start: number, budget: TrialBudget): Promise<number | null> {
  const blocks = plainFrame(await window.read(start, HEAD_BYTES));
  if (blocks === null || tryOut(ZSTD, blocks) === 'nothing') return null;
  for (let end = start; ; ) {
    const head = await window.read(end, 8);
    const magic = head.length === 8 ? head.readUInt32LE(0) : 0;
    if (magic === ZSTD_MAGIC) {
      const frame = await unpackWhole(ZSTD, window, end, budget);
      if (frame === null) return UNKNOWN;
      end = frame.end;
    } else if ((magic & 0xfffffff0) >>> 0 === ZSTD_SKIPPABLE) end += 8 + head.readUInt32LE(4);
    else return end - start;
  }
}

/**
 * The same blocks under a header that states nothing: neither lengths nor checksums that are wrong keep unpackers from
 * them. Null when the reserved bit is set.
 */
function plainFrame(frame: Buffer): Buffer | null {
  const flags = frame[4] ?? 0xff;
  if ((flags & 0x08) !== 0) return null;
  const isSingle = (flags & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  const size = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const blocks = frame.subarray(5 + (isSingle ? 0 : 1) + dictionary + size);
  return Buffer.concat([PLAIN_ZSTD_HEADER, blocks]);
}
