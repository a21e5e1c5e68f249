import { isSame, pathKey, type SettledFile } from './settled-file';

interface Record {
  readonly file: SettledFile;
  /** Monotonic ms of the first look that saw it as it is now. */
  readonly since: number;
}

/** Files that were seen and must stay as they are for `settleMs` before they are taken. One record a path. */
export class Settling {
  /** In the order of `since`: a file that changed goes to the end. */
  private readonly records = new Map<string, Record>();
  private readonly settleMs: number;

  constructor(settleMs: number) {
    this.settleMs = settleMs;
  }

  get size(): number {
    return this.records.size;
  }

  has(file: SettledFile): boolean {
    const record = this.records.get(pathKey(file.relativePath));
    return record !== undefined && isSame(record.file, file);
  }

  /** One look at a file: new or changed, its time begins; unchanged, its time goes on. */
  see(file: SettledFile, now: number): void {
    if (!this.has(file)) this.restart(file, now);
  }

  /** Its time begins again, changed or not. */
  restart(file: SettledFile, now: number): void {
    const key = pathKey(file.relativePath);
    this.records.delete(key);
    this.records.set(key, { file, since: now });
  }

  /** Removes and returns at most `most` files that were still long enough. */
  takeDue(now: number, most: number): SettledFile[] {
    const due: SettledFile[] = [];
    for (const [key, { file, since }] of this.records) {
      if (due.length >= most || now - since < this.settleMs) break;
      due.push(file);
      this.records.delete(key);
    }
    return due;
  }

  /** Ms until the next file is due, 0 or less when one is; null when none waits. */
  nextDueIn(now: number): number | null {
    for (const { since } of this.records.values()) return since + this.settleMs - now;
    return null;
  }
}
