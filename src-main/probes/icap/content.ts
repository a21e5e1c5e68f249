/** The bytes of one file, to be sent once or, on another connection, once more. */
export interface Content {
  readonly size: number;
  readonly sha256: string;
  pieces(signal: AbortSignal): AsyncIterable<Buffer> | Iterable<Buffer>;
}
