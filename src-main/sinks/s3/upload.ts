import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import type { OutgoingItem } from '../sink';
import { PART_BYTES, PARTS_AT_ONCE, type S3Kit } from './client';
import type { PendingUpload, UploadJournal } from './journal';
import { streamedBody, wholeBody } from './staged-body';
import { clearPending } from './sweep';

/** S3 takes 10,000 parts; one is left for rounding. */
const MOST_PARTS = 9_999;

/** How long is tried to clear the parts of a failed upload away before that is left to the next start. */
const CLEAR_MS = 10_000;

/** Where an object goes and what stands beside it. */
export type ObjectPlace = Pick<PutObjectCommandInput, 'Metadata' | 'IfNoneMatch'> & { Bucket: string; Key: string };

/** One request, its bytes proven before it is sent. Resolves with the ETag. */
export async function putWhole(
  { sdk, client }: S3Kit,
  place: ObjectPlace,
  item: OutgoingItem,
  signal: AbortSignal,
): Promise<string | null> {
  const Body = await wholeBody(item);
  const command = new sdk.PutObjectCommand({ ...place, Body, ContentLength: Body.length });
  return (await client.send(command, { abortSignal: signal })).ETag ?? null;
}

type Send = S3Client['send'];

/**
 * The client as one upload sees it: every request ends with `signal` (lib-storage passes none on), but for the request that
 * clears the upload away; `onUpload` is waited for as soon as the server gave an upload id.
 */
function scopedClient(
  { sdk, client }: S3Kit,
  signal: AbortSignal,
  onUpload: (uploadId: string) => Promise<void>,
): S3Client {
  const send = async (command: Parameters<Send>[0]): Promise<unknown> => {
    const clearing = command instanceof sdk.AbortMultipartUploadCommand;
    const output = await client.send(command, { abortSignal: clearing ? AbortSignal.timeout(CLEAR_MS) : signal });
    if (
      command instanceof sdk.CreateMultipartUploadCommand &&
      'UploadId' in output &&
      typeof output.UploadId === 'string'
    ) {
      await onUpload(output.UploadId);
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
): Promise<string | null> {
  const earlier = await journal.earlier(place.Bucket, place.Key);
  if (earlier !== null) await clearPending(kit, earlier.entry, signal);
  const pending = await journal.begin(place.Bucket, place.Key);
  const body = streamedBody(item, signal);
  let fault: Error | null = null;
  body.on('error', (error) => {
    fault = error;
  });
  let { entry } = pending;
  const client = scopedClient(kit, signal, (uploadId) => {
    entry = { ...entry, uploadId };
    return journal.note(pending, uploadId);
  });
  const upload = new kit.storage.Upload({
    client,
    params: { ...place, Body: body, ContentLength: item.size },
    partSize: Math.max(PART_BYTES, Math.ceil(item.size / MOST_PARTS)),
    queueSize: PARTS_AT_ONCE,
    leavePartsOnError: false,
  });
  try {
    const { ETag } = await upload.done();
    await journal.end(pending);
    return ETag ?? null;
  } catch (error) {
    body.destroy();
    await tryToClear(kit, { file: pending.file, entry }, journal);
    throw fault ?? error;
  }
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
