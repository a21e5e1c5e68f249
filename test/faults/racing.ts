import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256Of } from '../support/ledger-view';
import type { Random } from '../support/random';

export const RACE_KINDS = ['grows', 'shrinks', 'is replaced', 'becomes a link', 'its folder becomes a link'] as const;
export type RaceKind = (typeof RACE_KINDS)[number];

/** Between two steps of a writer: enough for a file to settle, to be gathered, taken, or removed, now this and now that. */
const LONGEST_PAUSE_MS = 900;
/** Enough to tell by its beginning what a content is. */
const LEAST_BYTES = 200;
const MOST_BYTES = 512 * 1024;
const FILE = 'file.bin';

/** The places of one watched folder's races, beside each other. */
export interface RaceTrack {
  readonly watched: string;
  /** Holds what no gate may ever take. */
  readonly outside: string;
  /** Where a writer puts what it takes out of the watched folder. */
  readonly away: string;
}

/** One file in a folder of its own, and the writer that changes it while it is taken. */
export class Race {
  readonly name: string;
  readonly kind: RaceKind;
  private readonly track: RaceTrack;
  private readonly random: Random;
  private readonly path: string;
  private readonly canary: string;
  private generation = 0;
  /** The hash of the content that the writer left under its name. */
  private last = '';
  private isAway = false;
  private isOver = false;

  constructor(name: string, kind: RaceKind, track: RaceTrack, random: Random) {
    [this.name, this.kind, this.track, this.random] = [name, kind, track, random];
    this.path = join(track.watched, name, FILE);
    this.canary = join(track.outside, name, FILE);
    for (const place of [track.outside, track.watched]) mkdirSync(join(place, name), { recursive: true });
  }

  async run(): Promise<void> {
    const length = this.anyLength();
    writeFileSync(this.canary, this.canaryOf(length));
    this.replaceBy(this.contentOf(length));
    for (let steps = 1 + this.random(4); steps > 0 && !this.isOver; steps -= 1) {
      await sleep(this.random(LONGEST_PAUSE_MS));
      this.step();
    }
  }

  /** The hash of what must arrive; null when the writer took the file out of the watched folder. */
  get owed(): string | null {
    return this.isAway ? null : this.last;
  }

  /** The hash of what the writer took out and what still lies there; null when nothing does. */
  get takenOut(): string | null {
    const path = join(this.awayPath, this.kind === 'becomes a link' ? '' : FILE);
    return this.isAway && existsSync(path) ? sha256Of(path) : null;
  }

  get lastContent(): string {
    return this.last;
  }

  /** Whether this file had this content at some moment. */
  had(bytes: Buffer): boolean {
    const generation = /^race \S+ generation (\d+) /.exec(bytes.subarray(0, LEAST_BYTES).toString())?.[1];
    return generation !== undefined && this.contentOf(bytes.length, Number(generation)).equals(bytes);
  }

  /** Whether what lies outside is what was put there. */
  isCanaryAlive(): boolean {
    return existsSync(this.canary) && readFileSync(this.canary).equals(this.canaryOf(lstatSync(this.canary).size));
  }

  /** What stands under its name now is what the writer left there. */
  isSourceAlive(): boolean {
    return existsSync(this.path) && sha256Of(this.path) === this.last;
  }

  private step(): void {
    if (this.kind === 'grows') this.writeInPlace((size) => size + 1 + this.random(65_536));
    else if (this.kind === 'shrinks') this.writeInPlace((size) => Math.max(LEAST_BYTES, Math.ceil(size / 2)));
    else if (this.kind === 'becomes a link') this.swap(this.path, this.canary);
    else if (this.kind === 'its folder becomes a link') this.swap(dirname(this.path), dirname(this.canary));
    else {
      this.generation += 1;
      this.replaceBy(this.contentOf(this.anyLength()));
    }
  }

  private replaceBy(content: Buffer): void {
    const partial = `${this.path}.part`;
    writeFileSync(partial, content);
    renameSync(partial, this.path);
    this.last = createHash('sha256').update(content).digest('hex');
  }

  /** What was written counts when the file is still under its name behind it: else it was removed already. */
  private writeInPlace(newLength: (size: number) => number): void {
    this.unlessGone(() => {
      const fd = openSync(this.path, constants.O_RDWR);
      const { size, ino } = fstatSync(fd);
      const content = this.contentOf(newLength(size));
      if (content.length < size) ftruncateSync(fd, content.length);
      else writeSync(fd, content.subarray(size), 0, null, size);
      closeSync(fd);
      this.isOver = lstatSync(this.path).ino !== ino;
      if (!this.isOver) this.last = createHash('sha256').update(content).digest('hex');
    });
  }

  private swap(path: string, target: string): void {
    this.unlessGone(() => {
      if (this.isAway) rmSync(path, { force: true });
      renameSync(this.isAway ? this.awayPath : path, this.isAway ? path : this.awayPath);
      this.isAway = !this.isAway;
      if (this.isAway) symlinkSync(target, path);
    });
  }

  private get awayPath(): string {
    return join(this.track.away, this.name);
  }

  /** The gate may have removed the file already: then the race is over. */
  private unlessGone(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      this.isOver = true;
    }
  }

  private anyLength(): number {
    return LEAST_BYTES + this.random(MOST_BYTES);
  }

  /** Of any length, and each the beginning of the longer ones. */
  private contentOf(length: number, generation = this.generation): Buffer {
    return Buffer.alloc(length, `race ${this.name} generation ${generation} `);
  }

  private canaryOf(length: number): Buffer {
    return Buffer.alloc(length, `the canary of ${this.name} `);
  }
}
