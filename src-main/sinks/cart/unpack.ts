import { SinkError } from '../../base/errors';
import { type FileHandle, open } from '../../base/files';
import { decodeCart, openCart, readCartFacts } from './decode';
import type { CartHeader, Footer } from './format';

export interface UnpackRequest {
  readonly source: Uint8Array;
  /** Null: only verified. Else it must not exist; it is whole and synced when this resolves, the caller removes it when it rejects. */
  readonly destination: Uint8Array | null;
  readonly mode: number;
  /** Null: whatever the footer says. */
  readonly expectedSha256: string | null;
}

export interface Unpacked {
  readonly header: CartHeader;
  readonly footer: Footer;
}

/** Throws INTEGRITY when a valid file holds other bytes than those that the caller means. */
export function mustBe(footer: Footer, expectedSha256: string | null): void {
  if (expectedSha256 === null || footer.sha256 === expectedSha256) return;
  throw new SinkError('INTEGRITY', `the stored file has SHA-256 ${footer.sha256}, but ${expectedSha256} was recorded`);
}

/** Decodes a CaRT file into a plain file, or into nothing. Throws NOT_FOUND, INTEGRITY. */
export async function unpackCart(request: UnpackRequest): Promise<Unpacked> {
  const file = await openCart(request.source);
  try {
    const facts = await readCartFacts(file);
    mustBe(facts.footer, request.expectedSha256);
    if (request.destination === null) await decodeCart(file, facts, () => undefined);
    else {
      const target = await open(Buffer.from(request.destination), 'wx', request.mode);
      try {
        await decodeCart(file, facts, (chunk) => writeChunk(target, chunk));
        await target.sync();
      } finally {
        await target.close();
      }
    }
    return { header: facts.header, footer: facts.footer };
  } finally {
    await file.close();
  }
}

function writeChunk(target: FileHandle, chunk: Buffer): Promise<void> {
  return target.writeFile(chunk);
}
