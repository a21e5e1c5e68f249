import { parentPort } from 'node:worker_threads';
import { stageBytes } from './stage-bytes';
import { stageFile } from './stage-file';
import type { StageAnswer, StageNews, StageReply, StageRequest } from './stage-protocol';

/**
 * Entry of the intake thread: reads files in order, makes many copies durable at once, answers in batches of what a few
 * milliseconds hold.
 */
const ANSWER_EVERY_MS = 4;

let replies: StageReply[] = [];
/** Since when the oldest unsent reply, or the work on it, keeps somebody waiting. */
let repliedAt = performance.now();
let flushing = false;

function flush(): void {
  flushing = false;
  if (replies.length > 0) tell(replies);
  replies = [];
  repliedAt = performance.now();
}

function reply(id: number, answer: StageAnswer): void {
  replies.push({ id, answer });
  if (performance.now() - repliedAt >= ANSWER_EVERY_MS) flush();
  else if (!flushing) setImmediate(flush);
  flushing = replies.length > 0;
}

function tellLarge(): void {
  flush();
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
      reply(id, answer);
      resolve();
    });
  });
}

async function takeAll(requests: readonly StageRequest[]): Promise<void> {
  if (replies.length === 0) repliedAt = performance.now();
  for (const request of requests) await take(request);
}

let queue = Promise.resolve();
parentPort?.on('message', (requests: readonly StageRequest[]) => {
  queue = queue.then(() => takeAll(requests));
});
