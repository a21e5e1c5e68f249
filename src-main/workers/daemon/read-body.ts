import type { IncomingMessage } from 'node:http';
import { invalidInfo, Refusal } from './refusal';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The client's connection ended before its request did: nobody is left to be told. */
export class ClientGone extends Error {
  override name = 'ClientGone';
}

export interface BodyLimits {
  readonly bytes: number;
  /** How long it may take, beside the time that what came of it takes at the least speed (Infinity: none). */
  readonly ms: number;
  readonly leastBytesPerMs: number;
  /** Aborts with a Refusal or ClientGone when nobody waits for the body any more. */
  readonly signal: AbortSignal;
}

/**
 * The pieces of a body as they come. Throws a Refusal: 413 beyond the bytes (at once where the header tells), 408
 * beyond the time, 415 for a compressed one, that of the signal; ClientGone when it breaks off.
 */
export async function* piecesOf(request: IncomingMessage, limits: BodyLimits): AsyncGenerator<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Refusal(415, 'compressed bodies are not read');
  const tooLarge = () => new Refusal(413, `the body is larger than ${limits.bytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw tooLarge();
  const pieces = request.iterator({ destroyOnReturn: false });
  let received = 0;
  const end = endOf(limits, () => received);
  try {
    for (;;) {
      const next = await Promise.race([pieces.next(), end.comes]);
      if (next.done === true) return;
      received += next.value.length;
      if (received > limits.bytes) throw tooLarge();
      yield next.value;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new ClientGone('the client went away', { cause: error });
  } finally {
    end.clear();
  }
}

/** `comes` rejects when the body is late, or when `signal` aborts, unless it was cleared. */
function endOf(
  { ms, leastBytesPerMs, signal }: BodyLimits,
  received: () => number,
): { readonly comes: Promise<never>; clear(): void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined); // nobody may be waiting for the next piece just then
  const begun = performance.now();
  let timer: NodeJS.Timeout;
  const look = () => {
    const rest = begun + ms + received() / leastBytesPerMs - performance.now();
    if (rest > 0) timer = setTimeout(look, rest);
    else reject(new Refusal(408, 'the body came too slowly'));
  };
  look();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const clear = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  };
  return { comes: promise, clear };
}

/** A body of JSON; anything else is `invalid info format`, as the documents have it. */
export async function readJson(request: IncomingMessage, limits: BodyLimits): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw invalidInfo();
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(request, limits)) pieces.push(piece);
  try {
    return JSON.parse(utf8.decode(Buffer.concat(pieces)));
  } catch {
    throw invalidInfo();
  }
}
