import { parentPort } from 'node:worker_threads';
import { stageBytes } from './stage-bytes';
import { stageFile } from './stage-file';
import type { StageNews, StageReply, StageRequest } from './stage-protocol';

/** Entry of the intake thread: takes files in order, answers in batches of what a few milliseconds hold. */
const ANSWER_EVERY_MS = 4;

async function takeAll(requests: readonly StageRequest[]): Promise<void> {
  let replies: StageReply[] = [];
  let last = performance.now();
  const flush = () => {
    if (replies.length > 0) tell(replies);
    replies = [];
    last = performance.now();
  };
  const tellLarge = () => {
    flush();
    tell('large');
  };
  for (const request of requests) {
    const { id, content } = request;
    const answer = await (content === undefined ? stageFile(request, tellLarge) : stageBytes(request, content));
    replies.push({ id, answer });
    if (performance.now() - last >= ANSWER_EVERY_MS) flush();
  }
  flush();
}

function tell(news: StageNews): void {
  parentPort?.postMessage(news);
}

let queue = Promise.resolve();
parentPort?.on('message', (requests: readonly StageRequest[]) => {
  queue = queue.then(() => takeAll(requests));
});
