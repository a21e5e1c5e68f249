import { connect, type Socket } from 'node:net';
import { isErrorCode } from '../contract/error-codes';
import {
  eventSchema,
  IPC_CALLS,
  IPC_EVENTS,
  type IpcCall,
  type IpcParams,
  type IpcResult,
  responseSchema,
} from '../contract/ipc-schema';
import type { Pulse } from '../contract/pulse';
import { DropgateError, errnoOf } from './errors';
import { readLines } from './lines';

/** An engine as its users see it, whether it lives in this process or behind its socket. */
export interface EngineClient {
  /** Rejects with the engine's DropgateError, or ENGINE_GONE when it ended before it answered. */
  call<Call extends IpcCall>(call: Call, params: IpcParams<Call>): Promise<IpcResult<Call>>;
  close(): Promise<void>;
}

/** What a connection hears beside its answers. */
export interface EngineListener {
  /** After a call of `watch`. */
  pulse(pulse: Pulse): void;
  /** The connection is gone; nothing comes after this. */
  closed(): void;
}

interface Pending {
  readonly call: IpcCall;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A client over the engine's socket. Every pending call is answered: with its result, its error, or ENGINE_GONE. */
class SocketClient implements EngineClient {
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private readonly socket: Socket;
  private readonly listener: EngineListener | null;

  constructor(socket: Socket, listener: EngineListener | null) {
    this.socket = socket;
    this.listener = listener;
    readLines(socket, (line) => this.receive(line));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      const error = new DropgateError(
        'ENGINE_GONE',
        'the engine ended before it answered; what it was given is in its ledger and is finished by the next one',
      );
      for (const { reject } of this.pending.values()) reject(error);
      this.pending.clear();
      this.listener?.closed();
    });
  }

  call<Call extends IpcCall>(call: Call, params: IpcParams<Call>): Promise<IpcResult<Call>> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) {
        reject(new DropgateError('ENGINE_GONE', 'the engine is gone'));
        return;
      }
      this.pending.set(id, { call, resolve: resolve as (result: unknown) => void, reject });
      this.socket.write(`${JSON.stringify({ id, call, params })}\n`);
    });
  }

  async close(): Promise<void> {
    this.socket.end();
    this.socket.destroy();
  }

  private receive(line: string): void {
    const message = parseJson(line);
    const told = eventSchema.safeParse(message);
    if (told.success) {
      this.hear(told.data.data);
      return;
    }
    const parsed = responseSchema.safeParse(message);
    if (!parsed.success) {
      this.socket.destroy();
      return;
    }
    const response = parsed.data;
    const pending = this.pending.get(response.id);
    if (pending === undefined) return;
    this.pending.delete(response.id);
    if ('error' in response) {
      const { code, message, retryable } = response.error;
      pending.reject(new DropgateError(isErrorCode(code) ? code : 'INTERNAL', message, { retryable }));
      return;
    }
    const result = IPC_CALLS[pending.call].result.safeParse(response.result);
    if (result.success) pending.resolve(result.data);
    else
      pending.reject(
        new DropgateError('PROTOCOL', `the engine's answer to ${pending.call} is not understood`, {
          cause: result.error,
        }),
      );
  }

  private hear(data: unknown): void {
    const pulse = IPC_EVENTS.pulse.safeParse(data);
    if (pulse.success) this.listener?.pulse(pulse.data);
    else this.socket.destroy();
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // no response: the caller drops the connection
  }
}

/**
 * Connects to a live engine and hears from it; null when none listens there, or only one that is ending. An engine that
 * has said hello counts its client, and does not end by itself before the client has.
 */
export async function connectEngine(
  path: string,
  listener: EngineListener | null = null,
): Promise<EngineClient | null> {
  const client = await connectSocket(path, listener);
  if (client === null) return null;
  try {
    await client.call('hello', {});
    return client;
  } catch (error) {
    await client.close();
    if (error instanceof DropgateError && error.code === 'ENGINE_GONE') return null;
    throw error;
  }
}

function connectSocket(path: string, listener: EngineListener | null): Promise<EngineClient | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(new SocketClient(socket, listener));
    });
    socket.once('error', (error) => {
      const code = errnoOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ECONNREFUSED') resolve(null);
      else
        reject(
          new DropgateError('ENGINE_GONE', `the engine's socket ${path} cannot be reached: ${error.message}`, {
            cause: error,
          }),
        );
    });
  });
}
