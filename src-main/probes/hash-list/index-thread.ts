import { Worker } from 'node:worker_threads';
import { entryPath } from '../../base/entries';
import { messageOf } from '../../base/errors';
import { type IndexAnswer, type IndexTask, indexMessageSchema } from './index-task';

/** Runs index tasks, one thread each, so that long lists never hold up the engine. */
export class IndexThreads {
  private readonly running = new Set<Worker>();
  private closed = false;

  /** Never rejects: a thread that dies without an answer is `failed`. */
  run(task: IndexTask, onProgress: (bytes: number, ofBytes: number) => void): Promise<IndexAnswer> {
    if (this.closed) return Promise.resolve({ kind: 'failed', message: 'the probe was closed' });
    const worker = new Worker(entryPath('hash-index-worker'), { workerData: task });
    this.running.add(worker);
    let answer: IndexAnswer = { kind: 'failed', message: 'the index thread ended without an answer' };
    return new Promise((resolve) => {
      worker.on('message', (message: unknown) => {
        const parsed = indexMessageSchema.safeParse(message);
        if (!parsed.success) answer = { kind: 'failed', message: 'the index thread said something unknown' };
        else if (parsed.data.kind === 'progress') onProgress(parsed.data.bytes, parsed.data.ofBytes);
        else answer = parsed.data.answer;
      });
      worker.on('error', (error) => {
        answer = { kind: 'failed', message: `the index thread failed: ${messageOf(error)}` };
      });
      // 'exit' comes last, so the thread's files are closed when the answer is told
      worker.on('exit', () => {
        this.running.delete(worker);
        resolve(answer);
      });
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.running].map((worker) => worker.terminate()));
  }
}
