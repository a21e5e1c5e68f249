import { Worker } from 'node:worker_threads';
import { entryPath } from '../../base/entries';
import { DropgateError } from '../../base/errors';
import type { DamageMet, ReadingAnswer, ReadingCall, ReadingCalls, ReadingQuestion } from './protocol';

/** Heap of the thread in MB: an export of many reports is the largest thing that it makes. */
const HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 };
/** Questions that wait at most; a caller that asks faster than answers come is told to ask later. */
const MOST_WAITING = 100;

interface Waiting {
  readonly resolve: (result: ReadingCalls[ReadingCall]['result']) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Reads lists and figures from the ledger in a thread of its own, started with the first question, so that a search
 * through a million files holds nobody up. A thread that dies fails what it owed and is replaced with the next question.
 */
export class Reader {
  private readonly ledger: string;
  private readonly onDamage: (error: DropgateError) => void;
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | null = null;
  private nextId = 1;

  /** `onDamage` hears when the thread finds the ledger damaged. */
  constructor(ledger: string, onDamage: (error: DropgateError) => void = () => undefined) {
    this.ledger = ledger;
    this.onDamage = onDamage;
  }

  /** Rejects with the thread's DropgateError; ENGINE_GONE when it ended first. */
  ask<C extends ReadingCall>(call: C, request: ReadingCalls[C]['request']): Promise<ReadingCalls[C]['result']> {
    if (this.waiting.size >= MOST_WAITING) {
      const busy = 'too many lists are being read; ask again in a moment';
      return Promise.reject(new DropgateError('ENGINE_GONE', busy, { retryable: true }));
    }
    const id = this.nextId++;
    const question = { id, call, request } as ReadingQuestion;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.thread().postMessage(question);
    });
  }

  async close(): Promise<void> {
    const { worker } = this;
    if (worker === null) return;
    this.lose(worker, 'the engine ends');
    await worker.terminate();
  }

  private thread(): Worker {
    if (this.worker !== null) return this.worker;
    const worker = new Worker(entryPath('ledger-reader'), { workerData: this.ledger, resourceLimits: HEAP });
    worker.unref();
    this.worker = worker;
    worker.on('message', (answer: ReadingAnswer | DamageMet) => {
      if ('damaged' in answer) return this.onDamage(new DropgateError('LEDGER_CORRUPT', answer.damaged));
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.result);
      else waiting?.reject(new DropgateError(answer.code, answer.message));
    });
    worker.on('error', (error) => this.lose(worker, String(error)));
    worker.on('exit', (code) => this.lose(worker, `exit ${code}`));
    return worker;
  }

  private lose(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    const owed = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of owed) reject(new DropgateError('ENGINE_GONE', `the reading thread ended: ${why}`));
  }
}
