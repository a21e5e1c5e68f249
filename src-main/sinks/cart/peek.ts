import { decodeCart, openCart, readCartFacts } from './decode';

export interface PeekRequest {
  readonly source: Uint8Array;
  readonly offset: number;
  readonly length: number;
}

export interface Peeked {
  readonly bytes: Uint8Array;
  /** Of the whole plain file, as its footer says. */
  readonly size: number;
}

/** Ends the decoding as soon as enough was seen. */
class SeenEnough extends Error {}

/**
 * A piece of the plain bytes of a CaRT file, for a person to look at: decoded in memory only, up to that piece and no
 * further, so its hash is not verified. Throws NOT_FOUND, INTEGRITY.
 */
export async function peekCart({ source, offset, length }: PeekRequest): Promise<Peeked> {
  const file = await openCart(source);
  try {
    const facts = await readCartFacts(file);
    const size = Number(facts.footer.length);
    const end = Math.min(size, offset + length);
    const pieces: Buffer[] = [];
    let at = 0;
    if (offset < end) {
      try {
        await decodeCart(file, facts, (chunk) => {
          const piece = chunk.subarray(Math.max(0, offset - at), Math.max(0, end - at));
          if (piece.length > 0) pieces.push(Buffer.from(piece));
          at += chunk.length;
          if (at >= end && at < size) throw new SeenEnough();
        });
      } catch (error) {
        if (!(error instanceof SeenEnough)) throw error;
      }
    }
    return { bytes: Buffer.concat(pieces), size };
  } finally {
    await file.close();
  }
}
