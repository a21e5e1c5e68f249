import { parentPort, workerData } from 'node:worker_threads';
import { toDropgateError } from '../../base/errors';
import { openForReading } from '../../store/reading';
import { Answers } from './answers';
import type { ReadingAnswer, ReadingQuestion } from './protocol';

/** Entry of the reading thread: answers one question after the other; `workerData` is the ledger's path. */
const answers = new Answers(openForReading(String(workerData)));
let last: Promise<void> = Promise.resolve();

async function answer(question: ReadingQuestion): Promise<ReadingAnswer> {
  const { id } = question;
  try {
    return { id, ok: true, result: await answers.to(question) };
  } catch (thrown) {
    const { code, message } = toDropgateError(thrown);
    return { id, ok: false, code, message };
  }
}

parentPort?.on('message', (question: ReadingQuestion) => {
  last = last.then(async () => parentPort?.postMessage(await answer(question)));
});
