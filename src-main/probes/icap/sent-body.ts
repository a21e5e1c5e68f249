import { createHash } from 'node:crypto';
import { ProbeError } from '../../base/errors';
import { chunkOf, lastChunk } from './chunks';
import type { Connection } from './connection';
import type { Content } from './content';

/** The body of one request on its way: a file in chunks, in one go or after a preview. Memory: one piece. */
export class SentBody {
  private readonly connection: Connection;
  private readonly size: number;
  private readonly pieces: AsyncGenerator<Buffer>;
  private readonly stopping = new AbortController();
  private rest: Buffer = Buffer.alloc(0);
  private sending: Promise<void> = Promise.resolve();
  private count = 0;
  private readonly hash = createHash('sha256');
  private digest: string | null = null;
  private problem: unknown = null;

  constructor(connection: Connection, content: Content, signal: AbortSignal) {
    this.connection = connection;
    this.size = content.size;
    this.pieces = inPieces(content.pieces(AbortSignal.any([signal, this.stopping.signal])));
  }

  /** Bytes of the file that were sent. */
  get sent(): number {
    return this.count;
  }

  /** SHA-256 of what was sent once that is all, with its end; null before. */
  get sha256(): string | null {
    return this.digest;
  }

  /** Why it could not be sent, if the server is not to blame. */
  get failure(): ProbeError | null {
    return this.problem instanceof ProbeError && !this.stopping.signal.aborted ? this.problem : null;
  }

  /** The first `bytes` of it, with its end where that is all. Rejects with SOURCE_UNREADABLE, SOURCE_CHANGED. */
  async sendPreview(bytes: number): Promise<void> {
    const read: Buffer[] = [];
    for (let length = 0; length < bytes; length += read.at(-1)?.length ?? 0) {
      const { done, value } = await this.pieces.next();
      if (done === true) break;
      read.push(value);
    }
    const start = Buffer.concat(read);
    this.rest = start.subarray(bytes);
    await this.write(start.subarray(0, bytes));
    if (this.size <= bytes) this.finish();
    await this.connection.send([lastChunk(this.size <= bytes)]);
  }

  /** Begins to send what is left. When it cannot, the connection ends: what arrived must not look like a whole file. */
  sendRest(): void {
    this.sending = this.sendAll().catch((error: unknown) => {
      this.problem = error;
      this.connection.close();
    });
  }

  /** Sends no more; the file is closed when it resolves. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.connection.stopWaiting();
    await this.sending;
    await this.pieces.return(undefined).catch(() => {
      // the reason is with who asked for the piece
    });
  }

  private async sendAll(): Promise<void> {
    let isTaken = await this.write(this.rest);
    for await (const piece of this.pieces) {
      if (!isTaken || this.stopping.signal.aborted) return;
      isTaken = await this.write(piece);
    }
    if (!isTaken || this.stopping.signal.aborted) return;
    this.finish();
    await this.connection.send([lastChunk()]);
  }

  private async write(piece: Buffer): Promise<boolean> {
    if (piece.length === 0) return true;
    this.count += piece.length;
    this.hash.update(piece);
    if (this.count > this.size) this.assertSize();
    return this.connection.send(chunkOf(piece));
  }

  private finish(): void {
    this.assertSize();
    this.digest = this.hash.digest('hex');
  }

  private assertSize(): void {
    if (this.count === this.size) return;
    throw new ProbeError('SOURCE_CHANGED', 'the staged file does not have the size it was hashed with');
  }
}

async function* inPieces(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
}
