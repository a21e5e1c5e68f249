import type { OnReadOpts, Socket } from 'node:net';

const BUFFER_BYTES = 64 * 1024;
/** Many files' replies come within this time, and few enough that clamd never waits for more to do. */
const READ_EVERY_MS = 6;

/**
 * How the socket of a session is read: into one buffer again and again, and after each chunk not for a few
 * milliseconds. What the engine is woken up for costs more than what it then does with one reply.
 */
export class PacedInput {
  /** For the socket, when it is made. */
  readonly options: OnReadOpts;
  private timer: NodeJS.Timeout | null = null;
  private onChunk: (chunk: Buffer) => void = () => undefined;
  private socket: Socket | null = null;

  constructor() {
    const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
    this.options = { buffer, callback: (count) => this.take(buffer.subarray(0, count)) };
  }

  /** `onChunk` gets what comes from the socket; the bytes are its own only until it returns. */
  begin(socket: Socket, onChunk: (chunk: Buffer) => void): void {
    this.socket = socket;
    this.onChunk = onChunk;
    socket.once('close', () => this.stop());
  }

  /** False: the socket is not read until it is resumed. */
  private take(chunk: Buffer): boolean {
    this.onChunk(chunk);
    this.timer = setTimeout(() => this.socket?.resume(), READ_EVERY_MS);
    return false;
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }
}
