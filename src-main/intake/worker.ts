import { parentPort } from 'node:worker_threads';
import { stageBytes } from './stage-bytes';
import { stageFile } from './stage-file';
import type { StageAnswer, StageNews, StageReply, StageRequest } from './stage-protocol';

/**
 * Entry of the intake thread: reads files in order, makes many copies durable at once, answers in batches of what a few
 * milliseconds hold.
 */
const ANSWER_EVERY_MS = 4;

/** Answers that are told together. */
class Answers {
  private replies: StageReply[] = [];
  /** Since when the oldest of them, or the work on it, keeps somebody waiting. */
  private waitedSince = performance.now();

  /** Work begins on what came together. */
  begin(): void {
    if (this.replies.length === 0) this.waitedSince = performance.now();
  }

  /** Told when the thread has nothing else to do, or when somebody waited a few milliseconds. */
  add(id: number, answer: StageAnswer): void {
    this.replies.push({ id, answer });
    if (performance.now() - this.waitedSince >= ANSWER_EVERY_MS) this.flush();
    else if (this.replies.length === 1) setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.replies.length > 0) tell(this.replies);
    this.replies = [];
    this.waitedSince = performance.now();
  }
}

const answers = new Answers();

function tellLarge(): void {
  answers.flush();
  tell('large');
}

function tell(news: StageNews): void {
  parentPort?.postMessage(news);
}

/** Resolves as soon as the next file can be read. */
function take(request: StageRequest): Promise<void> {
  const { id, content } = request;
  return new Promise((resolve) => {
    const listener = { onLarge: tellLarge, onSyncing: resolve };
    const work = content === undefined ? stageFile(request, listener) : stageBytes(request, content);
    void work.then((answer) => {
      answers.add(id, answer);
      resolve();
    });
  });
}

async function takeAll(requests: readonly StageRequest[]): Promise<void> {
  answers.begin();
  for (const request of requests) await take(request);
}

let queue = Promise.resolve();
parentPort?.on('message', (requests: readonly StageRequest[]) => {
  queue = queue.then(() => takeAll(requests));
});
