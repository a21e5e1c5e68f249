import type { S3Kit } from './client';
import { isNotFound, isNotImplemented } from './errors';
import type { JournalEntry, UploadJournal } from './journal';

async function abort({ sdk, client }: S3Kit, Bucket: string, Key: string, UploadId: string, abortSignal: AbortSignal) {
  try {
    await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }), { abortSignal });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false; // it ended, or was cleared away before
    throw error;
  }
}

/** Ids of the unfinished uploads of exactly this key. A server that cannot list them has none to tell. */
async function idsOf({ sdk, client }: S3Kit, Bucket: string, Key: string, abortSignal: AbortSignal): Promise<string[]> {
  try {
    const command = new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key });
    const { Uploads = [] } = await client.send(command, { abortSignal });
    return Uploads.flatMap((upload) => (upload.Key === Key && upload.UploadId !== undefined ? [upload.UploadId] : []));
  } catch (error) {
    if (isNotImplemented(error)) return [];
    throw error;
  }
}

/** Clears away what an entry names; says how many uploads that were. */
export async function clearPending(kit: S3Kit, entry: JournalEntry, signal: AbortSignal): Promise<number> {
  const { bucket, key, uploadId } = entry;
  const ids = uploadId === null ? await idsOf(kit, bucket, key, signal) : [uploadId];
  let removed = 0;
  for (const id of ids) if (await abort(kit, bucket, key, id, signal)) removed += 1;
  return removed;
}

/** Aborts the multipart uploads that the journal still names, and only those. */
export async function sweepUploads(kit: S3Kit, journal: UploadJournal, signal: AbortSignal): Promise<number> {
  let removed = 0;
  for (const pending of await journal.pending()) {
    removed += await clearPending(kit, pending.entry, signal);
    await journal.end(pending);
  }
  return removed;
}
