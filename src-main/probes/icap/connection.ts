import type { Socket } from 'node:net';
import { ByteSource } from './byte-source';
import { connect } from './connect';
import type { Target } from './target';

/** One connection to the server: one request at a time, each with its whole answer. */
export class Connection {
  readonly source: ByteSource;
  private readonly socket: Socket;
  private wake: (() => void) | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.source = new ByteSource(socket);
    const goOn = () => this.wake?.();
    socket.on('drain', goOn).on('close', goOn);
  }

  /** Rejects as connect() does. */
  static async open(target: Target, signal: AbortSignal): Promise<Connection> {
    return new Connection(await connect(target, signal));
  }

  /** Writes, and waits while the server takes no more. False when the connection is over. */
  async send(parts: readonly (Buffer | string)[]): Promise<boolean> {
    if (!this.socket.writable) return false;
    this.socket.cork();
    for (const part of parts) this.socket.write(part, 'latin1');
    this.socket.uncork();
    if (this.socket.writableNeedDrain) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = null;
    }
    return this.socket.writable;
  }

  /** Ends a wait of send() though the server took nothing. */
  stopWaiting(): void {
    this.wake?.();
  }

  /** Nobody has a request on it: calls `over` once when anything happens, because then nobody may use it any more. */
  rest(over: () => void): () => void {
    const events = ['readable', 'end', 'close'] as const;
    for (const event of events) this.socket.once(event, over);
    return () => {
      for (const event of events) this.socket.off(event, over);
    };
  }

  /** Whether a request may be written: the server is there, and said nothing that nobody asked for. */
  get isQuiet(): boolean {
    return this.socket.writable && !this.socket.readableEnded && !this.source.hasMore;
  }

  close(): void {
    this.socket.destroy();
  }
}
