import { messageOf, SinkError } from '../../base/errors';
import { Limiter } from '../../base/limiter';
import type { S3Destination } from '../../contract/settings';
import type { OutgoingItem, Sink, SinkHealth } from '../sink';
import { LARGE_AT_ONCE, loadKit, PART_BYTES, type S3Kit, SMALL_AT_ONCE, type Timeouts } from './client';
import { askedDigest, digestFits, OTHER_BYTES } from './digests';
import { isNotFound, isNotImplemented, isTaken, s3Error } from './errors';
import { UploadJournal } from './journal';
import { objectKey } from './key';
import { objectMetadata } from './metadata';
import { sweepUploads } from './sweep';
import { type ObjectPlace, putInParts, putWhole, type Sent } from './upload';

/** How long is looked after what an aborted request may have left. */
const TIDY_MS = 5_000;

export interface S3SinkOptions {
  /** Names the data folder: only what it began is ever cleared away. */
  readonly ownerTag: string;
  /** Folder for the journal of uploads under way; exists. */
  readonly journalDir: string;
  readonly timeouts?: Timeouts;
}

interface Found {
  readonly size: number | null;
  readonly sha256: string | null;
  readonly etag: string | null;
  /** The SHA-256 that the server tells, as S3 writes it. */
  readonly told: string | null;
}

class S3Sink implements Sink {
  readonly kind = 's3';
  readonly id: string;
  private readonly settings: S3Destination;
  private readonly timeouts: Timeouts;
  private readonly journal: UploadJournal;
  private readonly small = new Limiter(SMALL_AT_ONCE);
  private readonly large = new Limiter(LARGE_AT_ONCE);
  private kit: Promise<S3Kit> | null = null;
  /** Settled when no sweep runs: it must not take an upload of now for one that a dead engine left. */
  private swept: Promise<unknown> = Promise.resolve();
  private conditional: boolean;

  constructor(id: string, settings: S3Destination, options: S3SinkOptions) {
    this.id = id;
    this.settings = settings;
    this.timeouts = options.timeouts ?? {};
    this.journal = new UploadJournal(options.journalDir, id, options.ownerTag);
    this.conditional = settings.conditionalPut !== 'off';
  }

  async describe(signal: AbortSignal): Promise<SinkHealth> {
    try {
      const { sdk, client } = await this.load();
      const command = new sdk.HeadBucketCommand({ Bucket: this.settings.bucket });
      await client.send(command, { abortSignal: signal });
      return { state: 'ready', problem: null, notes: [] };
    } catch (error) {
      return { state: 'not_ready', problem: messageOf(this.tell(error)), notes: [] };
    }
  }

  put(item: OutgoingItem, signal: AbortSignal): Promise<{ readonly location: Uint8Array }> {
    const slots = item.size < PART_BYTES ? this.small : this.large;
    return slots.run(async () => {
      try {
        return { location: await this.store(item, signal) };
      } catch (error) {
        signal.throwIfAborted();
        throw this.tell(error);
      }
    }, signal);
  }

  sweep(signal: AbortSignal): Promise<{ readonly removed: number }> {
    const sweep = this.clearAway(signal);
    this.swept = Promise.allSettled([sweep]);
    return sweep;
  }

  private async clearAway(signal: AbortSignal): Promise<{ readonly removed: number }> {
    try {
      const halfMade = await this.journal.sweepHalfMade();
      if ((await this.journal.pending()).length === 0) return { removed: halfMade };
      return { removed: halfMade + (await sweepUploads(await this.load(), this.journal, signal)) };
    } catch (error) {
      throw this.tell(error);
    }
  }

  async close(): Promise<void> {
    const kit = await this.kit;
    this.kit = null;
    kit?.client.destroy();
  }

  private load(): Promise<S3Kit> {
    this.kit ??= loadKit(this.settings, this.timeouts);
    return this.kit;
  }

  private tell(error: unknown): Error {
    return s3Error(error, `bucket ${this.settings.bucket}`);
  }

  /**
   * With `conditionalPut: on` the server alone keeps others' objects safe; else the key is looked at first, since there
   * are servers that ignore the condition without a word. What arrived is looked at in every case.
   */
  private async store(item: OutgoingItem, signal: AbortSignal): Promise<Buffer> {
    const kit = await this.load();
    const { bucket, prefix, conditionalPut } = this.settings;
    const place = { Bucket: bucket, Key: objectKey(prefix, item.submission, item.relativePath) };
    const location = Buffer.from(`s3://${bucket}/${place.Key}`);
    if (conditionalPut !== 'on') {
      const found = await this.find(kit, place, signal);
      if (found !== null) {
        await this.mustBeOurs(kit, place, found, item, signal);
        return location;
      }
    }
    let sent: Sent;
    try {
      sent = await this.send(kit, { ...place, Metadata: objectMetadata(item) }, item, signal);
    } catch (error) {
      if (signal.aborted) await this.tidy(kit, place, item);
      // without its staged bytes it may have arrived before: an older ledger knows nothing of that
      const isGone = error instanceof SinkError && error.code === 'INTEGRITY';
      if (!isTaken(error) && !isGone) throw error;
      const found = await this.find(kit, place, signal);
      if (isGone && (found === null || !isSame(found, item))) throw error;
      if (found === null) throw new SinkError('SINK_UNAVAILABLE', `${location} was taken and given up meanwhile`);
      await this.mustBeOurs(kit, place, found, item, signal);
      return location;
    }
    await this.verify(kit, place, item, sent, signal);
    return location;
  }

  private async send(kit: S3Kit, place: ObjectPlace, item: OutgoingItem, signal: AbortSignal): Promise<Sent> {
    if (item.size >= PART_BYTES) await this.swept;
    const once = (condition: Pick<ObjectPlace, 'IfNoneMatch'>) =>
      item.size < PART_BYTES
        ? putWhole(kit, { ...place, ...condition }, item, signal)
        : putInParts(kit, { ...place, ...condition }, item, signal, this.journal);
    if (!this.conditional) return once({});
    try {
      return await once({ IfNoneMatch: '*' });
    } catch (error) {
      if (this.settings.conditionalPut !== 'auto' || !isNotImplemented(error)) throw error;
      this.conditional = false;
      return once({});
    }
  }

  private async find(
    { sdk, client, checksums }: S3Kit,
    place: ObjectPlace,
    signal: AbortSignal,
  ): Promise<Found | null> {
    const { Bucket, Key } = place;
    try {
      const command = new sdk.HeadObjectCommand({ Bucket, Key, ...askedDigest(checksums) });
      const head = await client.send(command, { abortSignal: signal });
      const sha256 = head.Metadata?.['dropgate-sha256'] ?? null;
      const { ContentLength = null, ETag = null, ChecksumSHA256 = null } = head;
      return { size: ContentLength, sha256, etag: ETag, told: ChecksumSHA256 };
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  /** For what lies there already. What an earlier put of this very item left there with other bytes is taken back. */
  private async mustBeOurs(kit: S3Kit, place: ObjectPlace, found: Found, item: OutgoingItem, signal: AbortSignal) {
    const path = `s3://${place.Bucket}/${place.Key}`;
    if (!isSame(found, item)) throw new SinkError('SINK_REFUSED', `${path} is there already and is something else`);
    if (digestFits(found.told, item.hashes.sha256, null)) return;
    await this.remove(kit, place, signal);
    throw new SinkError('SINK_MISMATCH', OTHER_BYTES);
  }

  /** What arrived, as the server tells it: size, our own hash beside it, and digests; an ETag proves nothing alone. */
  private async verify(kit: S3Kit, place: ObjectPlace, item: OutgoingItem, sent: Sent, signal: AbortSignal) {
    const found = await this.find(kit, place, signal);
    const same = found !== null && isSame(found, item);
    const { sha256 } = item.hashes;
    if (same && [found.told, sent.told].every((told) => digestFits(told, sha256, sent.ofParts))) return;
    // Only the very object that this put made is taken back, so that the next attempt finds its place free.
    if (found !== null && sent.etag !== null && found.etag === sent.etag) await this.remove(kit, place, signal);
    if (same) throw new SinkError('SINK_MISMATCH', OTHER_BYTES);
    const arrived = found === null ? 'nothing' : `${found.size} bytes, SHA-256 ${found.sha256 ?? 'not told'}`;
    throw new SinkError('SINK_MISMATCH', `${arrived} arrived instead of ${item.size} bytes, ${sha256}`);
  }

  /** An aborted request may have arrived whole all the same: what it left is taken back. */
  private async tidy(kit: S3Kit, place: ObjectPlace, item: OutgoingItem): Promise<void> {
    const signal = AbortSignal.timeout(TIDY_MS);
    try {
      const found = await this.find(kit, place, signal);
      if (found !== null && isSame(found, item)) await this.remove(kit, place, signal);
    } catch {
      // The destination is away as well. If the object is there it is the right one, and the next put finds it.
    }
  }

  private async remove({ sdk, client }: S3Kit, { Bucket, Key }: ObjectPlace, abortSignal: AbortSignal): Promise<void> {
    await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }), { abortSignal });
  }
}

function isSame(found: Found, item: OutgoingItem): boolean {
  return found.size === item.size && found.sha256 === item.hashes.sha256;
}

/** Clean files into `<prefix><submission>/<relative path>` of a bucket, never replacing anything. */
export function createS3Sink(id: string, settings: S3Destination, options: S3SinkOptions): Sink {
  return new S3Sink(id, settings, options);
}
