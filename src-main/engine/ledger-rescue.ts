import { basename, join } from 'node:path';
import type { Logger } from 'pino';
import { syncFolder } from '../base/atomic-file';
import { systemClock } from '../base/clock';
import { DropgateError, messageOf } from '../base/errors';
import { copyFile, existsSync, mkdir, open, readFileSync, rename, rm, statSync, writeFileSync } from '../base/files';
import { type Backup, backupsIn } from '../store/backup';
import { problemOf } from '../store/damage';
import { Ledger } from '../store/ledger';
import { unreadableRow } from '../store/unreadable-row';
import type { DataFolder } from './data-folder';
import { type Restoration, rememberRestoration } from './restoration';

/** What could not be read: SQLite's pages, or what stands in a row, which no look at pages finds. */
export type Damage = 'page' | 'row';

/**
 * What becomes of a ledger that is damaged: it is moved aside, never removed, and the newest sound backup takes its
 * place. The data folder must be locked, and nobody may have the ledger open while it is looked at or replaced.
 */
export class LedgerRescue {
  private readonly folder: DataFolder;
  private readonly log: Logger;
  /** Stays until somebody has dealt with the damage. */
  private readonly mark: string;
  /** There while an engine has the ledger open. */
  private readonly openMark: string;

  /** The last engine died with the ledger open, which is when files are damaged: somebody should look at all of it soon. */
  isDoubtful = false;

  constructor(folder: DataFolder, log: Logger) {
    this.folder = folder;
    this.log = log;
    this.mark = `${folder.ledger}-damaged`;
    this.openMark = `${folder.ledger}-open`;
  }

  /** Damage was met: the next start looks at the whole ledger, or replaces it where a row could not be read. */
  noteDamage(damage: Damage): void {
    if (!existsSync(this.mark)) writeFileSync(this.mark, damage);
  }

  /** The engine has the ledger open from now on. */
  noteOpen(): void {
    writeFileSync(this.openMark, '');
  }

  /** It is about to be closed as it should be: nothing of it will be anywhere else than in its file. */
  async noteClosed(): Promise<void> {
    try {
      await rm(this.openMark, { force: true });
    } catch (error) {
      this.log.warn({ problem: messageOf(error) }, 'the ledger stays marked as open'); // everything else is to be closed
    }
  }

  /**
   * Looks for signs of damage before the ledger is opened, and restores it. Cheap where there are none. Throws
   * LEDGER_CORRUPT, with the next step, where there is no sound backup.
   */
  async beforeOpening(): Promise<void> {
    const { ledger, backups } = this.folder;
    const size = statSync(ledger, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) {
      if ((await backupsIn(backups)).length > 0) await this.restore('it is gone');
      return;
    }
    if (existsSync(this.mark)) return this.lookAgain(readFileSync(this.mark, 'utf8'));
    if (!existsSync(this.openMark)) return;
    if (existsSync(`${ledger}-wal`)) this.isDoubtful = true;
    else await this.afterLostChanges();
  }

  /**
   * Puts the newest sound backup in the ledger's place, with a word about that in its custody log. Done again from the
   * beginning after a crash in the middle. Throws LEDGER_CORRUPT, with the next step, where there is no sound backup.
   */
  async restore(why: string): Promise<void> {
    const { ledger, root } = this.folder;
    const restoring = join(root, 'ledger-restoring.db');
    const backup = await this.copySoundBackup(restoring);
    if (backup === null) {
      throw new DropgateError(
        'LEDGER_CORRUPT',
        `the ledger ${ledger} is damaged (${why}), and there is no sound backup of it. To begin with an empty one, move it out of its folder and start again: what is held or quarantined stays where it is, and what is staged is scanned again.`,
      );
    }
    const aside = existsSync(ledger) ? join(root, `damaged-ledger-${stamp(systemClock.now())}`) : null;
    await noteRestoration(restoring, { why, backupAt: backup.madeAt, aside });
    await sync(restoring);
    if (aside !== null) await this.moveAside(aside);
    await rename(restoring, ledger);
    await syncFolder(root);
    await this.forgetMarks();
    const made = new Date(backup.madeAt).toISOString();
    this.log.error({ why, aside, backup: made }, 'the ledger was damaged: its newest sound backup took its place');
  }

  private async lookAgain(damage: string): Promise<void> {
    this.log.warn('the ledger is looked at in all its pages, because damage was met');
    const problem = damage === 'row' ? 'a row cannot be read' : problemOf(this.folder.ledger);
    if (problem !== null) return this.restore(problem);
    await this.forgetMarks();
    this.log.warn('the ledger is sound: the damage was not in its file');
  }

  /** An engine died, and what it had not yet brought into the file has been removed since. */
  private async afterLostChanges(): Promise<void> {
    const { ledger } = this.folder;
    const problem = problemOf(ledger);
    if (problem !== null) return this.restore(problem);
    const why = `its newest changes are lost: ${basename(ledger)}-wal is gone`;
    await noteRestoration(ledger, { why, backupAt: null, aside: null });
    await this.forgetMarks();
    this.log.error({ why }, 'the ledger is older than it was');
  }

  /** The newest backup whose pages and rows can all be read, or nothing at all; the backups themselves are left alone. */
  private async copySoundBackup(copy: string): Promise<Backup | null> {
    for (const backup of await backupsIn(this.folder.backups)) {
      await removeDatabase(copy);
      let problem = problemOf(backup.path);
      if (problem === null) {
        await copyFile(backup.path, copy);
        problem = unreadableRow(copy);
      }
      if (problem === null) return backup;
      this.log.error({ backup: backup.path, problem }, 'a backup of the ledger is damaged too');
    }
    await removeDatabase(copy);
    return null;
  }

  private async moveAside(aside: string): Promise<void> {
    const { ledger } = this.folder;
    await mkdir(aside, { mode: 0o700 });
    // its file last: while that is there, this begins anew after a crash
    for (const suffix of ['-wal', '-shm', '']) {
      const path = `${ledger}${suffix}`;
      if (existsSync(path)) await rename(path, join(aside, basename(path)));
    }
    await syncFolder(aside);
  }

  private async forgetMarks(): Promise<void> {
    for (const mark of [this.mark, this.openMark]) await rm(mark, { force: true });
  }
}

async function noteRestoration(path: string, facts: Pick<Restoration, 'why' | 'backupAt' | 'aside'>): Promise<void> {
  const ledger = new Ledger(path);
  try {
    const at = systemClock.now();
    await ledger.commit(() => {
      const { seq: through } = ledger.custody.head();
      ledger.custody.append(at, null, 'ledger-restored', { ...facts, through });
      rememberRestoration(ledger, { ...facts, at, recovered: null, unnamed: null });
    });
  } finally {
    ledger.close();
  }
}

async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A time as a name of a folder. */
function stamp(at: number): string {
  return new Date(at).toISOString().replaceAll(/[:.]/g, '-');
}
