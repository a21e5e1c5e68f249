import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

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

/** What a rule makes of a request: an answer, `reset` (the connection breaks), `hang` (no answer ever), or null: not its business. */
export type Rule = (exchange: Exchange) => Promise<Answer | 'reset' | 'hang' | null>;

export interface S3Proxy {
  readonly endpoint: string;
  /** Rules are asked in order; the first that answers wins. */
  rules: Rule[];
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

function forwardTo(server: string, incoming: IncomingMessage, whole: Buffer) {
  return ({ method = incoming.method ?? 'GET', body = whole }: { method?: string; body?: Buffer } = {}) =>
    new Promise<Answer>((resolve, reject) => {
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

async function decide(rules: readonly Rule[], exchange: Exchange): Promise<Answer | 'reset' | 'hang'> {
  for (const rule of rules) {
    const answer = await rule(exchange);
    if (answer !== null) return answer;
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

/** A proxy on 127.0.0.1 in front of a real S3-speaking server that applies rules, each a fault or a missing faculty. */
export async function startS3Proxy(server: string): Promise<S3Proxy> {
  const uploads = new Map<string, string>();
  const seen: string[] = [];
  const proxy = { rules: [] as Rule[] };
  const listener = createServer(async (incoming, response) => {
    incoming.on('error', () => response.destroy());
    try {
      const body = await bodyOf(incoming);
      const { pathname, searchParams } = new URL(incoming.url ?? '/', server);
      const method = incoming.method ?? 'GET';
      const exchange = {
        method,
        path: pathname,
        query: searchParams,
        headers: incoming.headers,
        body,
        forward: forwardTo(server, incoming, body),
      };
      seen.push(`${method} ${incoming.url}`);
      const answer = await decide(proxy.rules, exchange);
      if (answer === 'hang') return;
      if (answer === 'reset') {
        incoming.socket.destroy();
        return;
      }
      follow(uploads, exchange, answer);
      reply(response, answer, method);
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
