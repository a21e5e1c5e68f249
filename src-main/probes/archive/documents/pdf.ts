import { isCarrier } from './carried-file';
import { type PdfKey, unlockPdf } from './pdf-encryption';
import { decodeStream } from './pdf-filters';
import {
  dictionariesIn,
  MOST_OBJECTS,
  type PdfObject,
  packedObjects,
  pdfObjects,
  streamEnd,
  withStrings,
} from './pdf-objects';
import { listIn, nameIn, numberIn, type PdfDictionary, type PdfValue } from './pdf-values';
import { type DocumentParser, damaged, encrypted, fileNameOf, member, type Piece } from './pieces';

/** How the member with everything decoded begins: it keeps the mark of a PDF, and is none. */
export const DECODED_MARK = '%PDF: decoded objects and streams\n';

/** Identifiers that are tried; an ordinary document has one, or a few that are the same. */
const MOST_TRIED = 8;

interface Stream {
  readonly id: number | null;
  readonly generation: number;
  readonly dictionary: PdfDictionary;
  readonly start: number;
}

/**
 * What a PDF carries: embedded files, scripts (all in one member), streams that are files of their own, and one member
 * with all other streams decoded. Pixels of pictures are left where they are. One that is encrypted is opened with no
 * password, as most that are encrypted only forbid printing, and with those of the profile.
 */
export const pdfMembers: DocumentParser = async function* (bytes, { passwords }) {
  const plain = new Pdf(bytes, null);
  await plain.read();
  if (!plain.isEncrypted) {
    yield* members(plain);
    return;
  }
  const key = plain.unlock(['', ...passwords]);
  if (key === null) {
    yield encrypted('the PDF is encrypted');
    return;
  }
  const opened = new Pdf(bytes, key);
  await opened.read();
  yield* members(opened);
};

async function* members(pdf: Pdf): AsyncGenerator<Piece> {
  yield* pdf.files();
  const scripts = await pdf.scriptTexts();
  if (scripts.length > 0)
    yield member('scripts.js', Buffer.concat(scripts.flatMap((text) => [text, Buffer.from('\n')])));
  if (pdf.hasStreams) yield member('decoded', pdf.decoded());
  yield* pdf.notes;
}

class Pdf {
  readonly notes: Piece[] = [];
  isEncrypted = false;
  private readonly bytes: Buffer;
  private readonly key: PdfKey | null;
  private readonly streams: Stream[] = [];
  private readonly lengths = new Map<number, number>();
  private readonly embedded = new Map<number, string>();
  private readonly scripts: Buffer[] = [];
  private readonly scriptIds = new Set<number>();
  private readonly strings = new Map<number, Buffer>();
  /** Every dictionary of encryption, and every identifier of the document. */
  private readonly encryptions: PdfDictionary[] = [];
  private readonly documentIds: Buffer[] = [Buffer.alloc(0)];
  private objects = 0;
  private readonly noted = new Set<string>();

  constructor(bytes: Buffer, key: PdfKey | null) {
    this.bytes = bytes;
    this.key = key;
  }

  get hasStreams(): boolean {
    return this.streams.length > 0;
  }

  /** Null: no password fits, or it says in two ways how it is encrypted. */
  unlock(passwords: readonly string[]): PdfKey | null {
    const [encryption, ...others] = this.encryptions;
    if (encryption === undefined || others.some((other) => !isSame(encryption, other))) return null;
    for (const id of this.documentIds.slice(0, MOST_TRIED)) {
      const key = unlockPdf(encryption, id, passwords);
      if (key !== null) return key;
    }
    return null;
  }

  /** Lists objects and streams, and what they are for. */
  async read(): Promise<void> {
    for (const object of pdfObjects(this.bytes)) this.add(this.opened(object));
    if (this.isEncrypted && this.key === null) return;
    for (const stream of this.streams) {
      if (nameIn(stream.dictionary, 'Type') !== 'ObjStm') continue;
      const { dictionary } = stream;
      const decoded = await this.decode(stream);
      const [count, first] = [numberIn(dictionary, 'N') ?? 0, numberIn(dictionary, 'First') ?? 0];
      for (const object of packedObjects(decoded, count, first)) this.add(object);
    }
    if (this.objects > 0 && this.bytes.lastIndexOf('%%EOF') < this.bytes.lastIndexOf('endobj')) {
      this.note(damaged('its end is missing'));
    }
  }

  /** Files that are embedded, and streams that are files all the same. */
  async *files(): AsyncGenerator<Piece> {
    for (const stream of this.streams) {
      const name = this.embeddedName(stream);
      const decoded = name === null && isDrawn(stream.dictionary) ? null : await this.decode(stream);
      if (decoded === null) continue;
      if (name !== null) yield member(name, decoded);
      else if (isCarrier(decoded)) yield member(`stream-${stream.id ?? stream.start}`, decoded);
    }
  }

  async scriptTexts(): Promise<readonly Buffer[]> {
    const texts = [...this.scripts];
    for (const id of this.scriptIds) {
      const text = this.strings.get(id);
      if (text !== undefined) texts.push(text);
    }
    for (const stream of this.streams) {
      if (stream.id !== null && this.scriptIds.has(stream.id)) texts.push(await this.decode(stream));
    }
    return texts.map(asUtf8);
  }

  async *decoded(): AsyncGenerator<Buffer> {
    yield Buffer.from(DECODED_MARK);
    for (const stream of this.streams) {
      if (this.embeddedName(stream) !== null || isDrawn(stream.dictionary)) continue;
      const decoded = await this.decode(stream);
      if (decoded.length > 0) yield Buffer.concat([decoded, Buffer.from('\n')]);
    }
  }

  /** Strings are encrypted by the number of their object; those of the encryption itself are not. */
  private opened(object: PdfObject): PdfObject {
    const { key } = this;
    const { id, generation, value } = object;
    if (key === null || id === null || generation === null) return object;
    return { ...object, value: withStrings(value, (bytes) => key.string(bytes, id, generation)) };
  }

  private add({ id, generation, value, streamAt, isClear }: PdfObject): void {
    this.objects += 1;
    if (!isClear) this.note(damaged('an object in it cannot be understood'));
    if (this.objects > MOST_OBJECTS) {
      this.note({ note: 'overLimit', detail: `it has more than ${MOST_OBJECTS} objects` });
      return;
    }
    if (id !== null && value.kind === 'number') this.lengths.set(id, value.value);
    if (id !== null && value.kind === 'string') this.strings.set(id, value.bytes);
    if (value.kind === 'dictionary' && streamAt !== null) {
      this.streams.push({ id, generation: generation ?? 0, dictionary: value, start: streamAt });
    }
    for (const dictionary of dictionariesIn(value)) this.learn(dictionary);
  }

  private learn(dictionary: PdfDictionary): void {
    const { entries } = dictionary;
    const script = entries.get('JS');
    if (script?.kind === 'string') this.scripts.push(script.bytes);
    if (script?.kind === 'reference') this.scriptIds.add(script.id);
    const files = entries.get('EF');
    const name = [entries.get('UF'), entries.get('F')].find((value) => value?.kind === 'string');
    if (files?.kind === 'dictionary') {
      for (const file of files.entries.values()) {
        if (file.kind === 'reference') this.embedded.set(file.id, name === undefined ? '' : textOf(name));
      }
    }
    if (entries.has('Encrypt')) this.isEncrypted = true;
    if (entries.has('O') && entries.has('U') && entries.has('V')) this.encryptions.push(dictionary);
    const ids = entries.get('ID');
    const documentId = ids?.kind === 'array' && ids.items.length === 2 ? ids.items[0] : undefined;
    if (documentId?.kind === 'string') this.documentIds.unshift(documentId.bytes);
  }

  /** Null: the stream is no embedded file. */
  private embeddedName({ id, dictionary }: Stream): string | null {
    const name = id === null ? undefined : this.embedded.get(id);
    if (name === undefined && nameIn(dictionary, 'Type') !== 'EmbeddedFile') return null;
    return fileNameOf(name ?? '') || `file-${id ?? ''}`;
  }

  private async decode({ id, generation, dictionary, start }: Stream): Promise<Buffer> {
    const stated = dictionary.entries.get('Length');
    const length = stated?.kind === 'reference' ? this.lengths.get(stated.id) : numberIn(dictionary, 'Length');
    const end = streamEnd(this.bytes, start, length ?? null);
    if (end === null) this.note(damaged('the end of a stream is missing'));
    const raw = this.bytes.subarray(start, end ?? undefined);
    const isRaw = this.key === null || id === null || isPlain(dictionary);
    const opened = isRaw ? raw : this.key.stream(raw, id, generation, nameIn(dictionary, 'Type'));
    const { bytes, fault, tooLong, isPicture } = await decodeStream(opened, dictionary);
    if (fault !== null) this.note(damaged(fault));
    if (tooLong) this.note({ note: 'overLimit', detail: 'a stream in it is too large to be opened' });
    return isPicture ? Buffer.alloc(0) : bytes;
  }

  /** Once for each: streams are decoded more than once. */
  private note(note: Exclude<Piece, { note: 'member' }>): void {
    if (this.noted.has(note.detail)) return;
    this.noted.add(note.detail);
    this.notes.push(note);
  }
}

/** Whether a stream of an encrypted PDF is not encrypted: tables of contents never are, others may say so (7.6.5). */
function isPlain(dictionary: PdfDictionary): boolean {
  if (nameIn(dictionary, 'Type') === 'XRef') return true;
  const [filter] = listIn(dictionary, 'Filter', 'F');
  if (filter?.kind !== 'name' || filter.text !== 'Crypt') return false;
  const [parameters] = listIn(dictionary, 'DecodeParms', 'DP');
  return parameters?.kind !== 'dictionary' || ['', 'Identity'].includes(nameIn(parameters, 'Name'));
}

/** Pixels: a picture with its measures, and tables of contents. */
function isDrawn(dictionary: PdfDictionary): boolean {
  const isImage = nameIn(dictionary, 'Subtype') === 'Image' && dictionary.entries.has('Width');
  return isImage || nameIn(dictionary, 'Type') === 'XRef';
}

function textOf(value: PdfValue): string {
  return value.kind === 'string' ? asUtf8(value.bytes).toString('utf8') : '';
}

/** Text strings are UTF-16 with a mark, or one byte a character (7.9.2.2). */
function asUtf8(bytes: Buffer): Buffer {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(
      Buffer.from(bytes.subarray(2, bytes.length & ~1))
        .swap16()
        .toString('utf16le'),
    );
  }
  return bytes;
}

/** Whether two dictionaries of encryption check passwords alike. */
function isSame(one: PdfDictionary, other: PdfDictionary): boolean {
  const [left, right] = [one.entries.get('U'), other.entries.get('U')];
  return left?.kind === 'string' && right?.kind === 'string' && left.bytes.equals(right.bytes);
}
