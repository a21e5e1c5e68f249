import { decodeName, type Header, parseValue, readHeader, type ValueWithParameters, valuesOf } from './mime-header';
import { guessBoundary, splitBody } from './mime-split';
import { type DocumentParser, damaged, encrypted, fileNameOf, member, type Piece } from './pieces';
import { type Decoded, decodeTransfer, leavesAsItIs } from './transfer-coding';
import { uuencodedMembers } from './uuencoded';

/** How deep parts may lie in each other, and how many are looked at. */
const MOST_DEPTH = 50;
const MOST_PARTS = 20_000;

/** A stretch of a mail that begins with a header. */
interface Part {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Where it stands: "1.2" is the second part of the first one. */
  readonly place: string;
}

/**
 * Everything that readers of a mail may see (RFC 5322, 2045-2049, 2231): bodies, attachments and mails in it, decoded.
 * Where two readers would see different things, both are members and the mail is noted as ambiguous or damaged.
 */
export const mailMembers: DocumentParser = function* (bytes) {
  const start = /^(?:\xef\xbb\xbf)?[\r\n]*/.exec(bytes.toString('latin1', 0, 4096))?.[0].length ?? 0;
  yield* new Mail().members({ bytes, start, end: bytes.length, depth: 0, place: '' });
};

class Mail {
  private parts = 0;

  *members(part: Part): Generator<Piece> {
    this.parts += 1;
    if (this.parts > MOST_PARTS || part.depth > MOST_DEPTH) {
      yield { note: 'overLimit', detail: 'it has too many parts, or they lie too deep in each other' };
      return;
    }
    const bytes = part.bytes.subarray(0, part.end);
    const header = readHeader(bytes, part.start, false);
    yield* this.read(part, header);
    if (!header.hasBareReturn) return;
    yield damaged('lines of its header end with a lone carriage return, which readers take differently');
    yield* this.read(part, readHeader(bytes, part.start, true));
  }

  private *read(part: Part, header: Header): Generator<Piece> {
    const types = valuesOf(header, 'content-type');
    const encodings = valuesOf(header, 'content-transfer-encoding');
    if (types.length > 1) yield ambiguous('the type of a part is given twice');
    if (encodings.length > 1) yield ambiguous('the encoding of a part is given twice');
    const isPlain = encodings.every(leavesAsItIs) && !types.some((type) => /^(multipart|message)\//i.test(type));
    if (header.strayLines > 0 && !isPlain) yield damaged('its header holds lines that are no fields');
    for (const text of types.length === 0 ? ['text/plain'] : types) {
      const type = parseValue(text);
      const body = { ...part, start: Math.min(header.bodyAt, part.end) };
      if (type.value.startsWith('multipart/')) yield* this.multipart(body, type, encodings);
      else
        for (const encoding of encodings.length === 0 ? [''] : encodings)
          yield* this.leaf(body, header, type, encoding);
    }
  }

  private *multipart(body: Part, type: ValueWithParameters, encodings: readonly string[]): Generator<Piece> {
    if (type.value === 'multipart/encrypted') yield encrypted('the mail is encrypted');
    const { bytes, start, end, depth } = body;
    const stated = type.parameters.get('boundary') ?? [];
    if (stated.length > 1) yield ambiguous('the boundary of its parts is given twice');
    let found = 0;
    for (const boundary of stated) {
      const { parts, around, faults } = splitBody(bytes, start, end, boundary.trimEnd());
      for (const fault of faults) yield damaged(fault);
      for (const [index, part] of parts.entries()) {
        yield* this.members({ bytes, ...part, depth: depth + 1, place: placeOf(body, index) });
      }
      for (const rest of around.filter(isBinary)) yield member(`${nameless(body)}-around.bin`, rest);
      found += parts.length;
    }
    if (found > 0) return;
    if (stated.length === 0) yield damaged('the boundary of its parts is missing');
    yield member(`${nameless(body)}.txt`, bytes.subarray(start, end));
    yield* this.guessed(body, encodings);
  }

  /** Parts of a body whose stated boundary is missing or wrong: behind the first line that looks like one, or encoded as a whole. */
  private *guessed(body: Part, encodings: readonly string[]): Generator<Piece> {
    const { bytes, start, end, depth } = body;
    for (const encoding of encodings) {
      const decoded = decodeTransfer(encoding, bytes.subarray(start, end)).bytes;
      if (decoded.length !== end - start) yield member(`${nameless(body)}.bin`, decoded);
    }
    const boundary = guessBoundary(bytes, start, end);
    if (boundary === null) return;
    for (const [index, part] of splitBody(bytes, start, end, boundary).parts.entries()) {
      yield* this.members({ bytes, ...part, depth: depth + 1, place: placeOf(body, index) });
    }
  }

  private *leaf(body: Part, header: Header, type: ValueWithParameters, encoding: string): Generator<Piece> {
    const raw = body.bytes.subarray(body.start, body.end);
    const decoded = decodeTransfer(encoding, raw);
    if (decoded.doubt !== null) yield damaged(decoded.doubt);
    if (/^message\/(rfc822|global|news)$/.test(type.value)) {
      yield* this.members({
        ...body,
        bytes: decoded.bytes,
        start: 0,
        end: decoded.bytes.length,
        depth: body.depth + 1,
      });
      return;
    }
    yield* shortcomings(type, raw);
    yield* contents(nameOf(body, header, type), decoded);
  }
}

/** Text around parts is seen where it stands; anything else there is a file that was put there. */
function isBinary(bytes: Buffer): boolean {
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32));
}

function* contents(name: string, decoded: Decoded): Generator<Piece> {
  yield member(name, decoded.bytes);
  if (decoded.other !== null) yield member(name, decoded.other);
  yield* uuencodedMembers(decoded.bytes);
}

/** Parts whose content is not in them as it is. */
function* shortcomings({ value, parameters }: ValueWithParameters, body: Buffer): Generator<Piece> {
  if (value === 'message/partial')
    yield { note: 'unopened', detail: 'it is one piece of a mail that was sent in several' };
  if (/^application\/(x-)?pkcs7-mime$/.test(value)) {
    const kind = parameters.get('smime-type')?.[0]?.toLowerCase() ?? '';
    if (kind === 'signed-data')
      yield { note: 'unopened', detail: 'its content is wrapped in a signature, which this version does not open' };
    else if (kind !== 'certs-only') yield encrypted('the mail is encrypted');
  }
  if (body.includes('-----BEGIN PGP MESSAGE-----')) yield encrypted('a part of the mail is encrypted');
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
};

function nameOf(body: Part, header: Header, type: ValueWithParameters): string {
  const disposition = parseValue(valuesOf(header, 'content-disposition')[0] ?? '');
  const stated = disposition.parameters.get('filename') ?? type.parameters.get('name');
  const name = stated === undefined ? '' : fileNameOf(decodeName(stated[0] ?? ''));
  return name === '' ? `${nameless(body)}.${EXTENSIONS[type.value] ?? 'bin'}` : name;
}

function nameless({ place }: Part): string {
  return place === '' ? 'body' : `part-${place}`;
}

function placeOf({ place }: Part, index: number): string {
  return place === '' ? `${index + 1}` : `${place}.${index + 1}`;
}

function ambiguous(detail: string): Piece {
  return { note: 'ambiguous', detail };
}
