import { BLOCK, tarHeader } from '../tar';

/** Bytes to be looked at, sent once or, on another connection, once more. */
export interface Content {
  /** Under which the server's log has them: a file's SHA-256. */
  readonly name: string;
  readonly size: number;
  pieces(signal: AbortSignal): AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** Largest member that a tar archive can name. */
export const MOST_IN_TAR = 8 ** 11 - 1;

/** A test file of our own. */
export function testFile(...pieces: readonly Buffer[]): Content {
  const size = pieces.reduce((total, { length }) => total + length, 0);
  return { name: 'test-file', size, pieces: () => pieces };
}

/** The same as the one member of a tar archive, which begins alike whatever the file is. */
export function wrapped({ name, size, pieces }: Content): Content {
  const head = tarHeader('file', size, '0');
  const tail = Buffer.alloc(((BLOCK - (size % BLOCK)) % BLOCK) + 2 * BLOCK);
  return {
    name,
    size: head.length + size + tail.length,
    async *pieces(signal) {
      yield head;
      yield* pieces(signal);
      yield tail;
    },
  };
}
