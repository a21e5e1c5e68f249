import { parentPort, workerData } from 'node:worker_threads';
import { ensureIndex } from './ensure-index';
import type { IndexMessage, IndexTask } from './index-task';

/** Entry of the index thread: one list, then it ends. */
const tell = (message: IndexMessage) => parentPort?.postMessage(message);

void ensureIndex(workerData as IndexTask, (bytes, ofBytes) => tell({ kind: 'progress', bytes, ofBytes })).then(
  (answer) => tell({ kind: 'answer', answer }),
);
