import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { decodeUtf8 } from '../base/display-name';
import { DropgateError } from '../base/errors';
import { lstat, rm } from '../base/files';
import { makeSubfolder } from '../base/make-folder';
import type { FileType, Hashes } from '../contract/item';
import type { FileIdentity, IntakeProblem, Plan } from '../contract/submission';
import type { StagedFacts } from '../store/item-moves';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { ProbeSet } from './probe-set';
import type { StagingRoom } from './staging-room';

/** The intake side as the pipeline needs it; see intake/stager.ts. */
export type TakeBytes = (request: {
  source: Uint8Array;
  expected: FileIdentity | null;
  isReal: boolean;
  content?: Uint8Array;
  destination: string | null;
  maxBytes: number;
  allHashes: boolean;
  detectType: boolean;
  durable: boolean;
}) => Promise<
  | { kind: 'staged'; identity: FileIdentity; size: number; hashes: Hashes; type: FileType | null }
  | { kind: 'problem'; problem: IntakeProblem }
  | { kind: 'failed'; message: string }
>;

/** A file that could not be taken for a reason of ours (disk full): it stays received and is tried again later. */
export class NotTaken extends Error {}

export interface TakeItemParts {
  readonly ledger: Ledger;
  readonly probes: ProbeSet;
  readonly take: TakeBytes;
  /** Private folder for staged bytes. */
  readonly stagingDir: string;
  /** Room for staged bytes; null where it is not looked after. */
  readonly room: StagingRoom | null;
  /** Told how many bytes of a file were taken. */
  readonly onTaken: (submissionId: number, bytes: number) => void;
}

/** Gets the bytes of items and of their members: where they are staged, what is found out about them on the way. */
export class ItemTaker {
  private readonly parts: TakeItemParts;
  /** The submission whose staging folder was made last: most items need not ask. */
  private newestFolder = '';

  constructor(parts: TakeItemParts) {
    this.parts = parts;
  }

  /**
   * Takes the bytes of a received item: a private copy in a gate, in place in a scan where every probe can be given the
   * path. Of a watched folder only the very file that was seen there. Rejects with NotTaken, with NoRoom, and when `signal` aborts (no copy stays then).
   */
  async stage(
    item: Item,
    plan: Plan,
    signal: AbortSignal,
  ): Promise<{ kind: 'facts'; facts: StagedFacts } | { kind: 'problem'; problem: IntakeProblem }> {
    const source = item.sourcePath;
    if (source === null) throw new Error(`item ${item.id} has no source`);
    const inPlace = plan.mode === 'scan' && isPlainPath(source);
    const destination = inPlace ? null : await this.stagedPathFor(item);
    const size = destination === null || this.parts.room === null ? 0 : await sizeOf(item, source);
    if (this.parts.room?.isTooLarge(size) === true && size <= plan.limits.fileBytes) {
      const detail = `it has ${size} bytes, more than staging.maxBytes allows for all private copies`;
      return { kind: 'problem', problem: { reason: 'limit_exceeded', detail } };
    }
    // what is too large for its profile is refused without being copied
    const reserved = size > plan.limits.fileBytes ? null : ((await this.parts.room?.reserve(size)) ?? null);
    const answer = await this.copy(item, source, destination, plan).finally(() => reserved?.copied());
    if (answer.kind === 'failed') throw new NotTaken(answer.message);
    if (answer.kind === 'problem') return answer;
    if (signal.aborted && destination !== null) await rm(destination, { force: true });
    signal.throwIfAborted();
    const { identity, size: taken, hashes, type } = answer;
    this.parts.onTaken(item.submissionId, taken);
    return { kind: 'facts', facts: { stagedPath: destination, identity, size: taken, hashes, type } };
  }

  private copy(item: Item, source: Uint8Array, destination: string | null, plan: Plan): ReturnType<TakeBytes> {
    const manifests = plan.probes.flatMap((id) => this.parts.probes.get(id)?.probe.manifest ?? []);
    return this.parts.take({
      source,
      expected: item.sourceIdentity,
      isReal: true,
      destination,
      maxBytes: plan.limits.fileBytes,
      allHashes: plan.describeAll || manifests.some(({ needs }) => needs.allHashes),
      detectType: plan.describeAll || manifests.some(({ needs, accepts }) => needs.type || accepts !== null),
      durable: plan.mode === 'gate',
    });
  }

  /** A fresh generated name, so that what a dead engine left half-made is never in the way. */
  private async stagedPathFor(item: Item): Promise<string> {
    const { guid } = this.parts.ledger.submissions.get(item.submissionId);
    const folder = join(this.parts.stagingDir, guid);
    if (guid !== this.newestFolder) await makeSubfolder(folder, 0o750);
    this.newestFolder = guid;
    return join(folder, `item-${randomUUID()}`);
  }

  /**
   * Size, hashes and type of an unpacked member that lies at `path`, or that is written there from `content`. Throws
   * STAGING_FAILED when it cannot be written or read back; nothing that was written here stays then.
   */
  async describe(
    path: string,
    content: Uint8Array | null,
    plan: Plan,
  ): Promise<{ size: number; hashes: Hashes; type: FileType | null }> {
    const where = content === null ? { destination: null } : { destination: path, content };
    const answer = await this.parts.take({
      source: Buffer.from(path),
      expected: null,
      isReal: false,
      ...where,
      maxBytes: plan.limits.fileBytes,
      allHashes: true,
      detectType: true,
      durable: false,
    });
    if (answer.kind === 'staged') return { size: answer.size, hashes: answer.hashes, type: answer.type };
    const message = answer.kind === 'failed' ? answer.message : answer.problem.detail;
    throw new DropgateError('STAGING_FAILED', `an unpacked member cannot be kept: ${message}`);
  }
}

/** As far as it is known before the file is opened; 0 where nothing can be said. */
async function sizeOf(item: Item, source: Uint8Array): Promise<number> {
  if (item.sourceIdentity !== null) return item.sourceIdentity.size;
  try {
    const stats = await lstat(Buffer.from(source));
    return stats.isFile() ? stats.size : 0;
  } catch {
    return 0; // whoever opens it says what is wrong
  }
}

/** A path that every probe can be given as it is: UTF-8 without controls. Others are staged, also in a scan. */
function isPlainPath(path: Uint8Array): boolean {
  const text = decodeUtf8(path);
  return text !== null && !/[\u0000-\u001f\u007f-\u009f]/.test(text);
}
