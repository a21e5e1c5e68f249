import { type Answer, type Exchange, type Rule, type S3Proxy, xmlError } from './s3-proxy';

/** A request that makes an object appear: a plain put, or the completion of a multipart upload. */
export function publishes({ method, query }: Exchange): boolean {
  return (method === 'PUT' && !query.has('partNumber')) || (method === 'POST' && query.has('uploadId'));
}

/** If-None-Match as real servers have it: an object that is there is never replaced. */
export const honoursConditions: Rule = async (exchange) => {
  if (!publishes(exchange) || exchange.headers['if-none-match'] !== '*') return null;
  const there = await exchange.forward({ method: 'HEAD', body: Buffer.alloc(0) });
  return there.status === 200 ? xmlError(412, 'PreconditionFailed') : null;
};

/** A server that does not know conditional puts. */
export const knowsNoConditions: Rule = async (exchange) =>
  exchange.headers['if-none-match'] === undefined || !publishes(exchange) ? null : xmlError(501, 'NotImplemented');

/** Answers every request that `applies` takes. */
export function answers(answer: Answer | 'reset' | 'hang', applies: (exchange: Exchange) => boolean): Rule {
  return async (exchange) => (applies(exchange) ? answer : null);
}

/** The same, for the first `times` of them. */
export function answersFirst(times: number, answer: Answer | 'reset', applies: (exchange: Exchange) => boolean): Rule {
  let left = times;
  return async (exchange) => {
    if (left === 0 || !applies(exchange)) return null;
    left -= 1;
    return answer;
  };
}

/** Least size of a part that is not the last: a real server would refuse a shorter one, and lose nothing. */
const LEAST_PART = 5 * 1024 ** 2;

/** A server that loses the second half of a small object or of a last part, and says that all is well. */
export const losesHalf: Rule = async (exchange) => {
  if (exchange.method !== 'PUT' || exchange.body.length >= LEAST_PART) return null;
  return exchange.forward({ body: exchange.body.subarray(0, Math.floor(exchange.body.length / 2)) });
};

/** ListMultipartUploads, which the server behind lacks, from what went through the proxy. */
export function listsUploads(proxy: S3Proxy): Rule {
  return async ({ method, query }) => {
    if (method !== 'GET' || !query.has('uploads')) return null;
    const prefix = query.get('prefix') ?? '';
    const uploads = [...proxy.uploads]
      .filter(([, key]) => key.startsWith(prefix))
      .map(([id, key]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`);
    const body = `<ListMultipartUploadsResult>${uploads.join('')}<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`;
    return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
  };
}
