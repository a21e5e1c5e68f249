import { join } from 'node:path';
import { escapeHidden } from '../../base/display-name';
import { errnoOf } from '../../base/errors';
import { open, rename } from '../../base/files';
import { makeSubfolder } from '../../base/make-folder';

/** A log that is larger is put aside as `.1`, in the place of the one before. */
const MOST_BYTES = 16 * 1024 * 1024;

export interface Ending {
  readonly name: string;
  readonly uuid: string;
  readonly mime: string;
  /** ISO 8601. */
  readonly time: string;
  /** Which step failed and how; null when none did. */
  readonly failed: string | null;
}

/**
 * `dump.log` lists what was looked at, `fail.log` what could not be: one line each, tab between name, uuid, type, time
 * and cause, nothing in it that could break a line. What failed is parked there: nobody tries it again by himself.
 */
export class EndingLog {
  private readonly folder: string;
  private last: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Resolves when the line is written; rejects with what the system says. */
  async add(ending: Ending): Promise<void> {
    const { name, uuid, mime, time, failed } = ending;
    const line = [name, uuid, mime, time, ...(failed === null ? [] : [failed])].map(escapeHidden).join('\t');
    const written = this.last.then(() => this.write(failed === null ? 'dump.log' : 'fail.log', `${line}\n`));
    this.last = written.catch(() => undefined); // told to the one who added it
    await written;
  }

  private async write(name: string, line: string): Promise<void> {
    const path = join(this.folder, name);
    const file = await this.append(path);
    try {
      await file.writeFile(line);
      if ((await file.stat()).size > MOST_BYTES) await rename(path, `${path}.1`);
    } finally {
      await file.close();
    }
  }

  private async append(path: string) {
    try {
      return await open(path, 'a', 0o600);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      await makeSubfolder(this.folder, 0o700);
      return open(path, 'a', 0o600);
    }
  }
}
