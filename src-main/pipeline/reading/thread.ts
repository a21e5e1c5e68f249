import { parentPort, workerData } from 'node:worker_threads';
import { toDropgateError } from '../../base/errors';
import { openForReading } from '../../store/reading';
import { Answers } from './answers';
import type { DamageMet, ReadingAnswer, ReadingQuestion } from './protocol';

/** Entry of the reading thread: answers one question after the other; `workerData` is the ledger's path. */
const tell = (message: ReadingAnswer | DamageMet) => parentPort?.postMessage(message);
const tables = openForReading(String(workerData), ({ message }) => tell({ damaged: message }));
const answers = new Answers(tables);
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
  last = last.then(async () => tell(await answer(question)));
});
