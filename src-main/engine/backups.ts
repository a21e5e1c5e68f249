import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import type { Clock } from '../base/clock';
import { entryPath } from '../base/entries';
import { DropgateError, errnoOf } from '../base/errors';
import { stat } from '../base/files';
import { DAY_MS, HOUR_MS } from '../contract/durations';
import { diskOf } from '../pipeline/disk';
import { backupsIn, DAMAGED_EXIT, removeHalfMade } from '../store/backup';
import type { Ledger } from '../store/ledger';
import type { DataFolder } from './data-folder';

/** So many changes are some 10,000 files: more than one would like to see scanned again. */
const MUCH_CHANGE = 50_000;

export interface BackupsParts {
  readonly ledger: Ledger;
  readonly folder: Pick<DataFolder, 'ledger' | 'backups'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Bytes that stay free on their disk. */
  readonly minFreeBytes: number;
  /** The first one is made at once, because making it finds whatever damage there is. Without room only damage is looked for. */
  readonly isDoubtful: boolean;
  /** The ledger turned out to be damaged while it was copied or looked at. */
  readonly onDamage: (error: DropgateError) => void;
}

/**
 * Keeps two backups of the ledger: a new one each day in which anything changed, each hour in which much did, and the
 * first one as soon as there is anything to keep, or the engine before died. Made by a process of its own, beside all work.
 */
export class Backups {
  private readonly parts: BackupsParts;
  /** What the newest backup has; null until it is known that there is one. */
  private through: { readonly at: number; readonly changes: number } | null = null;
  /** After one that failed or had no room, when the next may be tried: each writes as much as the ledger has. */
  private restUntil = Number.NEGATIVE_INFINITY;
  private isDoubtful: boolean;

  constructor(parts: BackupsParts) {
    this.parts = parts;
    this.isDoubtful = parts.isDoubtful;
  }

  /** Makes a backup when one is due. Rejects when it could not be made; an abort ends it early. */
  async runIfDue(signal: AbortSignal): Promise<void> {
    const { ledger, folder, clock, log } = this.parts;
    if (!(await this.isDue())) return;
    const { changes } = ledger;
    const started = clock.monotonic();
    this.restUntil = started + HOUR_MS;
    await removeHalfMade(folder.backups); // else it counts as used room, and stays for ever where there is little
    const shortage = await this.shortage();
    if (shortage !== null) {
      if (this.isDoubtful && (await this.run([folder.ledger], signal))) this.isDoubtful = false;
      throw shortage;
    }
    if (!(await this.run([folder.ledger, folder.backups], signal))) return;
    this.restUntil = Number.NEGATIVE_INFINITY;
    this.through = { at: clock.now(), changes };
    log.info({ folder: folder.backups, ms: Math.round(clock.monotonic() - started) }, 'the ledger was backed up');
  }

  private async isDue(): Promise<boolean> {
    const { ledger, folder, clock } = this.parts;
    if (clock.monotonic() < this.restUntil) return false;
    if (this.through === null) {
      if (this.isDoubtful) return ledger.submissions.any();
      const [newest] = await backupsIn(folder.backups);
      if (newest === undefined) return ledger.submissions.any();
      this.through = { at: newest.madeAt, changes: 0 };
    }
    const changes = ledger.changes - this.through.changes;
    const age = clock.now() - this.through.at;
    // one from the future was made by a clock that has been set back since
    return changes > 0 && (age >= DAY_MS || age < -HOUR_MS || (age >= HOUR_MS && changes >= MUCH_CHANGE));
  }

  /** A backup is never what makes a disk full: why there is no room for one; null when there is. */
  private async shortage(): Promise<DropgateError | null> {
    const { ledger } = this.parts.folder;
    const bytes = (await bytesOf(ledger)) + (await bytesOf(`${ledger}-wal`));
    const disk = await diskOf(dirname(ledger), this.parts.minFreeBytes);
    if (disk === null || disk.free - bytes >= disk.floor) return null;
    return new DropgateError(
      'LEDGER_FAILED',
      `there is no room for it: ${mib(bytes)} MiB are needed and ${mib(disk.floor)} MiB have to stay free on the disk of ${disk.place}, where ${mib(disk.free)} MiB are free`,
    );
  }

  /** Resolves with whether it was done: not after an abort, nor of a ledger that is damaged, which is told. */
  private run(paths: readonly string[], signal: AbortSignal): Promise<boolean> {
    const program = [entryPath('ledger-backup'), ...paths];
    const options = { signal, killSignal: 'SIGKILL', env: {}, encoding: 'utf8' } as const;
    return new Promise((resolve, reject) => {
      execFile(process.execPath, program, options, (error, _stdout, stderr) => {
        if (error === null || signal.aborted) return resolve(!signal.aborted);
        if (error.code !== DAMAGED_EXIT) return reject(new DropgateError('LEDGER_FAILED', stderr || error.message));
        this.parts.onDamage(new DropgateError('LEDGER_CORRUPT', stderr));
        return resolve(false);
      });
    });
  }
}

const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);

/** 0 for a file that is not there. */
async function bytesOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
