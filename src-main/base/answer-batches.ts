import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from './batch-thread';
import { Postbag } from './postbag';
import { failureOf } from './thread-failure';

/** Makes this thread the other side of a BatchThread: each question is answered once, in whatever order they end. */
export function answerBatches<Question, Answer>(work: (question: Question) => Promise<Answer>): void {
  const replies = new Postbag<Answered<Answer>>((answers) => parentPort?.postMessage(answers));
  const answer = async ({ id, question }: Asked<Question>): Promise<Answered<Answer>> => {
    try {
      return { id, ok: true, answer: await work(question) };
    } catch (error) {
      return { id, ok: false, failure: failureOf(error) };
    }
  };
  parentPort?.on('message', (questions: readonly Asked<Question>[]) => {
    for (const asked of questions) void answer(asked).then((reply) => replies.add(reply));
  });
}
