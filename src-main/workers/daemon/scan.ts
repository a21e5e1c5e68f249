import type { Logger } from 'pino';
import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import { type DetectionAnswer, type ScanRequest, scanRequestSchema } from '../../contract/detection-api';
import { allowedDefinition } from './allowed-commands';
import type { Detection, DetectionEnd, Detections } from './detections';
import type { EndingLog } from './ending-log';
import { canonicalId } from './ids';
import { isAsWritten, type PrivateCopy } from './private-copy';
import { Deleted, type Records } from './records';
import { invalidInfo, Refusal } from './refusal';
import { readSharedFile } from './shared-file';
import type { Slots } from './slots';
import type { Uploads } from './uploads';

/** What `POST /scan` works with. */
export interface ScanParts {
  readonly detections: Detections;
  readonly records: Records;
  readonly slots: Slots;
  readonly uploads: Uploads;
  readonly endings: EndingLog;
  readonly allowPosted: boolean;
  /** Folder that `name` is looked up in; null: bytes come by upload alone. */
  readonly dumpPath: string | null;
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * One detection, from the posted body to its answer. `signal` aborts when the client goes or the worker ends; then it
 * rejects with its reason. Throws a Refusal for everything that is not done.
 */
export async function scan(parts: ScanParts, body: unknown, signal: AbortSignal): Promise<DetectionAnswer> {
  const request = parse(body);
  const id = canonicalId(request.uuid);
  const { definition, posted } = await allowedDefinition(request, parts.detections, parts.allowPosted);
  const deleted = parts.records.begin(id);
  const stop = AbortSignal.any([signal, deleted]);
  try {
    const end = await parts.slots.run(async () => {
      const { copy, remove } = await bytesOf(parts, request, id);
      try {
        const { name, mime, inited } = request;
        return await detect(parts, copy, { uuid: id, mime, name, ...copy, definition, posted, inited }, stop);
      } finally {
        await remove();
      }
    }, stop);
    return { ...end, deleted: false };
  } catch (error) {
    parts.records.forget(id);
    throw stop.reason instanceof Deleted ? new Refusal(410, 'deleted while it ran') : error;
  }
}

function parse(body: unknown): ScanRequest {
  const parsed = scanRequestSchema.safeParse(body);
  if (!parsed.success) throw invalidInfo();
  if (parsed.data.bytes === 'uploaded' && parsed.data.sha256 === undefined) throw invalidInfo();
  return parsed.data;
}

async function bytesOf(
  { uploads, dumpPath, maxBytes }: ScanParts,
  { name, bytes, sha256 }: ScanRequest,
  id: string,
): Promise<{ readonly copy: PrivateCopy; remove(): Promise<void> }> {
  if (bytes === 'uploaded' && sha256 !== undefined) return uploads.take(id, sha256);
  if (dumpPath === null) throw new Refusal(403, 'this worker has no shared folder: upload the file');
  const shared = await uploads.copy(readSharedFile(dumpPath, name, maxBytes));
  if (sha256 === undefined || shared.copy.sha256 === sha256) return shared;
  await shared.remove();
  throw new Refusal(409, 'the file does not have the hash that was asked for');
}

/** Runs it and records its end. One that could not be run is a failure like any other, and parked. */
async function detect(
  parts: ScanParts,
  copy: PrivateCopy,
  detection: Detection,
  signal: AbortSignal,
): Promise<Omit<DetectionAnswer, 'deleted'>> {
  const { detections, records, endings, clock, log } = parts;
  const { uuid, mime, name, sha256, size } = detection;
  const end = await unchanged(copy, await run(detections, detection, signal));
  records.end(uuid, end.reported);
  const time = new Date(clock.now()).toISOString();
  await endings
    .add({ name, uuid, mime, time, failed: end.failed })
    .catch((error: unknown) => log.error({ problem: messageOf(error) }, 'the end of a detection was not logged'));
  log.info({ uuid, mime, sha256, reported: end.reported, failed: end.failed }, 'detection ended');
  const { inited, reported, failed, result } = end;
  const { engineVersion, databaseVersion } = await detections.health();
  return {
    id: uuid,
    inited,
    initied: inited,
    scanned: true,
    reported,
    ...(failed === null ? {} : { failed }),
    ...(result === null || !reported
      ? {}
      : { report: { uuid, sha256, size, ...result, engineVersion, databaseVersion } }),
  };
}

/** What commands did to the bytes that they were to look at, nobody has looked at. */
async function unchanged(copy: PrivateCopy, end: DetectionEnd): Promise<DetectionEnd> {
  if (await isAsWritten(copy)) return end;
  const failed = 'the commands changed the file that they were to look at';
  return { inited: end.inited, reported: false, failed, result: null };
}

async function run(detections: Detections, detection: Detection, signal: AbortSignal): Promise<DetectionEnd> {
  signal.throwIfAborted();
  try {
    return await detections.run(detection, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { inited: false, reported: false, failed: `it could not be run: ${messageOf(error)}`, result: null };
  }
}
