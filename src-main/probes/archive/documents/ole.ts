import type { Unpacker } from '../unpacking/unpacker';
import { CompoundDamage, CompoundFile, type CompoundStream } from './compound-file';
import { START_BYTES, saysEncrypted } from './ole-encryption';
import { nativeObject, presentationObjects } from './ole-packages';
import { outlookPart } from './outlook-item';
import { damaged, encrypted, MOST_DOCUMENT_BYTES, member, type Piece, plainName, StoredBytes } from './pieces';
import { findSource, listModules, unpackVba, type VbaModule } from './vba';

/**
 * Opens compound files: old Office documents, Outlook items, installers, objects in other documents, VBA projects. Every
 * stream is a member; beside them what streams hold in a form of their own: modules of VBA, packaged files, mail attachments.
 */
export const unpackOle: Unpacker = async function* (job) {
  const bytes = new StoredBytes(job.path, job.size);
  try {
    yield* contents(bytes);
  } finally {
    bytes.close();
  }
};

function* contents(bytes: StoredBytes): Generator<Piece> {
  try {
    const file = new CompoundFile(bytes);
    for (const stream of file.streams) {
      yield member(stream.path.map(readableName).join('/'), file.read(stream));
      yield* inside(file, stream);
    }
    yield* behind(bytes, file.rest);
    for (const damage of new Set(file.damages)) yield damaged(damage);
  } catch (error) {
    if (!(error instanceof CompoundDamage)) throw error;
    yield damaged(error.message);
  }
}

/** Programs read archives that were put behind a document; empty sectors are none. */
function* behind(bytes: StoredBytes, { offset, length }: CompoundFile['rest']): Generator<Piece> {
  const start = bytes.read(offset, Math.min(length, MOST_DOCUMENT_BYTES));
  if (length > MOST_DOCUMENT_BYTES)
    yield { note: 'overLimit', detail: 'what lies behind its streams is too large to be opened' };
  else if (start.some((byte) => byte !== 0)) yield member('behind-the-streams', start);
}

function* inside(file: CompoundFile, stream: CompoundStream): Generator<Piece> {
  const name = stream.path.at(-1) ?? '';
  if (saysEncrypted(name, file.start(stream, START_BYTES))) yield encrypted('the document is encrypted');
  if (name.toLowerCase() === 'dir') yield* macros(file, stream);
  if (name === '\x01Ole10Native') yield* held(file, stream, nativeObject);
  if (name === 'PowerPoint Document') yield* held(file, stream, presentationObjects);
  yield* outlookPart(file, stream);
}

function* held(
  file: CompoundFile,
  stream: CompoundStream,
  parse: (bytes: Buffer) => Iterable<Piece>,
): Generator<Piece> {
  if (stream.size > MOST_DOCUMENT_BYTES)
    yield { note: 'overLimit', detail: 'an object in it is too large to be opened' };
  else yield* parse(file.start(stream, MOST_DOCUMENT_BYTES));
}

/**
 * The sources of the VBA project whose directory is this stream. Office wants them beside it in a storage VBA; they are
 * taken wherever they lie. Without that storage, a `dir` that cannot be read as such a directory is a stream as any other.
 */
function* macros(file: CompoundFile, dir: CompoundStream): Generator<Piece> {
  const listing = unpackVba(file.start(dir, MOST_DOCUMENT_BYTES));
  const modules = listModules(listing.bytes);
  const beside = file.streams.filter((other) => other !== dir && folderOf(other) === folderOf(dir));
  if (modules === null && !isVba(dir) && !beside.some(isProject)) return;
  if (modules === null || !listing.whole) yield damaged('the directory of its macros cannot be read');
  for (const stream of beside) {
    const module = modules?.find((listed) => isNamed(stream, listed.stream));
    yield* source(file, stream, module);
  }
  for (const module of modules ?? []) {
    if (beside.some((stream) => isNamed(stream, module.stream))) continue;
    const apart = file.streams.find((stream) => stream !== dir && isNamed(stream, module.stream));
    if (apart === undefined) yield damaged('the source of a macro is missing');
    else yield* source(file, apart, module);
  }
}

/** The source in a stream: where the directory says, else where it begins as every source does. */
function* source(file: CompoundFile, stream: CompoundStream, module: VbaModule | undefined): Generator<Piece> {
  const packed = file.start(stream, MOST_DOCUMENT_BYTES);
  const offset = module?.offset ?? findSource(packed);
  if (offset < 0) return;
  const { bytes, whole } = unpackVba(packed, offset);
  yield member(`${plainName(module?.name ?? stream.path.at(-1) ?? '')}.bas`, bytes);
  if (!whole) yield damaged('the source of a macro cannot be read to its end');
}

function folderOf({ path }: CompoundStream): string {
  return path.slice(0, -1).join('\0');
}

function isNamed({ path }: CompoundStream, name: string): boolean {
  return path.at(-1)?.toLowerCase() === name.toLowerCase();
}

function isVba({ path }: CompoundStream): boolean {
  return path.slice(0, -1).some((storage) => storage.toUpperCase() === 'VBA');
}

function isProject({ path }: CompoundStream): boolean {
  return path.at(-1) === '_VBA_PROJECT';
}

/** Windows Installer packs two characters of these into one, from U+3800 on. */
const PACKED = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._';

/** A stream's name without what would make it a path; names in installers as the tables and files that they are. */
function readableName(name: string): string {
  let readable = '';
  for (const character of name) {
    const code = character.charCodeAt(0);
    if (code >= 0x3800 && code < 0x4800) {
      readable += `${PACKED[(code - 0x3800) & 63] ?? ''}${PACKED[(code - 0x3800) >> 6] ?? ''}`;
    } else if (code >= 0x4800 && code < 0x4840) readable += PACKED[code - 0x4800] ?? '';
    else readable += code === 0x4840 ? '!' : character;
  }
  return plainName(readable);
}
