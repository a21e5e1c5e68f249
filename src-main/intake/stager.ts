import { Worker } from 'node:worker_threads';
import { entryPath } from '../base/entries';
import { Postbag } from '../base/postbag';
import type { StageAnswer, StageNews, StageRequest } from './stage-protocol';

interface Waiting {
  readonly resolve: (answer: StageAnswer) => void;
}

/** Heap of the thread in MB: hashes and answers live briefly and need no more; left alone, V8 takes over 100 MB. */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

/** One intake thread and what it owes. */
class StageThread {
  readonly waiting = new Map<number, Waiting>();
  /** When it last gave an answer, or was given work while it had none (monotonic ms). */
  lastSign = 0;
  /** It reads a large file, as far as is known. */
  hasLarge = false;
  private readonly outbox = new Postbag<StageRequest>((requests) => this.worker.postMessage(requests));
  private readonly worker: Worker;

  constructor(onDeath: (thread: StageThread) => void) {
    this.worker = new Worker(entryPath('intake-worker'), { resourceLimits: HEAP });
    this.worker.on('message', (news: StageNews) => {
      this.hasLarge = news === 'large';
      if (news === 'large') return;
      this.lastSign = performance.now();
      for (const { id, answer } of news) {
        this.waiting.get(id)?.resolve(answer);
        this.waiting.delete(id);
      }
    });
    const die = (message: string) => {
      onDeath(this);
      const answer: StageAnswer = { kind: 'failed', message: `the intake thread ended: ${message}` };
      for (const { resolve } of this.waiting.values()) resolve(answer);
      this.waiting.clear();
    };
    this.worker.on('error', (error) => die(String(error)));
    this.worker.on('exit', (code) => die(`exit ${code}`));
  }

  send(request: StageRequest, waiting: Waiting): void {
    if (this.waiting.size === 0) this.lastSign = performance.now();
    this.waiting.set(request.id, waiting);
    this.outbox.add(request);
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}

/** Posting a view copies all that it is a view of: a name of 50 bytes in a pool of 8 KiB, a member in a chunk. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** A thread that is silent this long has a slow disk: the next file goes to another one, which costs 50 MB. */
const SILENT_MS = 1000;

/**
 * Copies and hashes files in worker threads, so that neither large files nor slow disks hold up the engine. One thread
 * does while it keeps up; a second is started when the first is busy with something large, so that a large file never
 * holds up all small ones.
 */
export class Stager {
  private readonly threads: StageThread[] = [];
  private readonly most: number;
  private nextId = 1;

  constructor(threads = 2) {
    this.most = threads;
  }

  /** Never rejects: see StageAnswer. */
  stage(request: Omit<StageRequest, 'id'>): Promise<StageAnswer> {
    const id = this.nextId++;
    const source = alone(request.source);
    const content = request.content === undefined ? {} : { content: alone(request.content) };
    return new Promise((resolve) => this.pick().send({ ...request, id, source, ...content }, { resolve }));
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.splice(0).map((thread) => thread.close()));
  }

  private pick(): StageThread {
    const now = performance.now();
    const prompt = this.threads.find(
      ({ waiting, lastSign, hasLarge }) => waiting.size === 0 || (!hasLarge && now - lastSign < SILENT_MS),
    );
    if (prompt !== undefined) return prompt;
    if (this.threads.length < this.most) {
      const thread = new StageThread((dead) => {
        const index = this.threads.indexOf(dead);
        if (index >= 0) this.threads.splice(index, 1);
      });
      this.threads.push(thread);
      return thread;
    }
    return this.threads.reduce((least, thread) => (thread.waiting.size < least.waiting.size ? thread : least));
  }
}
