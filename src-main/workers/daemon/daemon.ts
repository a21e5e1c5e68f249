import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Clock } from '../../base/clock';
import { DropgateError, errnoOf, messageOf } from '../../base/errors';
import { isLoopback } from '../../base/host';
import { Access } from './access';
import type { Detections } from './detections';
import { EndingLog } from './ending-log';
import { ClientGone } from './read-body';
import { Records } from './records';
import { busy, Refusal } from './refusal';
import { answer, type Reply, type RouteParts } from './routes';
import { Slots } from './slots';
import { Uploads } from './uploads';

export interface DaemonOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Null: no token is asked for; only on loopback, or where clients show certificates. */
  readonly token: string | null;
  /** PEM texts; with `clientCa` clients must show a certificate of it. Null: plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string | null } | null;
  readonly allowPosted: boolean;
  readonly dumpPath: string | null;
  /** Private folder for the bytes of this daemon. */
  readonly copiesDir: string;
  readonly logsDir: string;
  readonly concurrency: number;
  readonly queueLength: number;
  readonly maxBytes: number;
  /** Private copies together. */
  readonly copiesBytes: number;
  /** How long headers, and the body of `POST /scan`, may take. */
  readonly requestMs: number;
  readonly program: string;
  readonly detections: Detections;
  readonly clock: Clock;
  readonly log: Logger;
}

const MOST_CONNECTIONS = 512;
const KEEP_ALIVE_MS = 5000;
const CHECK_TIMES_MS = 500;
/** How long what a refused client still sends is read and thrown away, so that it can read why. */
const LINGER_MS = 1000;

/**
 * The detection daemon: API v1.0 over HTTP. Refuses to start (BAD_CONFIG) where somebody else than this machine
 * could ask without a token or certificate.
 */
export class Daemon {
  private readonly options: DaemonOptions;
  private readonly server: Server;
  private readonly parts: RouteParts;
  private readonly access: Access;
  private readonly stopping = new AbortController();
  private readonly open = new Set<Promise<void>>();
  /** All connections, also those that HTTP does not know: without a TLS handshake yet. */
  private readonly sockets = new Set<Socket>();
  /** Requests that come while the folder is made ready wait for it. */
  private readonly ready = Promise.withResolvers<void>();
  private draining = false;

  constructor(options: DaemonOptions) {
    const { host, token, tls } = options;
    const onLoopback = isLoopback(host);
    if (token === null && !onLoopback && (tls === null || tls.clientCa === null)) {
      const advice = 'write worker.daemon.tokenFile, or listen on 127.0.0.1';
      throw new DropgateError(
        'BAD_CONFIG',
        `worker.daemon.listen: ${host} is reached by others without a token; ${advice}`,
      );
    }
    this.options = options;
    this.access = new Access(token, onLoopback);
    this.parts = {
      ...options,
      records: new Records(),
      slots: new Slots(options.concurrency, options.queueLength),
      uploads: new Uploads(options.copiesDir, options.copiesBytes),
      endings: new EndingLog(options.logsDir),
      bodyMs: options.requestMs,
    };
    this.server = makeServer(options, (request, response) => {
      const handled = this.handle(request, response).finally(() => this.open.delete(handled));
      this.open.add(handled);
    });
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  /** Resolves with the port. Rejects with BAD_CONFIG when the address cannot be had, and with what the system says of the folder. */
  async start(): Promise<number> {
    const { host, port, log } = this.options;
    // not as a name server has it: nobody else shall reach what has no token
    const address = /^localhost$/i.test(host) ? '127.0.0.1' : host.replace(/^\[(.*)\]$/, '$1');
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error) => {
        const why = errnoOf(error) ?? messageOf(error);
        reject(new DropgateError('BAD_CONFIG', `${host}:${port} cannot be listened on (${why})`, { cause: error }));
      });
      this.server.listen(port, address, resolve);
    });
    this.server.on('error', (error) => log.error({ problem: messageOf(error) }, 'a connection could not be taken'));
    // only now, since who has the address has the folder
    try {
      await this.parts.uploads.open();
    } catch (error) {
      const closed = this.closeServer(); // else it would listen, and never answer
      this.cutConnections();
      await closed;
      throw error;
    }
    this.ready.resolve();
    const bound = this.server.address();
    return typeof bound === 'object' && bound !== null ? bound.port : port;
  }

  /** No new detection begins, what runs or comes may end within `graceMs`; then it is stopped, and told so where it reads. */
  async close(graceMs: number): Promise<void> {
    this.draining = true;
    this.parts.slots.close();
    const closed = this.closeServer();
    this.server.closeIdleConnections();
    const stop = setTimeout(() => this.stopping.abort(busy('this worker has ended', 5)), graceMs);
    const cut = setTimeout(() => this.cutConnections(), graceMs + LINGER_MS);
    await Promise.all(this.open);
    clearTimeout(stop);
    clearTimeout(cut);
    this.cutConnections();
    await closed;
    await this.parts.uploads.close();
    await this.options.detections.close();
  }

  /** Takes no connection any more; resolves when the last one has ended. */
  private closeServer(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private cutConnections(): void {
    this.server.closeAllConnections();
    for (const socket of this.sockets) socket.destroy();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort(new ClientGone('the client went away'));
    });
    try {
      this.access.check(request);
      await this.ready.promise;
      await this.send(
        request,
        response,
        await answer(this.parts, request, AbortSignal.any([gone.signal, this.stopping.signal])),
      );
    } catch (error) {
      if (gone.signal.aborted || error instanceof ClientGone) return;
      const refusal = this.refusalFor(error);
      await this.send(request, response, { status: refusal.status, body: refusal.body, headers: refusal.headers });
    }
  }

  private refusalFor(error: unknown): Refusal {
    if (error instanceof Refusal) return error;
    this.options.log.error({ problem: messageOf(error) }, 'a request failed');
    return new Refusal(500, 'the worker could not do it; its log says why');
  }

  /** After a body that was not read to its end, nothing else on that connection can be told from it: it is closed. */
  private async send(
    request: IncomingMessage,
    response: ServerResponse,
    { status, body, headers = {} }: Reply & { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<void> {
    const isText = typeof body === 'string';
    const text = isText ? body : `${JSON.stringify(body)}\n`;
    const unread = !request.complete && announcesBody(request);
    response.writeHead(status, {
      ...headers,
      'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(unread || this.draining ? { connection: 'close' } : {}),
    });
    const sent = new Promise<void>((resolve) => response.once('close', resolve));
    response.end(text);
    if (unread) linger(request);
    await Promise.race([sent, new Promise<void>((resolve) => response.once('finish', resolve))]);
  }
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function linger(request: IncomingMessage): void {
  const { socket } = request;
  request.on('error', () => undefined);
  request.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

function makeServer({ tls, requestMs }: DaemonOptions, listener: RequestListener): Server {
  const limits = {
    headersTimeout: requestMs,
    requestTimeout: 0, // bodies have deadlines of their own
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: CHECK_TIMES_MS,
    maxHeaderSize: 16 * 1024,
    insecureHTTPParser: false,
    requireHostHeader: true,
  };
  const server =
    tls === null
      ? createServer(limits, listener)
      : createTlsServer(
          {
            ...limits,
            handshakeTimeout: requestMs,
            cert: tls.cert,
            key: tls.key,
            minVersion: 'TLSv1.2',
            ...(tls.clientCa === null ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }),
          },
          listener,
        );
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}
