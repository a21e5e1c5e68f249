import { messageOf, ProbeError } from '../../base/errors';
import { RunningTime, TICK_MS } from '../../base/running-time';
import type { RuleFile } from './rule-groups';
import type { ScanTask } from './scan-task';
import { decodeAnswer, encodeRequest, type Hello, helloSchema, type Setup } from './wire';
import { YaraProcess } from './yara-process';

/** Requests sent ahead to one child: enough that it never waits, few enough that little is scanned again when it dies. */
const WINDOW_ITEMS = 32;
const WINDOW_BYTES = 8 * 1024 ** 2;
/** A child that has more open than this is let alone: fewer and larger writes, while it has enough to go on with. */
const REFILL_ITEMS = 16;
/** A child that is longer than this on one file gives the files behind it back. */
const SLOW_MS = 1000;

export interface ChildOptions {
  readonly rules: readonly RuleFile[];
  /** For one file, from the moment that the child begins it. */
  readonly timeoutMs: number;
  /** True when there may be other children that can take over what waits behind a slow file. */
  readonly hasSiblings: boolean;
}

export interface ChildEvents {
  onHello(hello: Hello): void;
  /** It may take more. */
  onRoom(): void;
  /** Files that were sent but not begun: somebody else must scan them. */
  onReturned(tasks: ScanTask[]): void;
  /** It is gone. `reason` in words. Files that it had not begun were returned before. */
  onGone(reason: string): void;
}

interface OpenRequest {
  readonly id: number;
  readonly task: ScanTask;
  /** Given to another child: this one's answer does not count. */
  returned: boolean;
}

/**
 * A child at work. It answers in the order in which it was asked, so the oldest open request is the file that it works
 * on: that one is blamed when the child dies or is silent for too long, and no other.
 */
export class YaraChild {
  private readonly process: YaraProcess;
  private readonly events: ChildEvents;
  private readonly options: ChildOptions;
  private readonly open: OpenRequest[] = [];
  private ready = false;
  private finishing = false;
  private openBytes = 0;
  private lastId = 0;
  /** Since when it works on the oldest open request; milliseconds of running time. */
  private since = 0;
  private readonly time = new RunningTime();
  private ticking: NodeJS.Timeout | null = null;
  /** Why it was killed: what the file that it worked on is told. */
  private blame: ProbeError | null = null;

  constructor(options: ChildOptions, events: ChildEvents) {
    this.events = events;
    this.options = options;
    this.process = new YaraProcess({
      onLines: (lines) => this.read(lines),
      onEnd: (reason) => this.end(reason),
    });
    const setup: Setup = { rules: [...options.rules] };
    this.process.write(`${JSON.stringify(setup)}\n`);
  }

  /** Null when the process could not be started. */
  get pid(): number | null {
    return this.process.pid ?? null;
  }

  /** Open requests; the fewer, the sooner the next one is begun. */
  get load(): number {
    return this.open.length;
  }

  /** True until the rules are compiled. */
  get starting(): boolean {
    return !this.ready;
  }

  get hasRoom(): boolean {
    const free = this.open.length === 0 || (this.open.length < WINDOW_ITEMS && this.openBytes < WINDOW_BYTES);
    return this.ready && !this.finishing && this.blame === null && free && !this.isSlow();
  }

  /** True when it is time to send it more. */
  get wantsMore(): boolean {
    return this.hasRoom && this.open.length <= REFILL_ITEMS;
  }

  /** Takes at most `most` files from the front of the queue, as long as there is room, and sends them in one write. */
  takeFrom(queue: ScanTask[], most: number): void {
    const wasIdle = this.open.length === 0;
    let text = '';
    for (let taken = 0; taken < most && this.hasRoom; taken += 1) {
      const task = queue.shift();
      if (task === undefined) break;
      this.lastId += 1;
      this.open.push({ id: this.lastId, task, returned: false });
      this.openBytes += task.size;
      text += encodeRequest({ id: this.lastId, size: task.size, path: task.path });
    }
    this.process.write(text);
    if (wasIdle) this.beginOldest();
    this.ticking ??= setInterval(() => this.tick(), TICK_MS);
  }

  /** Ends by itself once it has answered what it was given. */
  finish(): void {
    this.finishing = true;
    this.process.finish();
  }

  /**
   * Ends it now; the file that it works on rejects with `error`. The library cannot be interrupted: only SIGKILL ends a
   * scan. What is open is settled when the process is gone.
   */
  kill(error: ProbeError): void {
    this.blame ??= error;
    this.process.kill();
  }

  private read(lines: readonly string[]): void {
    for (const line of lines) {
      if (this.blame !== null) return;
      try {
        if (this.ready) this.take(line);
        else this.greet(line);
      } catch (error) {
        this.kill(new ProbeError('PROBE_BAD_REPLY', `a YARA process sent garbage: ${messageOf(error)}`));
        return;
      }
    }
    this.beginOldest();
    this.events.onRoom();
  }

  /** What it works on from now on. */
  private beginOldest(): void {
    this.since = this.time.now();
    const [current] = this.open;
    if (current !== undefined && !current.returned) current.task.begin();
  }

  private greet(line: string): void {
    const hello = helloSchema.parse(JSON.parse(line));
    this.ready = hello.kind === 'ready';
    this.events.onHello(hello);
  }

  private take(line: string): void {
    const request = this.open[0];
    if (request === undefined) throw new Error('an answer that nobody asked for');
    const answer = decodeAnswer(line, request.id);
    this.open.shift();
    this.openBytes -= request.task.size;
    if (this.open.length === 0) this.stopTicking();
    if (request.returned) return;
    if (answer.kind === 'error') request.task.fail(new ProbeError('PROBE_FAILED', `YARA: ${answer.message}`));
    else request.task.succeed(answer.kind === 'found' ? [...answer.findings] : []);
  }

  private isSlow(): boolean {
    return this.open.length > 0 && this.time.now() - this.since >= SLOW_MS;
  }

  private tick(): void {
    this.time.tick();
    const [current] = this.open;
    if (current === undefined || this.blame !== null) return;
    const age = this.time.now() - this.since;
    const wanted = current.task.open && !current.returned;
    if (!wanted && age >= TICK_MS) {
      this.kill(new ProbeError('CANCELLED', 'nobody waits for this scan any more'));
    } else if (age >= this.options.timeoutMs) {
      const seconds = this.options.timeoutMs / 1000;
      this.kill(new ProbeError('PROBE_TIMEOUT', `YARA did not finish this file within ${seconds} s`));
    } else if (this.isSlow() && this.options.hasSiblings) {
      this.returnWaiting();
    }
  }

  private returnWaiting(): void {
    const waiting = this.open.slice(1).filter((request) => !request.returned);
    for (const request of waiting) request.returned = true;
    if (waiting.length > 0) this.events.onReturned(waiting.map(({ task }) => task));
  }

  private end(reason: string): void {
    this.stopTicking();
    const [current] = this.open;
    if (current !== undefined && !current.returned) {
      const died = () => new ProbeError('PROBE_DIED', `the YARA process died on this file (${reason})`);
      current.task.fail(this.blame ?? died());
    }
    this.returnWaiting();
    this.open.length = 0;
    this.events.onGone(reason);
  }

  private stopTicking(): void {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  }
}
