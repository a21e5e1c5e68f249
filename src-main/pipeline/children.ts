import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ProbeError } from '../base/errors';
import { mkdir, open, rm } from '../base/files';
import type { FileType, Hashes } from '../contract/item';
import { RATIO_FROM_BYTES } from '../contract/settings';
import type { Plan } from '../contract/submission';
import type { MemberContent } from '../probes/probe';
import type { Tree } from './tree';

/**
 * Hands a staged child's path to the intake thread: hashes, size and type of the bytes that are really there. With
 * `content` the thread writes them there first.
 */
export type Describe = (
  path: string,
  content: Uint8Array | null,
) => Promise<{ size: number; hashes: Hashes; type: FileType | null }>;

/** Asks for room on the disk for bytes of a member; false when there is none. */
export type TakeRoom = (bytes: number) => boolean;

/** Writes members into the ledger while their scan goes on. */
export type Adopt = (children: readonly StagedChild[]) => Promise<void>;

export interface StagedChild {
  readonly name: Uint8Array;
  readonly stagedPath: string;
  readonly size: number;
  readonly hashes: Hashes;
  readonly type: FileType | null;
}

function newAttempt(): Attempt {
  return { places: [], handing: Promise.resolve(), adopted: 0, files: 0, bytes: 0 };
}

function stagedOf(places: readonly Place[]): StagedChild[] {
  return places.flatMap(({ state }) => (typeof state === 'string' ? [] : [state]));
}

/** How many places at the front are settled. */
function readyAtFront(places: readonly Place[]): number {
  const open = places.findIndex(({ state }) => state === 'open');
  return open < 0 ? places.length : open;
}

function exceeded(what: string): ProbeError {
  return new ProbeError('PROBE_LIMIT', what);
}

export const NO_ROOM = 'there is no room on the disk for what it unpacks to';
const OVER_LIMIT = 'another archive of the same file is over a limit already';
/** Members that are handed to the ledger at once, while others are still unpacked. */
const PAGE = 256;

interface Place {
  state: 'open' | 'failed' | StagedChild;
}

/** What one attempt of a scan unpacked. */
interface Attempt {
  /** A place for each member that the ledger does not have yet, in the order of the calls. */
  readonly places: Place[];
  /** The pages on their way to the ledger, one after the other. */
  handing: Promise<void>;
  adopted: number;
  files: number;
  bytes: number;
}

/**
 * Receives the members that one scan unpacks, within the profile's limits, and keeps them on disk until the ledger
 * has them. `discard` removes what no ledger row will ever name, and whatever the given up attempt still hands over.
 */
export class ChildStager {
  private attempt = newAttempt();
  private closed = false;
  /** Made with the first member: a scan looks at the archive where it is, so nobody has made it before. */
  private folderMade: Promise<unknown> | null = null;
  private readonly folder: string;
  private readonly plan: Plan;
  private readonly parent: { readonly size: number; readonly depth: number };
  private readonly tree: Tree;
  private readonly describe: Describe;
  private readonly adopt: Adopt;
  private readonly takeRoom: TakeRoom;

  constructor(options: {
    folder: string;
    plan: Plan;
    parent: { readonly size: number; readonly depth: number };
    tree: Tree;
    describe: Describe;
    adopt: Adopt;
    takeRoom: TakeRoom;
  }) {
    this.folder = options.folder;
    this.plan = options.plan;
    this.parent = options.parent;
    this.tree = options.tree;
    this.describe = options.describe;
    this.adopt = options.adopt;
    this.takeRoom = options.takeRoom;
  }

  /** Members that were staged so far. */
  get memberCount(): number {
    return this.attempt.adopted + stagedOf(this.attempt.places).length;
  }

  /** As ScanContext.addChild says. */
  async add(name: Uint8Array, content: MemberContent): Promise<void> {
    const { limits } = this.plan;
    const { attempt } = this;
    if (this.tree.overLimit) throw exceeded(OVER_LIMIT);
    if (this.parent.depth + 1 > limits.archiveDepth)
      throw exceeded(`more than ${limits.archiveDepth} archives inside each other`);
    if (this.tree.files + 1 > limits.archiveFiles) throw exceeded(`more than ${limits.archiveFiles} members`);
    this.tree.files += 1;
    attempt.files += 1;
    const stagedPath = join(this.folder, `child-${randomUUID()}`);
    const place: Place = { state: 'open' };
    attempt.places.push(place);
    try {
      const facts = await this.keep(stagedPath, content, attempt);
      this.assertCurrent(attempt);
      place.state = { name: Buffer.from(name), stagedPath, ...facts };
    } catch (error) {
      place.state = 'failed';
      await rm(stagedPath, { force: true });
      throw error;
    }
    await this.handOver(attempt);
  }

  /**
   * Forgets what was unpacked so far: the next attempt begins with what this one used of the limits. What the ledger has
   * of it already is the caller's to drop.
   */
  async discard(): Promise<void> {
    const { places, handing, files, bytes } = this.attempt;
    this.attempt = newAttempt();
    this.tree.files -= files;
    this.tree.bytes -= bytes;
    await Promise.allSettled([handing]); // a failure of what is given up anyway
    await Promise.all(stagedOf(places).map(({ stagedPath }) => rm(stagedPath, { force: true })));
  }

  /** The scan has ended: its members are those that are there now. Resolves with those that the ledger does not have. */
  async close(): Promise<readonly StagedChild[]> {
    this.closed = true;
    await this.attempt.handing;
    return stagedOf(this.attempt.places);
  }

  /**
   * Gives the ledger what is complete from the front, page by page: memory does not grow with the number of members.
   * Waits for the page before this one only, so that unpacking goes on while the disk works.
   */
  private handOver(attempt: Attempt): Promise<void> {
    if (readyAtFront(attempt.places) < PAGE) return Promise.resolve();
    const before = attempt.handing;
    attempt.handing = before.then(async () => {
      const ready = readyAtFront(attempt.places);
      const isOver = attempt !== this.attempt || this.closed; // then whoever ended it sees to the rest
      if (ready < PAGE || isOver) return;
      const page = stagedOf(attempt.places.slice(0, ready));
      await this.adopt(page);
      attempt.places.splice(0, ready);
      attempt.adopted += page.length;
    });
    attempt.handing.catch(() => undefined); // heard with the next page, or at the end
    return before;
  }

  private async keep(path: string, content: MemberContent, attempt: Attempt): ReturnType<Describe> {
    this.assertCurrent(attempt);
    if (content instanceof Uint8Array) this.count(content.length, content.length, attempt);
    this.folderMade ??= mkdir(this.folder, { recursive: true, mode: 0o750 });
    await this.folderMade;
    if (content instanceof Uint8Array) return this.describe(path, content);
    await this.write(path, content, attempt);
    return this.describe(path, null);
  }

  private async write(path: string, content: AsyncIterable<Uint8Array>, attempt: Attempt): Promise<void> {
    const handle = await open(path, 'wx', 0o640);
    try {
      let size = 0;
      for await (const chunk of content) {
        this.assertCurrent(attempt);
        size += chunk.length;
        this.count(chunk.length, size, attempt);
        await handle.writeFile(chunk);
      }
    } finally {
      await handle.close();
    }
  }

  /** Members that arrive after their attempt was given up belong to nobody. */
  private assertCurrent(attempt: Attempt): void {
    if (attempt === this.attempt && !this.closed) return;
    throw new ProbeError('PROBE_FAILED', 'this scan has ended or was given up', { retryable: false });
  }

  private count(more: number, size: number, attempt: Attempt): void {
    const { limits } = this.plan;
    this.tree.bytes += more;
    attempt.bytes += more;
    if (size > limits.fileBytes) throw exceeded(`a member is larger than ${limits.fileBytes} bytes`);
    if (this.tree.bytes > limits.archiveBytes) throw exceeded(`more than ${limits.archiveBytes} bytes unpacked`);
    if (attempt.bytes > RATIO_FROM_BYTES && attempt.bytes > this.parent.size * limits.archiveRatio) {
      throw exceeded(`it unpacks to more than ${limits.archiveRatio} times its size`);
    }
    if (!this.takeRoom(more)) throw exceeded(NO_ROOM);
  }
}
