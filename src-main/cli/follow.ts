import { sleep } from '../base/clock';
import type { EngineClient } from '../base/engine-client';
import type { Progress } from '../contract/ipc-schema';
import type { ResultItem } from '../contract/result';
import { exitCodeOf } from './exit-codes';

const PAGE = 200;
/** How often progress is asked for: the first time soon, for the one small file, then at a person's pace. */
const FIRST_POLL_MS = 10;
const POLL_MS = 100;

/** Receives a submission's results as they come. */
export interface ResultWriter {
  begin(submission: string): Promise<void>;
  /** True: from now on only what is not simply clean is wanted. */
  readonly notableOnly: boolean;
  items(items: readonly ResultItem[]): Promise<void>;
  progress(progress: Progress): void;
  end(progress: Progress): Promise<void>;
}

/**
 * Follows a submission to its end and hands every item to the writer once, page by page: memory stays bounded
 * whatever the number of files. SIGINT cancels what is undecided; the end is then the cancelled one. Resolves with the
 * exit code.
 */
export async function follow(client: EngineClient, submission: string, writer: ResultWriter): Promise<number> {
  let interrupted = false;
  let failed: { readonly error: unknown } | null = null;
  const onInterrupt = () => {
    if (interrupted) process.exit(2);
    interrupted = true;
    client.call('cancel', { submission }).catch((error: unknown) => {
      failed = { error };
    });
  };
  const goesOn = () => {
    if (failed !== null) throw failed.error;
  };
  process.on('SIGINT', onInterrupt);
  try {
    await writer.begin(submission);
    const cursor = { after: 0 };
    for (let wait = FIRST_POLL_MS; ; wait = Math.min(POLL_MS, wait * 2)) {
      const progress = await client.call('progress', { submission });
      writer.progress(progress);
      await drain(client, submission, cursor, writer);
      goesOn();
      if (progress.ended) break;
      await sleep(wait);
    }
    await drain(client, submission, cursor, writer);
    await writeWaiting(client, submission, writer);
    const last = await client.call('progress', { submission });
    await writer.end(last);
    return exitCodeOf(last.summary, interrupted);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

async function drain(
  client: EngineClient,
  submission: string,
  cursor: { after: number },
  writer: ResultWriter,
): Promise<void> {
  for (;;) {
    const notable = writer.notableOnly;
    const page = await client.call('results', { submission, after: cursor.after, limit: PAGE, notable });
    cursor.after = page.next;
    if (page.items.length === 0) return;
    await writer.items(page.items);
  }
}

/** What waits for something outside when everything else has ended. */
async function writeWaiting(client: EngineClient, submission: string, writer: ResultWriter): Promise<void> {
  for (let after = 0; ; ) {
    const page = await client.call('waiting', { submission, after, limit: PAGE });
    if (page.items.length === 0) return;
    after = page.next;
    await writer.items(page.items);
  }
}
