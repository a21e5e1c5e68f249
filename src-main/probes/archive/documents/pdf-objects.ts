import { type PdfDictionary, PdfReader, type PdfValue } from './pdf-values';

/** Most objects of one document that are looked at. */
export const MOST_OBJECTS = 1_000_000;

/** How far behind the value of an object a stream is looked for. */
const MOST_UNCLEAR = 64 * 1024;

/** An object of a PDF, wherever in the file it stands. */
export interface PdfObject {
  /** Null: it has no number that can be read. */
  readonly id: number | null;
  /** Null: it lies in a stream, with which it was encrypted if anything was. */
  readonly generation: number | null;
  readonly value: PdfValue;
  /** Where the bytes of its stream begin; null: it has none. */
  readonly streamAt: number | null;
  /** False: a stream follows, with something before it that other readers may understand differently. */
  readonly isClear: boolean;
}

/**
 * Every object that stands in the file, also where no table of contents leads: readers repair what is damaged, each in
 * its own way, so all that any of them could see is given. Dictionaries of trailers come as objects without a number.
 */
export function* pdfObjects(bytes: Buffer): Generator<PdfObject> {
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 1)) {
    if (bytes.toString('latin1', Math.max(0, at - 3), at) === 'end') continue;
    const number = /(\d{1,10})[\0\s]+(\d{1,5})[\0\s]*$/.exec(bytes.toString('latin1', Math.max(0, at - 40), at));
    const object = objectAt(bytes, at + 3, number === null ? null : Number(number[1]), Number(number?.[2] ?? 0));
    if (number !== null || object.value.kind === 'dictionary') yield object;
  }
  for (let at = bytes.indexOf('trailer'); at >= 0; at = bytes.indexOf('trailer', at + 1)) {
    yield { ...objectAt(bytes, at + 7, null, null), streamAt: null, isClear: true };
  }
}

function objectAt(bytes: Buffer, at: number, id: number | null, generation: number | null): PdfObject {
  const reader = new PdfReader(bytes, at);
  const value = reader.value();
  reader.skipWhite();
  const keyword = /^stream(\r\n|\n|\r)?/.exec(bytes.toString('latin1', reader.at, reader.at + 8));
  const streamAt = keyword === null ? null : reader.at + keyword[0].length;
  return {
    id,
    generation,
    value,
    streamAt,
    isClear: streamAt === null ? !hidesStream(bytes, reader.at) : reader.isClear,
  };
}

/** Whether a stream begins before the object ends, or the next one begins. */
function hidesStream(bytes: Buffer, at: number): boolean {
  const stream = bytes.subarray(at, at + MOST_UNCLEAR).indexOf('stream');
  return stream >= 0 && !bytes.subarray(at, at + stream).includes('obj');
}

/** Where a stream ends: where its dictionary says, when `endstream` is there; else at the next one. Null: nowhere. */
export function streamEnd(bytes: Buffer, start: number, length: number | null): number | null {
  if (
    length !== null &&
    length >= 0 &&
    /^\s*endstream/.test(bytes.toString('latin1', start + length, start + length + 16))
  ) {
    return start + length;
  }
  const end = bytes.indexOf('endstream', start);
  return end < 0 ? null : end;
}

/** Objects in the decoded bytes of an object stream (ISO 32000-1, 7.5.7). */
export function* packedObjects(decoded: Buffer, count: number, first: number): Generator<PdfObject> {
  const index = new PdfReader(decoded);
  for (let done = 0; done < Math.min(count, decoded.length); done += 1) {
    const id = index.value();
    const offset = index.value();
    if (id.kind !== 'number' || offset.kind !== 'number') return;
    yield {
      id: id.value,
      generation: null,
      value: new PdfReader(decoded, first + offset.value).value(),
      streamAt: null,
      isClear: true,
    };
  }
}

/** A value with every string in it changed. */
export function withStrings(value: PdfValue, change: (bytes: Buffer) => Buffer): PdfValue {
  if (value.kind === 'string') return { kind: 'string', bytes: change(value.bytes) };
  if (value.kind === 'array') return { kind: 'array', items: value.items.map((item) => withStrings(item, change)) };
  if (value.kind !== 'dictionary') return value;
  const entries = [...value.entries].map(([key, entry]) => [key, withStrings(entry, change)] as const);
  return { kind: 'dictionary', entries: new Map(entries) };
}

/** Every dictionary in a value, itself too. */
export function* dictionariesIn(value: PdfValue): Generator<PdfDictionary> {
  if (value.kind === 'array') for (const item of value.items) yield* dictionariesIn(item);
  if (value.kind !== 'dictionary') return;
  yield value;
  for (const entry of value.entries.values()) yield* dictionariesIn(entry);
}
