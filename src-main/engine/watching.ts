import type { Logger } from 'pino';
import { backoffMs } from '../base/backoff';
import { sleep } from '../base/clock';
import { escapeHidden } from '../base/display-name';
import { DropgateError, messageOf } from '../base/errors';
import type { Settings, WatchSettings } from '../contract/settings';
import type { Plan } from '../contract/submission';
import { FolderWatcher, type SettledFile, type WatchEvent } from '../intake/watch/folder-watcher';
import type { Pipeline } from '../pipeline/pipeline';

export interface WatchStatus {
  readonly dir: string;
  readonly profile: string;
  readonly state: 'watching' | 'paused' | 'missing' | 'unreadable';
  readonly problem: string | null;
}

export interface WatchingOptions {
  readonly settings: Settings;
  readonly pipeline: Pipeline;
  readonly log: Logger;
  readonly planFor: (watch: WatchSettings) => Plan;
  readonly onEvent: (dir: string, event: WatchEvent) => void;
  /** True path of the configuration in use; null when there is none. */
  readonly configuration: Buffer | null;
}

interface Watched {
  readonly settings: WatchSettings;
  readonly watcher: FolderWatcher;
  status: WatchStatus;
}

/** Bursts of more files than this are handed on in pieces, so that one of any size fits a transaction. */
const BATCH = 256;
/** A submission that cannot be sealed now is tried again after so long. */
const SEAL = { firstMs: 1000, mostMs: 60_000 } as const;

/** The watched folders of an engine: each burst of settled files becomes one submission, durably, before it is forgotten. */
export class Watching {
  private readonly watched: Watched[];
  private readonly options: WatchingOptions;
  private readonly closing = new AbortController();
  /** Of submissions that get no more files. */
  private readonly sealing = new Set<Promise<void>>();
  private started = false;

  constructor(options: WatchingOptions) {
    this.options = options;
    this.watched = options.settings.watch.map((settings) => this.watch(settings));
  }

  async start(): Promise<void> {
    this.started = true;
    for (const { watcher } of this.watched) await watcher.start();
  }

  /** Files are taken from this folder now. */
  takesFrom(dir: string): boolean {
    return this.started && this.watched.some(({ status }) => status.dir === dir && status.state === 'watching');
  }

  status(): WatchStatus[] {
    return this.watched.map(({ status }) => status);
  }

  /** Throws NOT_FOUND for a folder that is not watched. */
  async setPaused(dir: string, paused: boolean): Promise<void> {
    const watched = this.watched.find(({ settings }) => settings.dir === dir);
    if (watched === undefined) throw new DropgateError('NOT_FOUND', `${escapeHidden(dir)} is not a watched folder`);
    if (paused) watched.watcher.pause();
    else await watched.watcher.resume();
    watched.status = { ...watched.status, state: paused ? 'paused' : 'watching', problem: null };
  }

  /** A full look at every folder now: after the machine slept, or when somebody asks. */
  async sweep(): Promise<void> {
    await Promise.all(this.watched.map(({ watcher }) => watcher.sweep()));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.watched.map(({ watcher }) => watcher.close()));
    await Promise.all(this.sealing);
  }

  private watch(settings: WatchSettings): Watched {
    const { dir, profile } = settings;
    const { pipeline } = this.options;
    const watcher = new FolderWatcher(settings, {
      known: {
        has: ({ relativePath, dev, ino, size, mtimeNs }) =>
          pipeline.ledger.taken.has(dir, relativePath, {
            dev: String(dev),
            ino: String(ino),
            size,
            mtimeNs: String(mtimeNs),
          }),
      },
      onBurst: (files) => this.submit(settings, files),
      onEvent: (event) => this.hear(dir, event),
      configuration: this.options.configuration,
    });
    const state = settings.paused ? 'paused' : 'watching';
    return { settings, watcher, status: { dir, profile, state, problem: null } };
  }

  private async submit(settings: WatchSettings, files: readonly SettledFile[]): Promise<void> {
    const { pipeline, planFor } = this.options;
    await pipeline.room?.whenOpen();
    const { id } = await pipeline.open(`watch: ${escapeHidden(settings.dir)}`, planFor(settings));
    try {
      for (let start = 0; start < files.length; start += BATCH) {
        await pipeline.receive(
          id,
          files.slice(start, start + BATCH).map(({ path, relativePath, dev, ino, size, mtimeNs }) => ({
            relativePath,
            sourcePath: path,
            skipped: null,
            refused: null,
            identity: { dev: String(dev), ino: String(ino), size, mtimeNs: String(mtimeNs) },
          })),
        );
      }
    } finally {
      // what was not received comes with another submission
      const sealed = this.seal(id).finally(() => this.sealing.delete(sealed));
      this.sealing.add(sealed);
    }
  }

  /** Tried again for as long as the ledger cannot be written; the next start seals what is left. Never rejects. */
  private async seal(id: number): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.options.pipeline.seal(id);
      } catch (error) {
        this.options.log.warn({ problem: messageOf(error) }, 'a submission of a watched folder is still open');
        const restMs = backoffMs(failures, SEAL.firstMs, SEAL.mostMs);
        if (!(await this.hasRested(restMs))) return;
      }
    }
  }

  /** False when the engine closes first. */
  private async hasRested(ms: number): Promise<boolean> {
    try {
      await sleep(ms, this.closing.signal);
      return true;
    } catch {
      return false;
    }
  }

  private hear(dir: string, event: WatchEvent): void {
    const watched = this.watched.find(({ settings }) => settings.dir === dir);
    if (watched !== undefined) {
      if (event.kind === 'missing' || event.kind === 'unreadable') {
        watched.status = { ...watched.status, state: event.kind, problem: event.problem };
      } else if (event.kind === 'returned') {
        watched.status = { ...watched.status, state: 'watching', problem: null };
      }
    }
    this.options.log.info({ folder: escapeHidden(dir), ...event }, 'watched folder');
    this.options.onEvent(dir, event);
  }
}
