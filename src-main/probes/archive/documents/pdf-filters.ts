import { createInflate, createInflateRaw } from 'node:zlib';
import { messageOf } from '../../../base/errors';
import { unpackLzw } from './pdf-lzw';
import { listIn, numberIn, type PdfDictionary, type PdfValue } from './pdf-values';
import { shown } from './pieces';

/** Most bytes that one stream is decoded to. */
export const MOST_STREAM = 64 * 1024 * 1024;

/** What came out of a stream. `left`: filters that only a viewer of pictures undoes. */
export interface DecodedStream {
  readonly bytes: Buffer;
  readonly isPicture: boolean;
  /** What is not understood or damaged, as a clause; null: nothing. */
  readonly fault: string | null;
  readonly tooLong: boolean;
}

interface Step {
  readonly bytes: Buffer;
  readonly fault: string | null;
  readonly tooLong?: boolean;
}

const PICTURES = ['DCTDecode', 'DCT', 'JPXDecode', 'CCITTFaxDecode', 'CCF', 'JBIG2Decode'];
const NO_PARAMETERS: PdfDictionary = { kind: 'dictionary', entries: new Map() };

/** Undoes the filters of a stream (ISO 32000-1, 7.4), as far as they can be undone. */
export async function decodeStream(raw: Buffer, dictionary: PdfDictionary): Promise<DecodedStream> {
  const filters = listIn(dictionary, 'Filter', 'F');
  const parameters = listIn(dictionary, 'DecodeParms', 'DP');
  let bytes = raw;
  for (const [index, filter] of filters.entries()) {
    const name = filter.kind === 'name' ? filter.text : '';
    if (PICTURES.includes(name)) return { bytes, isPicture: true, fault: null, tooLong: false };
    const step = await undo(name, bytes, parameters[index]);
    bytes = step.bytes;
    if (step.fault !== null || step.tooLong === true) {
      return { bytes, isPicture: false, fault: step.fault, tooLong: step.tooLong === true };
    }
  }
  return { bytes, isPicture: false, fault: null, tooLong: false };
}

async function undo(name: string, bytes: Buffer, parameters: PdfValue | undefined): Promise<Step> {
  const given = parameters?.kind === 'dictionary' ? parameters : NO_PARAMETERS;
  if (name === 'FlateDecode' || name === 'Fl') return unpredicted(await inflate(bytes), given);
  if (name === 'LZWDecode' || name === 'LZW') return unpredicted(lzw(bytes, given), given);
  if (name === 'ASCIIHexDecode' || name === 'AHx') return { bytes: fromHex(bytes), fault: null };
  if (name === 'ASCII85Decode' || name === 'A85') return { bytes: fromBase85(bytes), fault: null };
  if (name === 'RunLengthDecode' || name === 'RL') return runLength(bytes);
  if (name === 'Crypt') return { bytes, fault: null };
  return { bytes, fault: `a stream has the unknown filter ${shown(name)}` };
}

async function inflate(bytes: Buffer): Promise<Step> {
  const first = await inflateWith(createInflate(), bytes);
  if (first.bytes.length > 0 || first.fault === null) return first;
  // some readers do without the two bytes of header
  const second = await inflateWith(createInflateRaw(), bytes.subarray(2));
  return { ...second, fault: first.fault };
}

/** What comes out before a fault is kept. */
async function inflateWith(inflating: ReturnType<typeof createInflate>, bytes: Buffer): Promise<Step> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    inflating.end(bytes);
    for await (const chunk of inflating as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST_STREAM) return { bytes: Buffer.concat(chunks), fault: null, tooLong: true };
    }
    return { bytes: Buffer.concat(chunks), fault: null };
  } catch (error) {
    return { bytes: Buffer.concat(chunks), fault: `a stream cannot be unpacked (${shown(messageOf(error))})` };
  } finally {
    inflating.destroy();
  }
}

function lzw(bytes: Buffer, parameters: PdfDictionary): Step {
  const { bytes: unpacked, whole } = unpackLzw(bytes, numberIn(parameters, 'EarlyChange') !== 0, MOST_STREAM);
  if (unpacked.length > MOST_STREAM) return { bytes: unpacked, fault: null, tooLong: true };
  return { bytes: unpacked, fault: whole ? null : 'a stream cannot be unpacked (LZW)' };
}

/** Undoes PNG's predictors row by row (7.4.4.4). TIFF's is for pictures only and is left. */
function unpredicted(step: Step, parameters: PdfDictionary): Step {
  if ((numberIn(parameters, 'Predictor') ?? 1) < 10) return step;
  const bits = (numberIn(parameters, 'Colors') ?? 1) * (numberIn(parameters, 'BitsPerComponent') ?? 8);
  const rowBytes = Math.ceil((bits * (numberIn(parameters, 'Columns') ?? 1)) / 8);
  const pixelBytes = Math.max(1, Math.ceil(bits / 8));
  if (!(rowBytes > 0 && rowBytes <= MOST_STREAM))
    return { ...step, fault: 'a stream has a predictor that makes no sense' };
  const { bytes } = step;
  const rows = Math.ceil(bytes.length / (rowBytes + 1));
  const out = Buffer.alloc(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const start = row * (rowBytes + 1);
    const source = bytes.subarray(start + 1, start + 1 + rowBytes);
    undoRow(bytes[start] ?? 0, source, out, row * rowBytes, rowBytes, pixelBytes);
  }
  return { ...step, bytes: out };
}

function undoRow(type: number, source: Buffer, out: Buffer, start: number, rowBytes: number, pixelBytes: number): void {
  for (let at = 0; at < source.length; at += 1) {
    const left = at >= pixelBytes ? (out[start + at - pixelBytes] ?? 0) : 0;
    const up = start >= rowBytes ? (out[start + at - rowBytes] ?? 0) : 0;
    const corner = at >= pixelBytes && start >= rowBytes ? (out[start + at - rowBytes - pixelBytes] ?? 0) : 0;
    const guesses = [0, left, up, (left + up) >> 1];
    out[start + at] = ((source[at] ?? 0) + (type === 4 ? paeth(left, up, corner) : (guesses[type] ?? 0))) & 0xff;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function fromHex(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0x3e);
  const digits = bytes.toString('latin1', 0, end < 0 ? bytes.length : end).replace(/[^0-9a-f]/gi, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

function fromBase85(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length * 4 + 4);
  let length = 0;
  let group = 0;
  let count = 0;
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && count === 0) length = out.writeUInt32BE(0, length);
    if (byte < 0x21 || byte > 0x75) continue;
    group = group * 85 + byte - 0x21;
    count += 1;
    if (count < 5) continue;
    length = out.writeUInt32BE(group % 2 ** 32, length);
    group = 0;
    count = 0;
  }
  if (count < 2) return out.subarray(0, length);
  for (let more = count; more < 5; more += 1) group = group * 85 + 84;
  out.writeUInt32BE(group % 2 ** 32, length);
  return out.subarray(0, length + count - 1);
}

function runLength(bytes: Buffer): Step {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let at = 0; at < bytes.length && length <= MOST_STREAM; ) {
    const control = bytes[at] ?? 128;
    if (control === 128) break;
    const piece =
      control < 128 ? bytes.subarray(at + 1, at + 2 + control) : Buffer.alloc(257 - control, bytes[at + 1] ?? 0);
    pieces.push(piece);
    length += piece.length;
    at += control < 128 ? 2 + control : 2;
  }
  return { bytes: Buffer.concat(pieces), fault: null, tooLong: length > MOST_STREAM };
}
