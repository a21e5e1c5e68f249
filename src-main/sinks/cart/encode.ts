import { pipeline } from 'node:stream/promises';
import { createDeflate } from 'node:zlib';
import { SinkError } from '../../base/errors';
import { constants, open } from '../../base/files';
import { Rc4 } from '../../base/rc4';
import { Digests } from './digests';
import { type CartHeader, DEFAULT_KEY, type Footer, packFooter, packHead } from './format';

/** From here on deflate costs more time than the space is worth (40 against 175 MB/s), so it only stores. */
const STORE_FROM_BYTES = 64 * 1024 ** 2;
const CHUNK_BYTES = 256 * 1024;

export interface EncodeRequest {
  readonly source: Uint8Array;
  /** Must not exist; whole and synced when this resolves. The caller removes it when this rejects. */
  readonly destination: Uint8Array;
  readonly mode: number;
  readonly header: CartHeader;
  /** The plain bytes must have this SHA-256. */
  readonly expectedSha256: string;
}

/** The plain bytes of `source` as CaRT in `destination`. Throws INTEGRITY when they are not the expected ones. */
export async function encodeCart(request: EncodeRequest): Promise<Footer> {
  const source = await openPlain(request.source);
  try {
    const { size } = await source.stat();
    const target = await open(Buffer.from(request.destination), 'wx', request.mode);
    try {
      const digests = new Digests();
      const head = packHead(request.header);
      let position = head.length;
      await target.writeFile(head);
      const cipher = new Rc4(DEFAULT_KEY);
      await pipeline(
        source.createReadStream({ autoClose: false, highWaterMark: CHUNK_BYTES }),
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            digests.update(chunk);
            yield chunk;
          }
        },
        createDeflate({ level: size < STORE_FROM_BYTES ? 1 : 0, chunkSize: CHUNK_BYTES }),
        async (chunks: AsyncIterable<Buffer>) => {
          for await (const chunk of chunks) {
            await target.writeFile(cipher.apply(chunk));
            position += chunk.length;
          }
        },
      );
      const footer = digests.footer();
      if (footer.sha256 !== request.expectedSha256) throw notScanned(footer.sha256, request.expectedSha256);
      await target.writeFile(packFooter(footer, position));
      await target.sync();
      return footer;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function openPlain(path: Uint8Array) {
  return open(Buffer.from(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
}

function notScanned(found: string, expected: string): SinkError {
  return new SinkError('INTEGRITY', `the staged bytes have SHA-256 ${found}, but ${expected} was scanned`);
}
