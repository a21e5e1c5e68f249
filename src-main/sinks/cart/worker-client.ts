import { Worker } from 'node:worker_threads';
import { entryPath } from '../../base/entries';
import { SinkError } from '../../base/errors';
import { Limiter } from '../../base/limiter';
import { errorOf } from '../../base/thread-failure';
import type { EncodeRequest } from './encode';
import type { ExportRequest } from './export-zip';
import type { Footer } from './format';
import type { Peeked, PeekRequest } from './peek';
import type { Unpacked, UnpackRequest } from './unpack';
import type { CartAnswer, CartCall, CartCalls, CartQuestion } from './worker-protocol';

/** Questions in the thread at once: while one waits for the disk another computes; memory stays a few chunks each. */
const AT_ONCE = 4;

/** Deadline of a question: a part for the machine being busy, and one for the bytes at a rate that any disk keeps. */
const DEADLINE_BASE_MS = 60_000;
const DEADLINE_BYTES_PER_MS = 1024;

interface Waiting {
  readonly resolve: (result: CartCalls[CartCall]['result']) => void;
  readonly reject: (error: Error) => void;
}

/**
 * CaRT in a worker thread of its own, started with the first question. A thread that dies or does not answer in time
 * fails what it owed with SINK_UNAVAILABLE (try again) and is replaced with the next question.
 */
export class CartWorker {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private readonly slots = new Limiter(AT_ONCE);
  private readonly deadlineMs: (bytes: number) => number;
  private nextId = 1;

  constructor(options: { deadlineMs?: (bytes: number) => number } = {}) {
    this.deadlineMs = options.deadlineMs ?? ((bytes) => DEADLINE_BASE_MS + bytes / DEADLINE_BYTES_PER_MS);
  }

  /** See encodeCart. `bytes`: size of the source, for the deadline. */
  encode(request: EncodeRequest, bytes: number): Promise<Footer> {
    return this.ask('encode', request, bytes);
  }

  /** See unpackCart. `bytes`: size of the stored file. */
  unpack(request: UnpackRequest, bytes: number): Promise<Unpacked> {
    return this.ask('unpack', request, bytes);
  }

  /** See exportZip. `bytes`: size of the stored file. */
  export(request: ExportRequest, bytes: number): Promise<Unpacked> {
    return this.ask('export', request, bytes);
  }

  /** See peekCart. `bytes`: how far it must be decoded. */
  peek(request: PeekRequest, bytes: number): Promise<Peeked> {
    return this.ask('peek', request, bytes);
  }

  /** Ends the thread; what it owed is failed. */
  async close(): Promise<void> {
    await this.end('it was closed');
  }

  private ask<C extends CartCall>(
    call: C,
    request: CartCalls[C]['request'],
    bytes: number,
  ): Promise<CartCalls[C]['result']> {
    return this.slots.run(async () => {
      const id = this.nextId++;
      const question = { id, call, request } as CartQuestion;
      let timer: NodeJS.Timeout | undefined;
      const answered = new Promise<CartCalls[CartCall]['result']>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        timer = setTimeout(() => void this.end('it did not answer in time'), this.deadlineMs(bytes));
        this.thread().postMessage(question);
      });
      try {
        return (await answered) as CartCalls[C]['result'];
      } finally {
        clearTimeout(timer);
      }
    });
  }

  private thread(): Worker {
    if (this.worker !== null) return this.worker;
    const worker = new Worker(entryPath('cart-worker'));
    this.worker = worker;
    worker.on('message', (answer: CartAnswer) => {
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.result);
      else waiting?.reject(errorOf(answer.failure));
    });
    worker.on('error', (error) => this.lose(worker, String(error)));
    worker.on('exit', (code) => this.lose(worker, `exit ${code}`));
    return worker;
  }

  private async end(why: string): Promise<void> {
    const { worker } = this;
    if (worker === null) return;
    this.lose(worker, why);
    await worker.terminate();
  }

  private lose(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    const owed = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of owed) reject(new SinkError('SINK_UNAVAILABLE', `the CaRT thread ended: ${why}`));
  }
}
