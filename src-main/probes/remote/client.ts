import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { errnoOf, messageOf, ProbeError } from '../../base/errors';
import { API_ROOT, refusalSchema } from '../../contract/detection-api';

/** Largest answer that is read. */
const ANSWER_BYTES = 4 * 1024 * 1024;
const MOST_WORDS = 300;

export interface ClientOptions {
  readonly url: string;
  readonly token: string | null;
  /** PEM texts. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's root: `/list`. */
  readonly path: string;
  readonly json?: unknown;
  /** Bytes of a known length. */
  readonly bytes?: { readonly size: number; readonly stream: Readable };
}

/** What a daemon said: the status that counts, and the body as JSON (a text where it is none). */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** Why, in the daemon's words; empty where it has none. */
  readonly words: string;
  /** Seconds after which it wants to be asked again. */
  readonly retryAfter: number | null;
}

/** HTTP to one daemon, over connections that are kept. No redirect is followed, and no proxy used. */
export class DaemonClient {
  /** How people know it: without the rest of the URL. */
  readonly place: string;
  private readonly base: URL;
  private readonly options: ClientOptions;
  private readonly agent: HttpAgent;

  constructor(options: ClientOptions) {
    this.options = options;
    this.base = new URL(options.url);
    this.place = this.base.host;
    const kept = { keepAlive: true, ...options.tls };
    this.agent = this.base.protocol === 'https:' ? new HttpsAgent(kept) : new HttpAgent(kept);
  }

  /**
   * One request. Resolves with any answer: an original daemon says in the body of a 200 that it refused, so a `status`
   * there counts more. Rejects with PROBE_UNAVAILABLE, PROBE_BAD_REPLY, or the reason when `signal` aborts.
   */
  async call(call: Call, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    try {
      const { response, text } = await this.exchange(call, signal);
      return replyOf(response, text);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProbeError) throw error;
      const why = errnoOf(error) ?? messageOf(error);
      throw new ProbeError('PROBE_UNAVAILABLE', `the daemon at ${this.place} cannot be reached (${why})`, {
        cause: error,
      });
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(call: Call, signal: AbortSignal): Promise<{ response: IncomingMessage; text: string }> {
    const { method, path, json, bytes } = call;
    const content = json === undefined ? null : Buffer.from(JSON.stringify(json));
    const size = bytes?.size ?? content?.length ?? null;
    const headers = {
      accept: 'application/json',
      ...(this.options.token === null ? {} : { authorization: `Bearer ${this.options.token}` }),
      ...(size === null ? {} : { 'content-length': size }),
      ...(content === null ? {} : { 'content-type': 'application/json' }),
      ...(bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    };
    const send = this.base.protocol === 'https:' ? httpsRequest : httpRequest;
    const target = new URL(`${this.base.pathname.replace(/\/$/, '')}${API_ROOT}${path}`, this.base.origin);
    return new Promise((resolve, reject) => {
      const request = send(target, { method, headers, agent: this.agent, signal });
      let answered = false;
      request.on('response', (response) => {
        answered = true;
        textOf(response).then((text) => resolve({ response, text }), reject);
      });
      const failed = (error: Error) => {
        if (!answered) reject(error); // what was not sent any more was not wanted: the answer says why
      };
      request.on('error', failed);
      if (bytes === undefined) request.end(content ?? undefined);
      else pipeline(bytes.stream, request, (error) => (error ? failed(error) : undefined));
    });
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response) {
    length += piece.length;
    if (length > ANSWER_BYTES) {
      response.destroy();
      throw badReply(`it is larger than ${ANSWER_BYTES} bytes`);
    }
    pieces.push(piece);
  }
  if (!response.complete) throw new Error('the answer broke off');
  return Buffer.concat(pieces).toString('utf8');
}

function replyOf(response: IncomingMessage, text: string): Reply {
  const body = jsonOf(text);
  const refusal = refusalSchema.safeParse(body);
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
  const { message } = refusal.data ?? {};
  return {
    status: refusal.data?.status ?? response.statusCode ?? 0,
    body,
    words: typeof message === 'string' ? message.slice(0, MOST_WORDS) : '',
    retryAfter: Number.isFinite(seconds) && seconds >= 0 ? seconds : null,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // whoever needs an object sees that it is none
  }
}

/** What is no answer can mean nothing about a file. */
export function badReply(why: string, cause?: unknown): ProbeError {
  return new ProbeError('PROBE_BAD_REPLY', `the daemon's answer cannot be used: ${why}`, { cause });
}
