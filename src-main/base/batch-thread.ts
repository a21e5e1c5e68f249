import { Worker } from 'node:worker_threads';
import { type Entry, entryPath } from './entries';
import { SinkError } from './errors';
import { Postbag } from './postbag';
import { errorOf, type ThreadFailure } from './thread-failure';
import { waitAtMost } from './wait-at-most';

/** What such a thread is sent, in arrays. */
export interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

/** What it sends back, in arrays. */
export type Answered<Answer> = { readonly id: number } & (
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly failure: ThreadFailure }
);

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Heap of the thread in MB: what it works on are buffers, outside of it. */
const HEAP = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

const CLOSE_MS = 2000;

/**
 * A worker thread for many small pieces of work, whose entry calls answerBatches. It starts with the first question and
 * keeps no process alive that owes nothing. One that dies fails what it owed with SINK_UNAVAILABLE (try again) and is
 * replaced with the next question.
 */
export class BatchThread<Question, Answer> {
  private readonly entry: Entry;
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting<Answer>>();
  private readonly outbox = new Postbag<Asked<Question>>((questions) => this.worker?.postMessage(questions));
  private nextId = 1;

  constructor(entry: Entry) {
    this.entry = entry;
  }

  ask(question: Question): Promise<Answer> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) this.thread().ref();
      this.waiting.set(id, { resolve, reject });
      this.outbox.add({ id, question });
    });
  }

  /** Ends the thread; what it owed is failed. One that hangs in the kernel is left behind after 2 s. */
  async close(): Promise<void> {
    const { worker } = this;
    if (worker === null) return;
    this.lose(worker, 'it was closed');
    worker.unref();
    await waitAtMost(CLOSE_MS, worker.terminate());
  }

  private thread(): Worker {
    if (this.worker !== null) return this.worker;
    const worker = new Worker(entryPath(this.entry), { resourceLimits: HEAP });
    this.worker = worker;
    worker.on('message', (answers: readonly Answered<Answer>[]) => this.hear(worker, answers));
    worker.on('messageerror', (error) => {
      this.lose(worker, String(error));
      void worker.terminate();
    });
    worker.on('error', (error) => this.lose(worker, String(error)));
    worker.on('exit', (code) => this.lose(worker, `exit ${code}`));
    return worker;
  }

  private hear(worker: Worker, answers: readonly Answered<Answer>[]): void {
    for (const answered of answers) {
      const waiting = this.waiting.get(answered.id);
      this.waiting.delete(answered.id);
      if (answered.ok) waiting?.resolve(answered.answer);
      else waiting?.reject(errorOf(answered.failure));
    }
    if (this.waiting.size === 0) worker.unref();
  }

  private lose(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    this.outbox.empty(); // else its successor does what was told to have failed
    const owed = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of owed) reject(new SinkError('SINK_UNAVAILABLE', `the thread ${this.entry} ended: ${why}`));
  }
}
