import type { Socket } from 'node:net';
import { ProbeError } from '../../base/errors';
import { badReply } from './bad-reply';

/** The connection is over, and what was waited for did not come. */
export class ConnectionLost extends ProbeError {
  constructor(cause: unknown) {
    super('PROBE_FAILED', 'the ICAP server closed the connection before its answer was whole', { cause });
  }
}

/** Bytes from a socket, taken as they are asked for: what nobody asks for stays with the sender. */
export class ByteSource {
  private readonly socket: Socket;
  private pending: Buffer = Buffer.alloc(0);
  private wake: (() => void) | null = null;
  private problem: Error | null = null;
  private count = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    const arrived = () => this.wake?.();
    socket.on('readable', arrived).on('end', arrived).on('close', arrived);
    socket.on('error', (error) => (this.problem = error)); // followed by close
  }

  /** Bytes that were taken from the socket so far. */
  get received(): number {
    return this.count;
  }

  /** Whether bytes are there that nobody asked for yet. */
  get hasMore(): boolean {
    return this.pending.length > 0 || this.socket.readableLength > 0;
  }

  /** The bytes up to and with `end`. Rejects with PROBE_BAD_REPLY when they are more than `limit`, or with ConnectionLost. */
  async through(end: string, limit: number): Promise<Buffer> {
    for (let from = 0; ; ) {
      const at = this.pending.indexOf(end, from, 'latin1');
      if (at !== -1 && at + end.length <= limit) return this.cut(at + end.length);
      if (this.pending.length >= limit) throw badReply('more than a header can be');
      from = Math.max(0, this.pending.length - end.length + 1);
      await this.more();
    }
  }

  /** The next bytes, at least one and at most `most`. Rejects with ConnectionLost. */
  async next(most: number): Promise<Buffer> {
    if (this.pending.length === 0) await this.more();
    return this.cut(Math.min(most, this.pending.length));
  }

  private cut(length: number): Buffer {
    const bytes = this.pending.subarray(0, length);
    this.pending = this.pending.subarray(length);
    return bytes;
  }

  private async more(): Promise<void> {
    for (;;) {
      const piece: unknown = this.socket.read();
      if (piece instanceof Buffer) {
        this.count += piece.length;
        this.pending = this.pending.length === 0 ? piece : Buffer.concat([this.pending, piece]);
        return;
      }
      if (this.socket.readableEnded || this.socket.destroyed) throw new ConnectionLost(this.problem);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = null;
    }
  }
}
