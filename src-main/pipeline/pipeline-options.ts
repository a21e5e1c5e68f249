import type { Logger } from 'pino';
import type { Clock } from '../base/clock';
import type { DropgateError } from '../base/errors';
import type { FileType } from '../contract/item';
import type { ResultItem } from '../contract/result';
import type { Limits } from '../contract/settings';
import type { Probe } from '../probes/probe';
import type { Sink } from '../sinks/sink';
import type { KeepingPlace } from './dispose';
import type { ProbesNow } from './plan-now';
import type { StagingRoomOptions } from './staging-room';
import type { TakeBytes } from './take-item';

/** Where clean, infected and unverified files of a gate go; a scan has none of this. */
export interface Disposal {
  readonly sinks: ReadonlyMap<string, Sink>;
  readonly quarantine: KeepingPlace;
  readonly held: KeepingPlace;
}

export interface PipelineOptions {
  readonly ledgerFile: string;
  /** Told when a statement finds the ledger damaged; left out where it is thrown away: a scan. */
  readonly onLedgerDamage?: (error: DropgateError) => void;
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
  /** Room that is kept for staged copies, and on which disks; left out where it is not looked after: a scan. */
  readonly roomLimits?: Pick<StagingRoomOptions, 'limits' | 'places'>;
  /** Told when nothing new is taken for want of room (why), and when it is again (null). */
  readonly onIntake?: (reason: string | null) => void;
  readonly clock: Clock;
  readonly log: Logger;
  readonly window: number;
  readonly program: string;
  /** Told about every item that ended. */
  readonly onSettled?: (submission: string, item: ResultItem) => void;
}

/** Limits of the default profile, which every configuration has. */
export function defaultLimits(options: PipelineOptions): Limits {
  const limits = options.limitsOf('default');
  if (limits === null) throw new Error(`the default profile is missing`);
  return limits;
}
