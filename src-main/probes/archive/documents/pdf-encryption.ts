import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { Rc4 } from '../../../base/rc4';
import { nameIn, numberIn, type PdfDictionary } from './pdf-values';

/** What a password is filled up with (ISO 32000-1, 7.6.3.3). */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const NO_BYTES = Buffer.alloc(0);
const ZERO_VECTOR = Buffer.alloc(16);
const ROUNDS = 64;
/** Beyond this the last round of the hash must come by chance; it does, long before. */
const MOST_ROUNDS = 10_000;

type Method = 'none' | 'rc4' | 'aes';

/** What opens an encrypted PDF: undoes the encryption of streams and strings, each by the number of its object. */
export class PdfKey {
  private readonly key: Buffer;
  private readonly perObject: boolean;
  private readonly streams: Method;
  private readonly strings: Method;
  private readonly isMetadataPlain: boolean;

  constructor(key: Buffer, encryption: PdfDictionary) {
    this.key = key;
    this.perObject = versionOf(encryption) < 5;
    this.streams = methodOf(encryption, 'StmF');
    this.strings = methodOf(encryption, 'StrF');
    this.isMetadataPlain = isMetadataPlain(encryption);
  }

  /** `type`: what its dictionary says that it is. */
  stream(bytes: Buffer, id: number, generation: number, type: string): Buffer {
    if (type === 'Metadata' && this.isMetadataPlain) return bytes;
    return this.undo(this.streams, bytes, id, generation);
  }

  string(bytes: Buffer, id: number, generation: number): Buffer {
    return this.undo(this.strings, bytes, id, generation);
  }

  private undo(method: Method, bytes: Buffer, id: number, generation: number): Buffer {
    if (method === 'none') return bytes;
    const key = this.perObject ? this.keyOf(method, id, generation) : this.key;
    return method === 'rc4' ? new Rc4(key).apply(bytes) : undoAes(key, bytes);
  }

  /** Algorithm 1 of 7.6.2. */
  private keyOf(method: Method, id: number, generation: number): Buffer {
    const number = Buffer.alloc(5);
    number.writeUIntLE(id % 2 ** 24, 0, 3);
    number.writeUIntLE(generation % 2 ** 16, 3, 2);
    const all = Buffer.concat([this.key, number, method === 'aes' ? Buffer.from('sAlT') : NO_BYTES]);
    return md5(all).subarray(0, Math.min(this.key.length + 5, 16));
  }
}

/**
 * The key of a PDF that the standard handler encrypted (ISO 32000-1, 7.6.3 and ISO 32000-2, 7.6.4), by the first of these
 * passwords of its user that fits. `documentId`: the first half of its /ID. Null: none fits, or another handler did it.
 */
export function unlockPdf(encryption: PdfDictionary, documentId: Buffer, passwords: readonly string[]): PdfKey | null {
  if (nameIn(encryption, 'Filter') !== 'Standard') return null;
  for (const password of passwords) {
    const bytes = Buffer.from(password);
    const key = versionOf(encryption) >= 5 ? newKey(encryption, bytes) : oldKey(encryption, documentId, bytes);
    if (key !== null) return new PdfKey(key, encryption);
  }
  return null;
}

/** Algorithms 2, 4 and 5 of 7.6.3. */
function oldKey(encryption: PdfDictionary, documentId: Buffer, password: Buffer): Buffer | null {
  const revision = numberIn(encryption, 'R') ?? 0;
  const length = revision < 3 ? 5 : Math.min(16, Math.max(5, (numberIn(encryption, 'Length') ?? 40) >> 3));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE((numberIn(encryption, 'P') ?? 0) | 0);
  let key: Buffer = md5(
    padded(password),
    bytesIn(encryption, 'O').subarray(0, 32),
    permissions,
    documentId,
    revision >= 4 && isMetadataPlain(encryption) ? Buffer.alloc(4, 0xff) : NO_BYTES,
  );
  for (let round = 0; revision >= 3 && round < 50; round += 1) key = md5(key.subarray(0, length));
  key = key.subarray(0, length);
  const stored = bytesIn(encryption, 'U').subarray(0, revision < 3 ? 32 : 16);
  return userCheck(key, revision, documentId).subarray(0, stored.length).equals(stored) && stored.length >= 16
    ? key
    : null;
}

function userCheck(key: Buffer, revision: number, documentId: Buffer): Buffer {
  if (revision < 3) return new Rc4(key).apply(PADDING);
  let check: Buffer = md5(PADDING, documentId);
  for (let round = 0; round < 20; round += 1) check = new Rc4(key.map((byte) => byte ^ round)).apply(check);
  return check;
}

/** Algorithm 2.A of ISO 32000-2, 7.6.4.3.3, for a user's password. */
function newKey(encryption: PdfDictionary, password: Buffer): Buffer | null {
  const user = bytesIn(encryption, 'U');
  const wrapped = bytesIn(encryption, 'UE');
  if (user.length < 48 || wrapped.length < 32) return null;
  const hash = numberIn(encryption, 'R') === 5 ? sha256 : hardened;
  if (!hash(password, user.subarray(32, 40)).equals(user.subarray(0, 32))) return null;
  const unwrapping = createDecipheriv('aes-256-cbc', hash(password, user.subarray(40, 48)), ZERO_VECTOR);
  return unwrapping.setAutoPadding(false).update(wrapped.subarray(0, 32));
}

/** Algorithm 2.B. */
function hardened(password: Buffer, salt: Buffer): Buffer {
  let key = sha256(password, salt);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const input = Buffer.concat(Array.from({ length: 64 }, () => Buffer.concat([password, key])));
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const encrypted = cipher.update(input);
    const sum = encrypted.subarray(0, 16).reduce((all, byte) => all + byte, 0);
    key = createHash(['sha256', 'sha384', 'sha512'][sum % 3] ?? 'sha256')
      .update(encrypted)
      .digest();
    if (round >= ROUNDS - 1 && (encrypted.at(-1) ?? 0) <= round + 1 - 32) break;
  }
  return key.subarray(0, 32);
}

/** The first block is the vector. Padding without sense is left: the content says whether anything is wrong. */
function undoAes(key: Buffer, bytes: Buffer): Buffer {
  const whole = bytes.length - (bytes.length % 16);
  if (whole < 32) return NO_BYTES;
  const undoing = createDecipheriv(key.length === 32 ? 'aes-256-cbc' : 'aes-128-cbc', key, bytes.subarray(0, 16));
  const plain = undoing.setAutoPadding(false).update(bytes.subarray(16, whole));
  const padding = plain.at(-1) ?? 0;
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain;
}

function isMetadataPlain({ entries }: PdfDictionary): boolean {
  const value = entries.get('EncryptMetadata');
  return value?.kind === 'word' && value.text === 'false';
}

function versionOf(encryption: PdfDictionary): number {
  return numberIn(encryption, 'V') ?? 0;
}

/** How streams or strings are encrypted: by the crypt filter that is named for them, from version 4 on. */
function methodOf(encryption: PdfDictionary, key: 'StmF' | 'StrF'): Method {
  if (versionOf(encryption) < 4) return 'rc4';
  const filters = encryption.entries.get('CF');
  const filter = filters?.kind === 'dictionary' ? filters.entries.get(nameIn(encryption, key)) : undefined;
  const method = filter?.kind === 'dictionary' ? nameIn(filter, 'CFM') : '';
  if (method === 'V2') return 'rc4';
  return method.startsWith('AES') ? 'aes' : 'none';
}

function bytesIn({ entries }: PdfDictionary, key: string): Buffer {
  const value = entries.get(key);
  return value?.kind === 'string' ? value.bytes : NO_BYTES;
}

function padded(password: Buffer): Buffer {
  return Buffer.concat([password, PADDING]).subarray(0, 32);
}

function md5(...pieces: readonly Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(pieces)).digest();
}

function sha256(...pieces: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(pieces)).digest();
}
