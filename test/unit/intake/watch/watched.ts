import { onTestFinished } from 'vitest';
import type { WatchSettings } from '../../../../src-main/contract/settings';
import { watchSchema } from '../../../../src-main/contract/settings';
import {
  FolderWatcher,
  type KnownIdentity,
  type SettledFile,
  type WatchEvent,
} from '../../../../src-main/intake/watch/folder-watcher';
import type { WatchTiming } from '../../../../src-main/intake/watch/timing';

/** Events only: the next sweep is further away than any test lasts. */
export const EVENTS_ONLY: Partial<WatchTiming> = { sweepMs: 3_600_000, quietMs: 100, rootMs: 100 };
/** Quick sweeps besides the events, as in life but faster. */
export const QUICK: Partial<WatchTiming> = { sweepMs: 1000, pollMs: 200, quietMs: 100, rootMs: 100 };

/** The memory of what was taken, outliving a watcher as the ledger does. */
export class Memory {
  private readonly seen = new Set<string>();

  has(identity: KnownIdentity): boolean {
    return this.seen.has(this.key(identity));
  }

  remember(identity: KnownIdentity): void {
    this.seen.add(this.key(identity));
  }

  private key({ relativePath, dev, ino, size, mtimeNs }: KnownIdentity): string {
    return [relativePath.toString('latin1'), dev, ino, size, mtimeNs].join('|');
  }
}

export interface Watched {
  readonly watcher: FolderWatcher;
  readonly memory: Memory;
  readonly bursts: SettledFile[][];
  readonly events: WatchEvent[];
  /** Relative paths of everything taken, sorted; invalid UTF-8 as latin1 would be lossy, so bytes as latin1. */
  names(): string[];
}

export interface WatchedOptions {
  readonly settings?: Partial<WatchSettings>;
  readonly timing?: Partial<WatchTiming>;
  readonly memory?: Memory;
  /** Runs before a burst counts as taken; what it throws rejects the burst. */
  readonly before?: (files: SettledFile[]) => Promise<void>;
}

/** A watcher on a real folder, closed at the end of the test. Not started yet. */
export function watched(dir: string, options: WatchedOptions = {}): Watched {
  const settings = { ...watchSchema.parse({ dir, settleMs: 150 }), ...options.settings };
  const memory = options.memory ?? new Memory();
  const bursts: SettledFile[][] = [];
  const events: WatchEvent[] = [];
  const watcher = new FolderWatcher(settings, {
    known: memory,
    onBurst: async (files) => {
      await options.before?.(files);
      for (const file of files) memory.remember(file);
      bursts.push(files);
    },
    onEvent: (event) => events.push(event),
    timing: options.timing ?? QUICK,
  });
  onTestFinished(() => watcher.close());
  const names = () =>
    bursts.flatMap((files) => files.map(({ relativePath }) => relativePath.toString('latin1'))).sort();
  return { watcher, memory, bursts, events, names };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `condition` holds; the test's own time limit ends the waiting. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20);
}

/** Several sweeps and settle times: what must not come would have come by now. */
export async function afterSweeps({ watcher }: Watched): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await watcher.sweep();
    await pause(350);
  }
}
