import type { Answer, Exchange, Head, Rule, S3Proxy } from './s3-proxy';
import { xmlError } from './s3-proxy';
import { damages } from './s3-rules';

/** What can happen to a request on its way, or to its answer. */
export const S3_FAULTS = [
  'answer 500',
  'answer 503 SlowDown',
  'reset',
  'stall in the body',
  'half an answer',
  'damaged body',
  'wrong digests answered',
  'lost answer',
] as const;
export type S3Fault = (typeof S3_FAULTS)[number];

export interface FaultOrder {
  readonly fault: S3Fault;
  /** The requests that are counted; all when it is not given. */
  readonly applies?: (head: Head) => boolean;
  /** Which of them, from 0. */
  readonly at: number;
  /** Each from that on, until the proxy is mended; else that one alone. */
  readonly lasting: boolean;
}

function ruleOf(fault: Exclude<S3Fault, 'stall in the body'>): Rule {
  switch (fault) {
    case 'answer 500':
      return async () => xmlError(500, 'InternalError');
    case 'answer 503 SlowDown':
      return async () => xmlError(503, 'SlowDown');
    case 'reset':
      return async () => 'reset';
    case 'half an answer':
      return async (exchange) => ({ half: await exchange.forward() });
    case 'damaged body':
      return damages(() => true);
    case 'wrong digests answered':
      return async (exchange) => withWrongDigests(await exchange.forward());
    case 'lost answer':
      return async (exchange) => {
        await exchange.forward();
        return 'reset';
      };
  }
}

const ZEROS = Buffer.alloc(32).toString('base64');

function withWrongDigests({ status, headers, body }: Answer): Answer {
  const told = Object.entries(headers).map(([name, value]) => {
    if (name === 'etag') return [name, `"${'0'.repeat(32)}"`];
    return [name, name.startsWith('x-amz-checksum-sha') ? ZEROS : value];
  });
  const text = body
    .toString('latin1')
    .replace(/<ETag>[^<]*/g, `<ETag>"${'0'.repeat(32)}"`)
    .replace(/<ChecksumSHA256>[^<]*/g, `<ChecksumSHA256>${ZEROS}`);
  return { status, headers: Object.fromEntries(told), body: Buffer.from(text, 'latin1') };
}

/** Lets the fault happen on the way; says how often it did. Other rules of the proxy come behind it. */
export function orderFault(proxy: S3Proxy, order: FaultOrder): { hits(): number } {
  const { fault, applies = () => true, at, lasting } = order;
  let counted = 0;
  let hits = 0;
  const isDue = (head: Head) => {
    if (!applies(head)) return false;
    const index = counted;
    counted += 1;
    const due = lasting ? index >= at : index === at;
    if (due) hits += 1;
    return due;
  };
  if (fault === 'stall in the body') {
    proxy.stalls = isDue;
  } else {
    const rule = ruleOf(fault);
    proxy.rules.unshift(async (exchange: Exchange) => (isDue(exchange) ? rule(exchange) : null));
  }
  return { hits: () => hits };
}

/** The way is free again. */
export function mend(proxy: S3Proxy): void {
  proxy.rules = [];
  proxy.stalls = () => false;
}

/** The requests of a delivery, by what they are for. */
export const REQUEST_KINDS = {
  look: ({ method }: Head) => method === 'HEAD',
  put: ({ method, query }: Head) => method === 'PUT' && !query.has('partNumber'),
  create: ({ method, query }: Head) => method === 'POST' && query.has('uploads'),
  part: ({ query }: Head) => query.has('partNumber'),
  complete: ({ method, query }: Head) => method === 'POST' && query.has('uploadId'),
  abort: ({ method, query }: Head) => method === 'DELETE' && query.has('uploadId'),
  list: ({ method, query }: Head) => method === 'GET' && query.has('uploads'),
} as const;

export type RequestKind = keyof typeof REQUEST_KINDS;

/** Kinds whose requests have a body that can be damaged. */
export const WITH_BODY: readonly RequestKind[] = ['put', 'part', 'complete'];
