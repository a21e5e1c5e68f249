import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { SinkError } from '../base/errors';
import type { S3Kit } from './s3/client';
import { askedDigest, saidDigest } from './s3/digests';
import { answerOf, isTaken } from './s3/errors';

/** The one object of a test. */
export interface TestObject {
  readonly Bucket: string;
  readonly Key: string;
  readonly body: Buffer;
}

/** What a server makes of being asked not to replace an object. */
export type Condition = 'honoured' | 'ignored' | 'refused';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Key and metadata as forwarding has them. */
const described = ({ Bucket, Key, body }: TestObject) => ({
  Bucket,
  Key,
  ContentLength: body.length,
  Metadata: { 'dropgate-sha256': sha256(body) },
});

/** The SDK writes to the console that a stream cannot be sent twice, unless it has somebody else to tell. */
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Puts the object and looks at it as forwarding does. `streamed`: once more as a stream, whose checksum comes behind the
 * bytes; some servers answer 411 to that. Throws SINK_MISMATCH when something else is there than was sent.
 */
export async function storeProbe(
  kit: S3Kit,
  object: TestObject,
  streamed: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { sdk, client, checksums } = kit;
  const abort = { abortSignal: signal };
  const said = saidDigest(checksums, object.body);
  await client.send(new sdk.PutObjectCommand({ ...described(object), ...said, Body: object.body }), abort);
  await lookAt(kit, object, signal);
  if (!streamed) return;
  client.config.logger = QUIET;
  const Body = Readable.from([object.body], { objectMode: false });
  await client.send(new sdk.PutObjectCommand({ ...described(object), Body }), abort);
  await lookAt(kit, object, signal);
}

async function lookAt({ sdk, client, checksums }: S3Kit, object: TestObject, signal: AbortSignal): Promise<void> {
  const { Bucket, Key, body } = object;
  const command = new sdk.HeadObjectCommand({ Bucket, Key, ...askedDigest(checksums) });
  const head = await client.send(command, { abortSignal: signal });
  if (head.ContentLength !== body.length) {
    throw new SinkError('SINK_MISMATCH', `${head.ContentLength ?? 0} of ${body.length} bytes arrived; mend the server`);
  }
  if (head.Metadata?.['dropgate-sha256'] !== sha256(body)) {
    const text = 'the server keeps no metadata beside objects, so what arrives cannot be proven; use another server';
    throw new SinkError('SINK_MISMATCH', text);
  }
}

/** Throws SINK_MISMATCH when other bytes come back. */
export async function readBack({ sdk, client }: S3Kit, object: TestObject, signal: AbortSignal): Promise<void> {
  const { Bucket, Key, body } = object;
  const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }), { abortSignal: signal });
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  if (sha256(bytes) === sha256(body)) return;
  throw new SinkError('SINK_MISMATCH', `other bytes came back than were sent (${bytes.length}); mend the server`);
}

/** True when the server would not do what was asked, for it did not understand. */
function isBeyond(error: unknown): boolean {
  const { status } = answerOf(error);
  return status === 400 || status === 405 || status === 501;
}

/** Puts the object where it is already, and asks the server to refuse that. */
export async function putAgain({ sdk, client }: S3Kit, object: TestObject, signal: AbortSignal): Promise<Condition> {
  const command = new sdk.PutObjectCommand({ ...described(object), Body: object.body, IfNoneMatch: '*' });
  try {
    await client.send(command, { abortSignal: signal });
    return 'ignored';
  } catch (error) {
    if (isTaken(error)) return 'honoured';
    if (isBeyond(error)) return 'refused';
    throw error;
  }
}

/** The same in parts. Nothing of an upload that does not end well is left. */
export async function putInParts({ sdk, client }: S3Kit, object: TestObject, signal: AbortSignal): Promise<Condition> {
  const abort = { abortSignal: signal };
  const { body, Bucket, Key } = object;
  const { Metadata } = described(object);
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key, Metadata }), abort);
  if (UploadId === undefined) throw new SinkError('SINK_MISMATCH', 'the server began an upload without a name for it');
  const upload = { Bucket, Key, UploadId };
  const complete = async (condition: { IfNoneMatch?: string }) => {
    const MultipartUpload = { Parts: [{ PartNumber: 1, ...sums }] };
    await client.send(new sdk.CompleteMultipartUploadCommand({ ...upload, ...condition, MultipartUpload }), abort);
  };
  let sums: { ETag?: string; ChecksumCRC32?: string } = {};
  try {
    const part = { ...upload, PartNumber: 1, Body: body, ContentLength: body.length };
    const { ETag, ChecksumCRC32 } = await client.send(new sdk.UploadPartCommand(part), abort);
    sums = { ...(ETag === undefined ? {} : { ETag }), ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }) };
    try {
      await complete({ IfNoneMatch: '*' });
      return 'ignored';
    } catch (error) {
      if (!isBeyond(error)) throw error;
      await complete({});
      return 'refused';
    }
  } catch (error) {
    await client.send(new sdk.AbortMultipartUploadCommand(upload), abort).catch(() => undefined); // its cause is told
    if (isTaken(error)) return 'honoured';
    throw error;
  }
}

export async function remove({ sdk, client }: S3Kit, { Bucket, Key }: TestObject, signal: AbortSignal): Promise<void> {
  await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }), { abortSignal: signal });
}
