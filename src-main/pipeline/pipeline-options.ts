import type { Logger } from 'pino';
import type { Clock } from '../base/clock';
import type { FileType } from '../contract/item';
import type { ResultItem } from '../contract/result';
import type { Limits } from '../contract/settings';
import type { Probe } from '../probes/probe';
import type { Sink } from '../sinks/sink';
import type { KeepingPlace } from './dispose';
import type { ProbesNow } from './plan-now';
import type { TakeBytes } from './take-item';

/** Where clean, infected and unverified files of a gate go; a scan has none of this. */
export interface Disposal {
  readonly sinks: ReadonlyMap<string, Sink>;
  readonly quarantine: KeepingPlace;
  readonly held: KeepingPlace;
}

export interface PipelineOptions {
  readonly ledgerFile: string;
  readonly stagingDir: string;
  readonly probes: readonly Probe[];
  readonly take: TakeBytes;
  readonly detectType: (bytes: Uint8Array) => Promise<FileType>;
  readonly disposal: Disposal | null;
  readonly limitsOf: (profile: string) => Limits | null;
  /** Left out where nothing waits for a later configuration: a scan. */
  readonly probesNow?: ProbesNow;
  /** Whether files are taken from a watched folder now; left out where none is watched. */
  readonly takesFrom?: (watchFolder: string) => boolean;
  readonly clock: Clock;
  readonly log: Logger;
  readonly window: number;
  readonly program: string;
  /** Told about every item that ended. */
  readonly onSettled?: (submission: string, item: ResultItem) => void;
}
