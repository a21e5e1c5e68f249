import { inflateSync } from 'node:zlib';
import { messageOf } from '../../../base/errors';
import { damaged, fileNameOf, member, type Piece, shown } from './pieces';

/** Most bytes that an object of a presentation is unpacked to. */
const MOST_OBJECT = 64 * 1024 * 1024;
const EMBEDDED_OBJECT = 0x1011;

/** The file in an `\x01Ole10Native` stream ([MS-OLEDS] 2.3.6, and how the packager of Windows fills it), or what it holds at all. */
export function* nativeObject(stream: Buffer): Generator<Piece> {
  const packaged = readPackage(stream);
  if (packaged !== null) yield packaged;
  else if (stream.length > 4) yield member('native-object', stream.subarray(4));
}

function readPackage(stream: Buffer): Piece | null {
  const label = textAt(stream, 6);
  const path = label === null ? null : textAt(stream, label.end);
  if (path === null || path.end + 8 > stream.length) return null;
  const sizeAt = path.end + 8 + stream.readUInt32LE(path.end + 4);
  if (sizeAt + 4 > stream.length) return null;
  const size = stream.readUInt32LE(sizeAt);
  const content = stream.subarray(sizeAt + 4, sizeAt + 4 + size);
  if (size === 0 || content.length < size) return null;
  return member(fileNameOf(label?.text || path.text) || 'native-object', content);
}

function textAt(bytes: Buffer, start: number): { text: string; end: number } | null {
  const end = bytes.indexOf(0, start);
  return end < 0 || end - start > 1024 ? null : { text: bytes.toString('latin1', start, end), end: end + 1 };
}

/**
 * Objects and macros in the main stream of a presentation ([MS-PPT] 2.10.34): each a compound file, mostly compressed.
 * Records of the first level are walked.
 */
export function* presentationObjects(stream: Buffer): Generator<Piece> {
  let count = 0;
  for (let at = 0; at + 8 <= stream.length; ) {
    const kind = stream.readUInt16LE(at + 2);
    const size = stream.readUInt32LE(at + 4);
    const data = stream.subarray(at + 8, at + 8 + size);
    if (data.length < size) {
      yield damaged('the records of its presentation are cut off');
      return;
    }
    if (kind === EMBEDDED_OBJECT) {
      count += 1;
      const compressed = stream.readUInt16LE(at) >> 4 === 1;
      yield compressed ? inflated(data.subarray(4), count) : member(`object-${count}`, data);
    }
    at += 8 + size;
  }
}

function inflated(packed: Buffer, count: number): Piece {
  try {
    return member(`object-${count}`, inflateSync(packed, { maxOutputLength: MOST_OBJECT }));
  } catch (error) {
    return damaged(`an object of its presentation cannot be unpacked (${shown(messageOf(error))})`);
  }
}
