import { pipeline } from 'node:stream/promises';
import { createInflate } from 'node:zlib';
import { errnoOf, SinkError } from '../../base/errors';
import { constants, type FileHandle, open } from '../../base/files';
import { Rc4 } from '../../base/rc4';
import { Digests } from './digests';
import {
  type CartHeader,
  damaged,
  type Footer,
  HEAD_BYTES,
  parseFooter,
  parseHead,
  parseHeader,
  parseTail,
  TAIL_BYTES,
} from './format';

const CHUNK_BYTES = 256 * 1024;

/** Both ends of a CaRT file; the data lies between `dataAt` and `dataEnd`. */
export interface CartFacts {
  readonly key: Buffer;
  readonly header: CartHeader;
  readonly footer: Footer;
  readonly dataAt: number;
  readonly dataEnd: number;
}

/** Opens a stored file without following a link. Throws NOT_FOUND. */
export async function openCart(path: Uint8Array): Promise<FileHandle> {
  try {
    return await open(Buffer.from(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    throw new SinkError('NOT_FOUND', 'the stored file does not exist', { cause: error });
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw damaged('it is cut off');
    done += bytesRead;
  }
  return buffer;
}

/** Key and header of an open file. Throws INTEGRITY. */
export async function readCartHead(file: FileHandle): Promise<{ key: Buffer; header: CartHeader; dataAt: number }> {
  const { key, headerBytes } = parseHead(await readAt(file, 0, HEAD_BYTES));
  const header = parseHeader(key, await readAt(file, HEAD_BYTES, headerBytes));
  return { key, header, dataAt: HEAD_BYTES + headerBytes };
}

/** Everything but the data of an open file. Throws INTEGRITY. */
export async function readCartFacts(file: FileHandle): Promise<CartFacts> {
  const { size } = await file.stat();
  if (size < HEAD_BYTES + TAIL_BYTES) throw damaged('it is cut off');
  const head = await readCartHead(file);
  const { position, length } = parseTail(await readAt(file, size - TAIL_BYTES, TAIL_BYTES), size);
  if (position <= head.dataAt) throw damaged('its footer is not where its tail says');
  const footer = parseFooter(head.key, await readAt(file, position, length));
  return { ...head, footer, dataEnd: position };
}

/**
 * Hands the plain bytes to `take`, chunk by chunk, in bounded memory, and compares size and all three hashes with the
 * footer at the end: until this resolves nothing that was taken may be used. Throws INTEGRITY.
 */
export async function decodeCart(
  file: FileHandle,
  facts: CartFacts,
  take: (chunk: Buffer) => Promise<void> | void,
): Promise<void> {
  const digests = new Digests();
  const cipher = new Rc4(facts.key);
  const { dataAt: start, dataEnd } = facts;
  const most = Number(facts.footer.length);
  const inflate = createInflate({ chunkSize: CHUNK_BYTES });
  try {
    await pipeline(
      file.createReadStream({ autoClose: false, start, end: dataEnd - 1, highWaterMark: CHUNK_BYTES }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) yield cipher.apply(chunk);
      },
      inflate,
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          digests.update(chunk);
          if (digests.length > most) throw damaged('it holds more bytes than its footer says');
          await take(chunk);
        }
      },
    );
  } catch (error) {
    if (errnoOf(error)?.startsWith('Z_') !== true) throw error;
    throw damaged(`its data cannot be unpacked (${errnoOf(error)})`);
  }
  if (inflate.bytesWritten !== dataEnd - start) throw damaged('bytes follow its data');
  const found = digests.footer();
  for (const name of ['length', 'md5', 'sha1', 'sha256'] as const) {
    if (found[name] !== facts.footer[name])
      throw damaged(`its ${name} is ${found[name]}, its footer says ${facts.footer[name]}`);
  }
}
