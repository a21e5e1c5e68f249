import type { Logger } from 'pino';
import type { Clock } from '../base/clock';
import { type Disk, diskOf } from './disk';
import { NoRoom, Postponed } from './postponed';

/** How often disks are asked, at most. */
const LOOK_MS = 1000;
/** Intake that paused goes on when so much more is free again than it needs. */
const MARGIN_PART = 10;

export interface RoomLimits {
  /** Bytes that staged copies may take up together. */
  readonly maxBytes: number;
  /** Bytes that stay free on each disk. */
  readonly minFreeBytes: number;
}

export interface StagingRoomOptions {
  readonly limits: RoomLimits;
  /** Folders on whose disks room is kept: staging, ledger, held, quarantine. */
  readonly places: readonly string[];
  /** Bytes of all staged copies that the ledger names. */
  readonly stagedBytes: () => number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told when intake pauses (why) and when it goes on (null). */
  readonly onChange: (reason: string | null) => void;
}

/**
 * Room for staged copies. Each copy reserves its size first; when it does not fit, intake pauses until there is room
 * again, so that no disk is ever full. Only what has its bytes already goes on meanwhile.
 */
export class StagingRoom {
  private readonly options: StagingRoomOptions;
  private disks: readonly Disk[] = [];
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;
  /** Reserved since the disks were asked: they may not know of it yet. */
  private sinceLook = 0;
  /** Reserved and not yet copied. */
  private inFlight = 0;
  /** Never less than what staged copies take up; counted anew before anybody has to wait for it. */
  private used = Number.POSITIVE_INFINITY;
  private paused: { readonly reason: string; readonly wanted: number } | null = null;
  private timer: NodeJS.Timeout | null = null;
  private waiters: (() => void)[] = [];
  private stopped = false;

  constructor(options: StagingRoomOptions) {
    this.options = options;
  }

  /** Why nothing new is taken; null while everything is. */
  get reason(): string | null {
    return this.paused?.reason ?? null;
  }

  /** Resolves when something new may be taken, or the engine stops. */
  whenOpen(): Promise<void> {
    if (this.paused === null || this.stopped) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.release();
  }

  /** No copy of this size will ever fit. */
  isTooLarge(bytes: number): boolean {
    return bytes > this.options.limits.maxBytes;
  }

  /**
   * Room for a copy of so many bytes; `copied` gives it back when they are on the disk, or will not be. Rejects with
   * NoRoom when intake pauses, and with Postponed when this one alone does not fit now.
   */
  async reserve(bytes: number): Promise<{ readonly copied: () => void }> {
    this.assertOpen();
    await this.look();
    this.assertOpen(); // others may have found no room meanwhile
    const shortage = this.shortageFor(bytes);
    if (shortage !== null) {
      // waiting for others is in vain: only this file has to wait for the disk
      if (!this.fitsAlone(bytes) && !this.isNearlyFull()) throw new Postponed(shortage);
      this.pause(shortage, bytes);
      throw new NoRoom(shortage);
    }
    this.take(bytes);
    this.inFlight += bytes;
    let isCopied = false;
    return {
      copied: () => {
        if (!isCopied) this.inFlight -= bytes;
        isCopied = true;
      },
    };
  }

  /** Room for bytes that are unpacked from a copy: half of what is kept free is for them. False when there is none. */
  takeForMember(bytes: number): boolean {
    void this.look();
    if (this.disks.some(({ free, floor }) => free - this.sinceLook - bytes < floor / 2)) return false;
    this.take(bytes);
    return true;
  }

  private assertOpen(): void {
    if (this.paused !== null) throw new NoRoom(this.paused.reason);
  }

  private take(bytes: number): void {
    this.sinceLook += bytes;
    this.used += bytes;
  }

  /** Whether the disks had room for so many bytes if all copies that there are went on. */
  private fitsAlone(bytes: number): boolean {
    const more = bytes - this.othersUse();
    return this.disks.every(({ free, floor }) => free - this.sinceLook - more >= floor);
  }

  private othersUse(): number {
    return this.options.stagedBytes() + this.inFlight;
  }

  /** There is hardly room for anything. */
  private isNearlyFull(): boolean {
    return this.shortageFor(0, 1 / MARGIN_PART) !== null;
  }

  /** What is missing for so many bytes, in words; null when they fit. `margin`: how much more than that is asked for. */
  private shortageFor(bytes: number, margin = 0): string | null {
    const { maxBytes } = this.options.limits;
    const most = maxBytes * (1 - margin);
    if (this.used + bytes > most) this.used = this.othersUse();
    if (this.used + bytes > most && this.used > 0) {
      return `the private copies take up ${mib(this.used)} MiB of the ${mib(maxBytes)} MiB that staging.maxBytes allows`;
    }
    const disk = this.disks.find(({ free, floor }) => free - this.sinceLook - bytes < floor * (1 + margin));
    if (disk === undefined) return null;
    return `${mib(disk.free)} MiB are free on the disk of ${disk.place}, and ${mib(disk.floor)} MiB have to stay free`;
  }

  private pause(reason: string, wanted: number): void {
    this.paused = { reason, wanted };
    this.options.log.warn({ reason }, 'nothing new is taken: there is no room for it');
    this.options.onChange(reason);
    this.lookAgain();
  }

  private lookAgain(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.openIfRoom(), LOOK_MS);
    this.timer.unref();
  }

  private async openIfRoom(): Promise<void> {
    await this.look();
    if (this.paused === null || this.stopped) return;
    const isShort = this.shortageFor(this.paused.wanted, 1 / MARGIN_PART) !== null;
    // with nothing left that could make more room it is tried as it is, and nobody else waits for it
    if (isShort && (this.othersUse() > 0 || this.isNearlyFull())) return this.lookAgain();
    this.paused = null;
    this.options.log.info('there is room again: files are taken');
    this.options.onChange(null);
    this.release();
  }

  private release(): void {
    for (const resolve of this.waiters.splice(0)) resolve();
  }

  /** Asks the disks, unless they were asked a moment ago. Never rejects. */
  private look(): Promise<void> {
    if (this.options.clock.monotonic() - this.lookedAt < LOOK_MS) return Promise.resolve();
    this.looking ??= this.lookNow().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async lookNow(): Promise<void> {
    const before = this.sinceLook - this.inFlight;
    const { places, limits } = this.options;
    const disks = await Promise.all(places.map((place) => diskOf(place, limits.minFreeBytes)));
    this.disks = disks.flatMap((disk) => disk ?? []);
    this.sinceLook -= before;
    this.lookedAt = this.options.clock.monotonic();
  }
}

const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);
