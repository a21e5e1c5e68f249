import { type Clock, sleep } from '../../base/clock';
import type { Bursts } from './bursts';
import type { IgnoreMatcher } from './ignore';
import type { Look } from './look-queue';
import type { Refusals } from './refusals';
import type { KnownFiles, SettledFile } from './settled-file';
import type { Settling } from './settling';
import { foldersAbove, isInsideRealFolders, type Sighting, sight, sightings } from './sighting';

/** Files that settle or are in hand at once; looking waits when there are more. Bounds the memory of a watched folder. */
const MOST_WAITING = 20_000;
const ROOM_CHECK_MS = 50;
const WHOLE = Buffer.alloc(0);

export interface LookerOptions {
  readonly recursive: boolean;
  readonly known: KnownFiles;
  readonly ignore: IgnoreMatcher;
  /** True path of the file that is never taken; see FolderWatcherOptions. */
  readonly configuration: Buffer | null;
  readonly settling: Settling;
  readonly bursts: Bursts;
  readonly refusals: Refusals;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** A folder is about to be read; see SweepOptions. */
  readonly onFolder: (relativePath: Buffer, inode: string | null) => void;
  /** A file began to settle. */
  readonly onFile: () => void;
}

/** Looks at the watched folder and lets every file settle that is new: not known, not settling, not in hand. */
export class Looker {
  private readonly options: LookerOptions;
  /** Monotonic ms spent waiting for room so far: no work. */
  waitedMs = 0;

  constructor(options: LookerOptions) {
    this.options = options;
  }

  /** Resolves when everything was looked at and has found room to settle, or the signal aborted. */
  async look(root: Buffer, look: Look): Promise<void> {
    if (look.kind === 'all') await this.lookAtAll(root);
    else if (look.kind === 'folder') await this.lookBelow(root, look.relativePath);
    else for (const path of look.paths) await this.lookAt(root, path);
  }

  private async lookAtAll(root: Buffer): Promise<void> {
    const { refusals, signal } = this.options;
    refusals.sweepBegins();
    await this.lookInto(root, WHOLE);
    if (!signal.aborted) refusals.sweepEnds();
  }

  private async lookInto(root: Buffer, folder: Buffer): Promise<void> {
    for await (const sighting of sightings(root, folder, this.options)) await this.handle(sighting);
  }

  private async lookBelow(root: Buffer, folder: Buffer): Promise<void> {
    if (folder.length === 0) return this.lookInto(root, WHOLE);
    const reachable = this.options.recursive && !this.isIgnored(folder) && (await isInsideRealFolders(root, folder));
    if (reachable) await this.lookInto(root, folder);
  }

  private async lookAt(root: Buffer, path: Buffer): Promise<void> {
    const { recursive, signal } = this.options;
    if (signal.aborted || this.isIgnored(path) || (!recursive && path.includes(0x2f))) return;
    if (!(await isInsideRealFolders(root, path))) return;
    const sighting = await sight(root, path);
    if (sighting.kind !== 'folder') await this.handle(sighting);
    else if (recursive) await this.lookInto(root, path);
  }

  private isIgnored(path: Buffer): boolean {
    return this.options.ignore(path) || foldersAbove(path).some((folder) => this.options.ignore(folder));
  }

  private async handle(sighting: Sighting): Promise<void> {
    const { configuration, refusals } = this.options;
    if (sighting.kind === 'refused') refusals.see(sighting.relativePath, sighting.problem);
    else if (sighting.kind === 'file' && configuration?.equals(sighting.file.path) === true)
      refusals.see(sighting.file.relativePath, 'it is the configuration that Dropgate runs with: it is never taken');
    else if (sighting.kind === 'file') await this.offer(sighting.file);
  }

  private async offer(file: SettledFile): Promise<void> {
    const { settling, bursts, known, clock, signal } = this.options;
    if (settling.has(file) || bursts.holds(file)) return;
    const isKnown = known.has(file);
    if (typeof isKnown === 'boolean' ? isKnown : await isKnown) return;
    const began = clock.monotonic();
    while (settling.size + bursts.size >= MOST_WAITING && !signal.aborted) await sleep(ROOM_CHECK_MS);
    this.waitedMs += clock.monotonic() - began;
    if (signal.aborted) return;
    settling.see(file, clock.monotonic());
    this.options.onFile();
  }
}
