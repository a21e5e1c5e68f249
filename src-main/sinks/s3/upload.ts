import type { PutObjectCommandInput, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { SinkError } from '../../base/errors';
import type { OutgoingItem } from '../sink';
import { PART_BYTES, PARTS_AT_ONCE, type S3Kit } from './client';
import { digestOfParts, OTHER_BYTES, saidDigest } from './digests';
import type { PendingUpload, UploadJournal } from './journal';
import { streamedBody, wholeBody } from './staged-body';
import { clearPending } from './sweep';

/** S3 takes 10,000 parts; one is left for rounding. */
const MOST_PARTS = 9_999;

/** How long is tried to clear the parts of a failed upload away before that is left to the next start. */
const CLEAR_MS = 10_000;

/** Where an object goes and what stands beside it. */
export type ObjectPlace = Pick<PutObjectCommandInput, 'Metadata' | 'IfNoneMatch'> & { Bucket: string; Key: string };

/** What a server answered to an upload. */
export interface Sent {
  readonly etag: string | null;
  /** The SHA-256 that it told, as S3 writes it; null when it told none. */
  readonly told: string | null;
  /** The digest of the parts' digests; null for an object that went in one request, or where it was not asked for. */
  readonly ofParts: string | null;
}

/** One request, its bytes proven before it is sent. */
export async function putWhole(
  { sdk, client, checksums }: S3Kit,
  place: ObjectPlace,
  item: OutgoingItem,
  signal: AbortSignal,
): Promise<Sent> {
  const Body = await wholeBody(item);
  const said = saidDigest(checksums, Body);
  const command = new sdk.PutObjectCommand({ ...place, ...said, Body, ContentLength: Body.length });
  const { ETag, ChecksumSHA256 } = await client.send(command, { abortSignal: signal });
  return { etag: ETag ?? null, told: ChecksumSHA256 ?? null, ofParts: null };
}

type Send = S3Client['send'];

/** Sends a part with its digest, which is noted by its number. Throws SINK_MISMATCH when the server tells another one. */
async function sendPart(
  kit: S3Kit,
  command: UploadPartCommand,
  digests: Map<number, string>,
  abortSignal: AbortSignal,
) {
  const { Body, PartNumber = 0 } = command.input;
  if (!(Body instanceof Uint8Array)) throw new TypeError('a part of an upload is no buffer');
  const said = saidDigest(kit.checksums, Body);
  Object.assign(command.input, said);
  const output = await kit.client.send(command, { abortSignal });
  if ('ChecksumSHA256' in said) {
    const told = output.ChecksumSHA256;
    if (told !== undefined && told !== said.ChecksumSHA256) throw new SinkError('SINK_MISMATCH', OTHER_BYTES);
    digests.set(PartNumber, said.ChecksumSHA256);
  }
  return output;
}

/**
 * The client as one upload sees it: parts go with their digests, and every request ends with `signal` (lib-storage passes
 * none on), but for the request that clears the upload away. `onUpload` is waited for as soon as the server gave an
 * upload id; `asked`: how often it was asked for one.
 */
function scopedClient(
  kit: S3Kit,
  digests: Map<number, string>,
  signal: AbortSignal,
  onUpload: (uploadId: string, asked: number) => Promise<void>,
): S3Client {
  const { sdk, client } = kit;
  const send = async (command: Parameters<Send>[0]): Promise<unknown> => {
    if (command instanceof sdk.UploadPartCommand) return sendPart(kit, command, digests, signal);
    const clearing = command instanceof sdk.AbortMultipartUploadCommand;
    const output = await client.send(command, { abortSignal: clearing ? AbortSignal.timeout(CLEAR_MS) : signal });
    if (
      command instanceof sdk.CreateMultipartUploadCommand &&
      'UploadId' in output &&
      typeof output.UploadId === 'string'
    ) {
      await onUpload(output.UploadId, output.$metadata.attempts ?? 1);
    }
    return output;
  };
  return new Proxy(client, { get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)) });
}

/**
 * A multipart upload, its bytes proven before it is completed. Whatever it fails of, its parts are cleared away before
 * this rejects, or, where the server cannot be reached any more, at the next start by its entry in the journal.
 */
export async function putInParts(
  kit: S3Kit,
  place: ObjectPlace,
  item: OutgoingItem,
  signal: AbortSignal,
  journal: UploadJournal,
): Promise<Sent> {
  const earlier = await journal.earlier(place.Bucket, place.Key);
  if (earlier !== null) await clearPending(kit, earlier.entry, signal);
  const pending = await journal.begin(place.Bucket, place.Key);
  const body = streamedBody(item, signal);
  let fault: Error | null = null;
  body.on('error', (error) => {
    fault = error;
  });
  let { entry } = pending;
  const digests = new Map<number, string>();
  const client = scopedClient(kit, digests, signal, async (uploadId, asked) => {
    // Asked twice, the server may have begun two uploads: then the entry keeps none, and what it clears is found by key.
    if (asked > 1) return;
    entry = { ...entry, uploadId };
    await journal.note(pending, uploadId);
  });
  const upload = new kit.storage.Upload({
    client,
    params: {
      ...place,
      Body: body,
      ContentLength: item.size,
      ...(kit.checksums === 'when_supported' ? { ChecksumAlgorithm: 'SHA256' } : {}),
    },
    partSize: Math.max(PART_BYTES, Math.ceil(item.size / MOST_PARTS)),
    queueSize: PARTS_AT_ONCE,
    leavePartsOnError: false,
  });
  try {
    const { ETag, ChecksumSHA256 } = await upload.done();
    if (entry.uploadId === null) await tryToClear(kit, { file: pending.file, entry }, journal);
    else await journal.end(pending);
    return { etag: ETag ?? null, told: ChecksumSHA256 ?? null, ofParts: ofParts(digests) };
  } catch (error) {
    body.destroy();
    await tryToClear(kit, { file: pending.file, entry }, journal);
    throw fault ?? error;
  }
}

function ofParts(digests: ReadonlyMap<number, string>): string | null {
  if (digests.size === 0) return null;
  return digestOfParts([...digests].sort(([one], [other]) => one - other).map(([, digest]) => digest));
}

/** lib-storage has cleared away already, or could not: asked once more, and only a positive answer ends the entry. */
async function tryToClear(kit: S3Kit, pending: PendingUpload, journal: UploadJournal): Promise<void> {
  try {
    await clearPending(kit, pending.entry, AbortSignal.timeout(CLEAR_MS));
    await journal.end(pending);
  } catch {
    // The entry stays: the next attempt or the next start clears the parts away. The caller hears why the upload failed.
  }
}
