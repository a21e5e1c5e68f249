import type { FileTypeResult } from 'file-type';
import type { FileType } from '../contract/item';
import { binaryRule } from './file-type-binaries';
import { oleFamily, type ReadPart, zipFamily } from './file-type-containers';
import { diskRule } from './file-type-disks';
import { asText, isTextual, mayBeCode, textRule } from './file-type-texts';
import { described } from './file-type-words';

/** How much of a file's start detectType looks at (file-type's own sample size); it asks `read` for the little beyond. */
export const HEAD_BYTES = 4100;

/** What libmagic is given: it decides texts by their first lines, and its time hardly depends on the size. */
const MAGIC_BYTES = 1024;

const UNKNOWN: FileType = { mime: 'application/octet-stream', description: 'data of no known kind', unknown: true };

/** Where a file is looked at: its first HEAD_BYTES (fewer only when it is shorter), its size in bytes, and a reader of the rest. */
export interface TypeSource {
  readonly head: Uint8Array;
  readonly size: number;
  /** Up to `length` bytes at `offset`; fewer at the end. Its errors reject detectType. */
  readonly read?: ReadPart;
}

/**
 * What the bytes are, whatever the name says. Order: signatures of the file-type library (corrected where two or
 * three letters could be the start of a text), rules of our own, libmagic (about 1 ms a file, so only for what is left).
 * No content makes it throw: what nothing recognises is application/octet-stream, `unknown`.
 */
export async function detectType(source: TypeSource): Promise<FileType> {
  const head = Buffer.from(source.head.buffer, source.head.byteOffset, Math.min(source.head.length, HEAD_BYTES));
  if (source.size === 0 || head.length === 0) return described('inode/x-empty');
  const text = asText(head);
  const textual = text !== null || isTextual(head);
  const read = source.read ?? ((offset, length) => head.subarray(offset, offset + length));
  const mime =
    (await binaryRule(head, textual, read)) ??
    (await refined(await bySignature(head, textual), source.size, read)) ??
    (await diskRule(head, source.size, read)) ??
    (text === null ? null : textRule(text));
  if (mime !== null) return described(mime);
  if (text !== null && !mayBeCode(text)) return described('text/plain');
  const magic = await byLibmagic(head);
  if (magic !== null) return described(magic);
  return textual ? described('text/plain') : UNKNOWN;
}

/** Formats whose first 512 bytes may be nothing but text; any other answer about a text is a chance hit of two or three letters. */
const TEXTUAL =
  /^(text\/|application\/(pdf|rtf|postscript|eps|pgp|x-ms-regedit|x-unix-archive|x-deb|x-cpio|x-7z|x-tar)|model\/stl)/;

async function bySignature(head: Buffer, textual: boolean): Promise<string | null> {
  // the library would unpack it to see whether a tar is in it, and answer the same
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'application/gzip';
  const { fileTypeFromBuffer } = await import('file-type');
  let result: FileTypeResult | undefined;
  try {
    result = await fileTypeFromBuffer(head);
  } catch {
    return null; // a parser of one format gave up on damaged content: the other detectors decide
  }
  if (result === undefined || (textual && !TEXTUAL.test(result.mime))) return null;
  return result.mime.split(';')[0] ?? result.mime;
}

/** Containers that the head tells apart from each other, or from other data, only in part. */
async function refined(mime: string | null, size: number, read: ReadPart): Promise<string | null> {
  if (mime === 'application/zip') return (await zipFamily(size, read)) ?? mime;
  if (mime === 'application/x-cfb') return (await oleFamily(read)) ?? 'application/x-ole-storage';
  if (mime === 'application/x-apple-diskimage') return null; // any zlib data to the library; diskRule knows true images
  return mime;
}

const NO_ANSWER: ReadonlySet<string> = new Set(['application/octet-stream', 'application/x-dosexec']);

interface Libmagic {
  detect(bytes: Uint8Array): string;
}
let loading: Promise<Libmagic> | null = null;

/**
 * libmagic's answer, or null for "data". Its DOS programs without a header are told by one byte, which texts and pictures
 * begin with too: no answer either. It is loaded when it is first needed (50 ms, 20 MB).
 */
async function byLibmagic(head: Buffer): Promise<string | null> {
  loading ??= import('wasmagic').then(({ WASMagic }) => WASMagic.create());
  const answer = (await loading).detect(head.subarray(0, MAGIC_BYTES));
  return /^[\w.+-]+\/[\w.+-]+$/.test(answer) && !NO_ANSWER.has(answer) ? answer : null;
}
