import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One request as a rule sees it. `forward` asks the real server, `answer` ends it here. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  forward(change?: { method?: string; body?: Buffer }): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** What becomes of a request: an answer, half of one, `reset` (the connection breaks), or `hang` (no answer ever). */
export type Fate = Answer | { readonly half: Answer } | 'reset' | 'hang';

/** What a rule makes of a request; null: not its business. */
export type Rule = (exchange: Exchange) => Promise<Fate | null>;

/** A request of which only the head is known. */
export type Head = Pick<Exchange, 'method' | 'path' | 'query'>;

/** What the server behind can do more than it does: `forward` comes by here, with what is left of the request by then. */
export type Faculty = (exchange: Exchange) => Promise<Answer | null>;

export interface S3Proxy {
  readonly endpoint: string;
  /** What happens on the way. Rules are asked in order; the first that answers wins. */
  rules: Rule[];
  faculties: Faculty[];
  /** Requests whose body is not read to its end, and which get no answer. */
  stalls: (head: Head) => boolean;
  /** `METHOD path?query` of every request, oldest first. */
  readonly seen: string[];
  /** Multipart uploads that were begun through the proxy and neither completed nor aborted: id to key. */
  readonly uploads: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

export function xmlError(status: number, code: string): Answer {
  const body = Buffer.from(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code} by rule</Message></Error>`,
  );
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function askServer(server: string, incoming: IncomingMessage, method: string, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { 'transfer-encoding': _chunked, ...given } = incoming.headers; // the body is whole by now
    const headers = { ...given, host: new URL(server).host, 'content-length': String(body.length) };
    const outgoing = request(new URL(incoming.url ?? '/', server), { method, headers }, (response) => {
      bodyOf(response).then(
        (answer) => resolve({ status: response.statusCode ?? 500, headers: response.headers, body: answer }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(method === 'HEAD' ? undefined : body);
  });
}

/** Follows which uploads the real server has open, since that server cannot list them. */
function follow(uploads: Map<string, string>, { method, path, query }: Exchange, answer: Answer): void {
  if (answer.status >= 300) return;
  const id = query.get('uploadId');
  if (method === 'POST' && query.has('uploads')) {
    const begun = /<UploadId>([^<]+)<\/UploadId>/.exec(answer.body.toString())?.[1];
    if (begun !== undefined) uploads.set(begun, decodeURIComponent(path.split('/').slice(2).join('/')));
  }
  if (id !== null && (method === 'POST' || method === 'DELETE')) uploads.delete(id);
}

/** The server with its faculties; `uploads` follows what it has open. */
function serverBehind(proxy: Pick<S3Proxy, 'faculties'>, server: string, uploads: Map<string, string>) {
  return async (exchange: Exchange, incoming: IncomingMessage): Promise<Answer> => {
    const behind = { ...exchange, forward: plain };
    async function plain({ method = exchange.method, body = exchange.body } = {}): Promise<Answer> {
      const answer = await askServer(server, incoming, method, body);
      follow(uploads, { ...exchange, method }, answer);
      return answer;
    }
    for (const faculty of proxy.faculties) {
      const answer = await faculty(behind);
      if (answer !== null) return answer;
    }
    return plain();
  };
}

async function decide(rules: readonly Rule[], exchange: Exchange): Promise<Fate> {
  for (const rule of rules) {
    const fate = await rule(exchange);
    if (fate !== null) return fate;
  }
  return exchange.forward();
}

function reply(response: ServerResponse, answer: Answer, method: string): void {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !['transfer-encoding', 'connection'].includes(name)) response.setHeader(name, value);
  }
  if (method !== 'HEAD') response.setHeader('content-length', answer.body.length);
  response.writeHead(answer.status);
  response.end(method === 'HEAD' ? undefined : answer.body);
}

/** Half of an answer, by its body where it has one, else by its head; then the connection breaks. */
function replyHalf(socket: Socket, { status, headers, body }: Answer): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  const head = `HTTP/1.1 ${status} Half\r\n${lines.join('')}\r\n`;
  const whole = Buffer.concat([Buffer.from(head), body]);
  const length = body.length > 0 ? head.length + body.length / 2 : head.length / 2;
  socket.write(whole.subarray(0, Math.floor(length)), () => socket.destroy());
}

function carryOut(fate: Fate, incoming: IncomingMessage, response: ServerResponse): void {
  if (fate === 'hang') return;
  if (fate === 'reset') incoming.socket.destroy();
  else if ('half' in fate) replyHalf(incoming.socket, fate.half);
  else reply(response, fate, incoming.method ?? 'GET');
}

/** A proxy on 127.0.0.1 in front of a real S3-speaking server that applies rules, each a fault or a missing faculty. */
export async function startS3Proxy(server: string): Promise<S3Proxy> {
  const uploads = new Map<string, string>();
  const seen: string[] = [];
  const proxy: Pick<S3Proxy, 'rules' | 'faculties' | 'stalls'> = { rules: [], faculties: [], stalls: () => false };
  const askBehind = serverBehind(proxy, server, uploads);
  const listener = createServer(async (incoming, response) => {
    incoming.on('error', () => response.destroy());
    try {
      const { pathname, searchParams } = new URL(incoming.url ?? '/', server);
      const head = { method: incoming.method ?? 'GET', path: pathname, query: searchParams };
      seen.push(`${head.method} ${incoming.url}`);
      if (proxy.stalls(head)) return;
      const body = await bodyOf(incoming);
      const asked = { ...head, headers: incoming.headers, body };
      const forward: Exchange['forward'] = (change = {}) => askBehind({ ...asked, forward, ...change }, incoming);
      carryOut(await decide(proxy.rules, { ...asked, forward }), incoming, response);
    } catch {
      incoming.socket.destroy(); // the client is gone, or the server behind is: the client sees a broken connection
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return Object.assign(proxy, {
    endpoint: `http://127.0.0.1:${address.port}`,
    seen,
    uploads,
    async stop() {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
    },
  });
}
