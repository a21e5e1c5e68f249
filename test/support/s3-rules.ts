import { hash } from 'node:crypto';
import { type Answer, type Exchange, type Faculty, type Fate, type Rule, type S3Proxy, xmlError } from './s3-proxy';

/** A request that makes an object appear: a plain put, or the completion of a multipart upload. */
export function publishes({ method, query }: Exchange): boolean {
  return (method === 'PUT' && !query.has('partNumber')) || (method === 'POST' && query.has('uploadId'));
}

/** If-None-Match as real servers have it: an object that is there is never replaced. */
export const honoursConditions: Faculty = async (exchange) => {
  if (!publishes(exchange) || exchange.headers['if-none-match'] !== '*') return null;
  const there = await exchange.forward({ method: 'HEAD', body: Buffer.alloc(0) });
  return there.status === 200 ? xmlError(412, 'PreconditionFailed') : null;
};

/** A server that does not know conditional puts. */
export const knowsNoConditions: Rule = async (exchange) =>
  exchange.headers['if-none-match'] === undefined || !publishes(exchange) ? null : xmlError(501, 'NotImplemented');

/** Answers every request that `applies` takes. */
export function answers(answer: Fate, applies: (exchange: Exchange) => boolean): Rule {
  return async (exchange) => (applies(exchange) ? answer : null);
}

/** The same, for the first `times` of them. */
export function answersFirst(times: number, answer: Fate, applies: (exchange: Exchange) => boolean): Rule {
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
export function listsUploads(proxy: S3Proxy): Faculty {
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

/** Digests of a body as real servers have them: bytes that do not fit what was said of them are refused. */
export const checksDigests: Faculty = async ({ method, headers, body }) => {
  if (method !== 'PUT') return null;
  const said = { sha256: headers['x-amz-checksum-sha256'], md5: headers['content-md5'] };
  const fits = (['sha256', 'md5'] as const).every((name) =>
    [undefined, hash(name, body, 'base64')].includes(one(said[name])),
  );
  return fits ? null : xmlError(400, 'BadDigest');
};

/** A server that has a SHA-256 of its own of what came, tells it when it is asked, and refuses nothing. */
export function tellsDigests(): Faculty {
  const known = new Map<string, string>();
  return async (exchange) => {
    const { method, path, query, headers, body } = exchange;
    if (method === 'PUT' && !query.has('partNumber')) known.set(path, hash('sha256', body, 'base64'));
    const asked = method === 'HEAD' && one(headers['x-amz-checksum-mode']) === 'ENABLED';
    if (!asked && method !== 'PUT') return null;
    return withSha256(await exchange.forward(), method === 'PUT' ? hash('sha256', body, 'base64') : known.get(path));
  };
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** An answer that tells this SHA-256, or, where there is none, the one that it told. */
function withSha256(answer: Answer, sha256: string | undefined): Answer {
  if (sha256 === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'x-amz-checksum-sha256': sha256 } };
}

/** A byte in the middle of a body becomes another one on its way to the server; the length stays. */
export function damages(applies: (exchange: Exchange) => boolean): Rule {
  return async (exchange) => {
    if (exchange.body.length === 0 || !applies(exchange)) return null;
    return exchange.forward({ body: damaged(exchange.body) });
  };
}

function damaged(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = Math.floor(copy.length / 2);
  copy.writeUInt8(copy.readUInt8(middle) ^ 1, middle);
  return copy;
}
