import type { Progress } from '../contract/ipc-schema';
import { RESULT_SCHEMA, type ResultItem } from '../contract/result';
import type { ResultWriter } from './follow';
import { writeOut } from './print';

/** `--json`: one document, written as the items come; `summary` stands behind `items` because it is known last. */
export class JsonWriter implements ResultWriter {
  readonly notableOnly = false;
  private first = true;

  async begin(submission: string): Promise<void> {
    await writeOut(`{"schema":${JSON.stringify(RESULT_SCHEMA)},"submission":${JSON.stringify(submission)},"items":[`);
  }

  async items(items: readonly ResultItem[]): Promise<void> {
    for (const item of items) {
      await writeOut(`${this.first ? '\n' : ',\n'}${JSON.stringify(item)}`);
      this.first = false;
    }
  }

  progress(): void {}

  async end(progress: Progress): Promise<void> {
    await writeOut(`\n],"summary":${JSON.stringify(progress.summary)}}\n`);
  }
}

/** `--ndjson`: an event a line: `submission`, `item`..., `summary`. */
export class NdjsonWriter implements ResultWriter {
  readonly notableOnly = false;

  async begin(submission: string): Promise<void> {
    await this.line({ event: 'submission', schema: RESULT_SCHEMA, submission });
  }

  async items(items: readonly ResultItem[]): Promise<void> {
    for (const item of items) await this.line({ event: 'item', item });
  }

  progress(): void {}

  async end(progress: Progress): Promise<void> {
    await this.line({ event: 'summary', submission: progress.submission, summary: progress.summary });
  }

  private async line(event: object): Promise<void> {
    await writeOut(`${JSON.stringify(event)}\n`);
  }
}
