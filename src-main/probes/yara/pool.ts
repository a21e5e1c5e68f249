import { ProbeError } from '../../base/errors';
import type { Finding } from '../../contract/finding';
import type { RuleFile } from './rule-groups';
import { abortError, ScanTask } from './scan-task';
import type { Hello } from './wire';
import { YaraChild } from './yara-child';

export type Ready = Extract<Hello, { kind: 'ready' }>;

export interface PoolOptions {
  readonly rules: readonly RuleFile[];
  readonly processes: number;
  /** For one file, from the moment a child begins it. */
  readonly timeoutMs: number;
}

/** Children in a row that end before they are ready: then the pool gives up. */
const MOST_FAILED_STARTS = 3;

/**
 * Children that run one and the same set of rules. Each compiles them for itself, which costs half a second of processor
 * time, and the library keeps nothing of it for the next: so one starts, and another when there is a file more than children.
 */
export class YaraPool {
  /** The first child's word that the rules compile. Rejects with RULES_INVALID, or PROBE_UNAVAILABLE when none starts. */
  readonly ready: Promise<Ready>;
  /** Resolves when the pool has failed, was closed or retired, and no child is left. */
  readonly gone: Promise<void>;
  private readonly options: PoolOptions;
  private readonly children = new Set<YaraChild>();
  private readonly ended = Promise.withResolvers<void>();
  private readonly greeted = Promise.withResolvers<Ready>();
  private queue: ScanTask[] = [];
  private pumping = false;
  private failedStarts = 0;
  private retired = false;
  /** Why nothing can be scanned any more. */
  private failure: ProbeError | null = null;

  constructor(options: PoolOptions) {
    this.options = options;
    this.gone = this.ended.promise;
    this.ready = this.greeted.promise;
    // Whoever waits gets the rejection; that nobody waits is no fault.
    this.ready.catch(() => undefined);
    this.startChild();
  }

  /** False when every further scan would be refused. */
  get usable(): boolean {
    return this.failure === null;
  }

  /** Process ids of the children, for a look from outside. */
  pids(): number[] {
    return [...this.children].flatMap(({ pid }) => (pid === null ? [] : [pid]));
  }

  /**
   * What the rules find in a file of `size` bytes; an empty list is the child's explicit word that nothing was found.
   * Rejects with PROBE_TIMEOUT, PROBE_DIED, PROBE_FAILED, PROBE_BAD_REPLY, PROBE_UNAVAILABLE, or for the signal.
   * `onBegin` is called when a child begins it, also for the second time.
   */
  scan(path: string, size: number, signal: AbortSignal, onBegin: () => void): Promise<Finding[]> {
    if (signal.aborted) return Promise.reject(abortError(signal));
    if (this.failure !== null) return Promise.reject(this.failure);
    const task = new ScanTask(path, size, signal, { onBegin, onAbort: (aborted) => this.drop(aborted) });
    this.queue.push(task);
    this.pumpSoon();
    return task.result;
  }

  /** Takes nothing new; the children end when everything is answered. */
  retire(): void {
    this.retired = true;
    this.pumpSoon();
  }

  /** Ends every child now; what is open rejects. Resolves when no child is left. */
  async close(): Promise<void> {
    const closed = new ProbeError('PROBE_UNAVAILABLE', 'YARA is being closed');
    this.fail(closed);
    for (const child of this.children) child.kill(closed);
    if (this.children.size > 0) await this.gone;
  }

  private startChild(): void {
    let greeted = false;
    const { rules, timeoutMs, processes } = this.options;
    const child = new YaraChild(
      { rules, timeoutMs, hasSiblings: processes > 1 },
      {
        onHello: (hello) => {
          greeted = true;
          this.greet(hello);
        },
        onRoom: () => this.pumpSoon(),
        onReturned: (tasks) => this.requeue(tasks),
        onGone: (reason) => this.forget(child, greeted, reason),
      },
    );
    this.children.add(child);
  }

  private greet(hello: Hello): void {
    if (hello.kind === 'bad_rules') {
      this.fail(new ProbeError('RULES_INVALID', hello.problem));
      return;
    }
    this.failedStarts = 0;
    this.greeted.resolve(hello);
  }

  private forget(child: YaraChild, greeted: boolean, reason: string): void {
    this.children.delete(child);
    if (!greeted) this.failedStarts += 1;
    if (this.failedStarts >= MOST_FAILED_STARTS) {
      this.fail(new ProbeError('PROBE_UNAVAILABLE', `the YARA processes do not start (${reason})`));
    } else if (this.failure === null && !greeted) {
      this.startChild();
    }
    const isDone = this.failure !== null || (this.retired && this.queue.length === 0);
    if (this.children.size === 0 && isDone) this.ended.resolve();
    else this.pumpSoon();
  }

  private fail(failure: ProbeError): void {
    this.failure ??= failure;
    this.greeted.reject(failure);
    const waiting = this.queue;
    this.queue = [];
    for (const task of waiting) task.fail(failure);
  }

  private requeue(tasks: readonly ScanTask[]): void {
    const open = tasks.filter((task) => task.open);
    if (this.failure === null) this.queue.unshift(...open);
    else for (const task of open) task.fail(this.failure);
    this.pumpSoon();
  }

  private drop(task: ScanTask): void {
    const place = this.queue.indexOf(task);
    if (place !== -1) this.queue.splice(place, 1);
  }

  /** Once per turn of the event loop, so that what comes together is sent together. */
  private pumpSoon(): void {
    if (this.pumping) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      this.pump();
    });
  }

  private pump(): void {
    if (this.failure !== null) return;
    for (;;) {
      const free = [...this.children].filter((child) => child.wantsMore).sort((a, b) => a.load - b.load);
      const [child] = free;
      if (child === undefined || this.queue.length === 0) break;
      child.takeFrom(this.queue, Math.ceil(this.queue.length / free.length));
    }
    this.fitToDemand();
  }

  /** Children are started as long as there is work for them, and a retired pool without work ends. */
  private fitToDemand(): void {
    const children = [...this.children];
    const load = this.queue.length + children.reduce((sum, child) => sum + child.load, 0);
    const missing = Math.min(this.options.processes, load) - children.length;
    for (let started = 0; started < missing; started += 1) this.startChild();
    if (this.retired && load === 0) for (const child of children) child.finish();
  }
}
