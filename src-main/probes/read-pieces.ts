import { errnoOf, messageOf, ProbeError } from '../base/errors';
import { createReadStream } from '../base/files';

const PIECE_BYTES = 128 * 1024;

/** Bytes of a staged file, in pieces. Rejects with SOURCE_UNREADABLE, or with the signal's reason. */
export async function* readPieces(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const stop = () => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece;
  } catch (error) {
    signal.throwIfAborted();
    const why = errnoOf(error) ?? messageOf(error);
    throw new ProbeError('SOURCE_UNREADABLE', `the staged file cannot be read (${why})`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}
