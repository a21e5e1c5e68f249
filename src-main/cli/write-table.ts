import type { Progress } from '../contract/ipc-schema';
import type { ResultItem } from '../contract/result';
import type { ResultWriter } from './follow';
import { count, humanBytes, humanSeconds, paint, paintError, writeOut } from './print';

/** So many clean files are listed by name; of more only their number. */
const CLEAN_LISTED = 25;
const VERDICT_WIDTH = 11;
const SIZE_WIDTH = 9;

const STYLE: Record<NonNullable<ResultItem['verdict']>, (text: string) => string> = {
  clean: paint.green,
  suspicious: paint.yellow,
  infected: paint.red,
  unverified: paint.magenta,
  skipped: paint.dim,
  cancelled: paint.dim,
};

/** The table for people: a line a file, the sentence that decided below what is not clean, and a summary. */
export class TableWriter implements ResultWriter {
  private clean = 0;
  private folded = false;
  /** Clean files that are where they belong, with a problem all the same: their source could not be removed. */
  private sourcesLeft = 0;
  private readonly bar: ProgressLine | null;
  private readonly listAll: boolean;

  /** `listAll`: every clean file by name. `quiet`: no progress line. */
  constructor(options: { listAll: boolean; quiet: boolean }) {
    this.listAll = options.listAll;
    this.bar = !options.quiet && process.stderr.isTTY === true ? new ProgressLine() : null;
  }

  get notableOnly(): boolean {
    return this.folded;
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  async items(items: readonly ResultItem[]): Promise<void> {
    this.bar?.clear();
    for (const item of items) {
      if (item.parent !== null && item.verdict === 'clean') continue;
      if (item.disposition === 'forwarded' && item.problem !== null) this.sourcesLeft += 1;
      if (item.verdict === 'clean' && item.problem === null) {
        this.clean += 1;
        if (this.folded) continue;
        if (!this.listAll && this.clean > CLEAN_LISTED) {
          this.folded = true;
          await writeOut(`${paint.dim('... more clean files (--all lists them)')}\n`);
          continue;
        }
      }
      await writeOut(`${row(item)}\n`);
    }
  }

  progress(progress: Progress): void {
    this.bar?.show(progress);
  }

  async end({ summary, waiting, problem }: Progress): Promise<void> {
    this.bar?.clear();
    const undelivered = summary.failed - this.sourcesLeft;
    const parts = [
      `${summary.clean} clean`,
      `${summary.suspicious} suspicious`,
      `${summary.infected} infected`,
      `${summary.unverified} unverified`,
      ...(summary.skipped > 0 ? [`${summary.skipped} skipped`] : []),
      ...(summary.cancelled > 0 ? [`${summary.cancelled} cancelled`] : []),
      ...(undelivered > 0 ? [`${undelivered} not delivered`] : []),
      ...(this.sourcesLeft > 0 ? [`${this.sourcesLeft} delivered whose source could not be removed`] : []),
    ];
    await writeOut(`${parts.join(', ')} - ${humanBytes(summary.bytes)} in ${humanSeconds(summary.seconds)}\n`);
    if (waiting > 0) await writeOut(`${count(waiting, 'file')} will go on with the next start: ${problem ?? ''}\n`);
  }
}

function row(item: ResultItem): string {
  const verdict = item.verdict ?? 'waiting';
  const style = item.verdict === null ? paint.cyan : STYLE[item.verdict];
  const label = style(verdict.padEnd(VERDICT_WIDTH));
  const size = (item.size === null ? '' : humanBytes(item.size)).padStart(SIZE_WIDTH);
  const place = item.disposition === null ? '' : paint.dim(`  ${item.disposition}`);
  const line = `${label}${size}  ${item.path}${place}`;
  const reasons = new Set([item.verdict === 'clean' ? null : item.sentence, item.problem]);
  reasons.delete(null);
  return [line, ...[...reasons].map((why) => `${' '.repeat(VERDICT_WIDTH + SIZE_WIDTH + 2)}${paint.dim(why)}`)].join(
    '\n',
  );
}

/** One line on the terminal that is drawn over: files, rate, what was found, time left. */
class ProgressLine {
  private shown = false;
  private last = 0;

  show({ items, settled, summary }: Progress): void {
    if (Date.now() - this.last < 200) return;
    this.last = Date.now();
    const rate = summary.seconds > 0 ? summary.bytes / summary.seconds : 0;
    const perFile = settled > 0 ? summary.seconds / settled : 0;
    const left = settled > 0 ? ` - ${humanSeconds((items - settled) * perFile)} left` : '';
    const found = summary.infected + summary.suspicious;
    const text = `${settled.toLocaleString('en')} of ${count(items, 'file')} - ${humanBytes(rate)}/s - ${found} found${left}`;
    process.stderr.write(`\r\u001b[K${paintError.cyan(text.slice(0, (process.stderr.columns ?? 80) - 1))}`);
    this.shown = true;
  }

  clear(): void {
    if (this.shown) process.stderr.write('\r\u001b[K');
    this.shown = false;
  }
}
