import { badReply, shown } from './bad-reply';
import type { ByteSource } from './byte-source';

const MOST_OF_A_LINE = 1024;
const LINE_END = '\r\n';

/**
 * The content of a chunked body (RFC 9112 section 7.1) to its very end. Memory: what is there at a time. Rejects with
 * PROBE_BAD_REPLY, also when there are more than `most` bytes, or fields behind them: we never offered to take any, and
 * one of them could accuse the file; with ConnectionLost.
 */
export async function* readChunks(source: ByteSource, most: number): AsyncGenerator<Buffer> {
  let total = 0;
  for (;;) {
    const size = chunkSize((await source.through(LINE_END, MOST_OF_A_LINE)).toString('latin1'));
    total += size;
    if (total > most) throw badReply('more than a file of this size can become');
    for (let left = size; left > 0; ) {
      const piece = await source.next(left);
      left -= piece.length;
      yield piece;
    }
    if ((await source.next(1))[0] !== 13 || (await source.next(1))[0] !== 10) {
      throw badReply(size === 0 ? 'fields behind the content' : 'a chunk without an end');
    }
    if (size === 0) return;
  }
}

/** Extensions are allowed but for the one that stands for bytes that are not sent (we never offered to take it). */
function chunkSize(line: string): number {
  const match = /^([\da-f]{1,12})[ \t]*(;[\t\x20-\x7e\x80-\xff]*)?\r\n$/i.exec(line);
  if (match?.[1] === undefined || /use-original-body/i.test(match[2] ?? '')) {
    throw badReply(`"${shown(line.trimEnd())}" as the size of a chunk`);
  }
  return Number.parseInt(match[1], 16);
}

/** `piece`, not empty, as a chunk. */
export function chunkOf(piece: Buffer): Buffer[] {
  return [Buffer.from(`${piece.length.toString(16)}${LINE_END}`), piece, Buffer.from(LINE_END)];
}

/** The end of a body; `isWhole`: of a preview that held all of it (RFC 3507 section 4.5). */
export function lastChunk(isWhole = false): Buffer {
  return Buffer.from(`0${isWhole ? '; ieof' : ''}${LINE_END}${LINE_END}`);
}
