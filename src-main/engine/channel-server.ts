import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { DropgateError, messageOf, toDropgateError } from '../base/errors';
import { chmodSync, mkdirSync, rmSync } from '../base/files';
import { readLines } from '../base/lines';
import { requestSchema } from '../contract/ipc-schema';

/** One client, as a call sees whom it answers. */
export interface Connection {
  /** Says something unasked. Of what a client has not read yet only the newest of each event waits for it. */
  tell(event: string, data: unknown): void;
  /** Calls back once, when the client is gone; at once when it is gone already. */
  onClose(listener: () => void): void;
}

/** Answers one call; rejects with a DropgateError whose code and message cross the socket. */
export type Answer = (call: string, params: unknown, connection: Connection) => Promise<unknown>;

/** The engine's open socket. */
export interface Listening {
  /** How many are connected now. */
  clients(): number;
  /** Resolves when nobody is connected any more; from that very moment nobody new is let in. */
  lastClient(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens on the engine's socket, one JSON document a line in both directions, for this user alone (0600). Only the
 * owner of the data folder's lock may call this: a socket file that is there belongs to a dead engine and is removed.
 */
export async function listen(path: string, answer: Answer): Promise<Listening> {
  if (process.platform !== 'win32') {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(path, { force: true });
  }
  const sockets = new Set<Socket>();
  const waiters: (() => void)[] = [];
  const tellUnused = () => {
    if (sockets.size > 0 || waiters.length === 0) return;
    server.close();
    for (const resolve of waiters.splice(0)) resolve();
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      tellUnused();
    });
    socket.on('error', () => socket.destroy());
    serve(socket, answer);
  });
  await bind(server, path);
  return {
    clients: () => sockets.size,
    lastClient: () =>
      new Promise<void>((resolve) => {
        waiters.push(resolve);
        tellUnused();
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function bind(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const umask = process.platform === 'win32' ? null : process.umask(0o177);
    server.listen(path, () => {
      if (process.platform !== 'win32') chmodSync(path, 0o600);
      resolve();
    });
    if (umask !== null) process.umask(umask);
  });
}

/** Questions in work for one client, or answers that it has not read: beyond that it is not listened to for a while. */
const MOST_AT_ONCE = 256;
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

function serve(socket: Socket, answer: Answer): void {
  const connection = connectionOf(socket);
  let inWork = 0;
  const pace = () => {
    const busy = inWork >= MOST_AT_ONCE || socket.writableLength >= MOST_UNREAD_BYTES;
    if (busy) socket.pause();
    else if (socket.isPaused()) socket.resume();
  };
  socket.on('drain', pace);
  readLines(socket, (line) => {
    inWork += 1;
    void reply(line, answer, connection).then((text) => {
      inWork -= 1;
      if (socket.writable) socket.write(`${text}\n`);
      pace();
    });
    pace();
  });
}

function connectionOf(socket: Socket): Connection {
  const unsaid = new Map<string, unknown>();
  const say = () => {
    if (!socket.writable || socket.writableNeedDrain) return;
    for (const [event, data] of unsaid) socket.write(`${JSON.stringify({ event, data })}\n`);
    unsaid.clear();
  };
  socket.on('drain', say);
  return {
    tell(event, data) {
      unsaid.set(event, data);
      say();
    },
    onClose(listener) {
      if (socket.closed) listener();
      else socket.once('close', listener);
    },
  };
}

async function reply(line: string, answer: Answer, connection: Connection): Promise<string> {
  let id = 0;
  try {
    const request = parseRequest(line);
    id = request.id;
    return JSON.stringify({ id, result: await answer(request.call, request.params, connection) });
  } catch (thrown) {
    const error = toDropgateError(thrown);
    return JSON.stringify({ id, error: { code: error.code, message: messageOf(error), retryable: error.retryable } });
  }
}

/** Throws PROTOCOL for a line that asks nothing. */
function parseRequest(line: string): z.output<typeof requestSchema> {
  try {
    return requestSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new DropgateError('PROTOCOL', 'this line is no request', { cause: error });
  }
}
