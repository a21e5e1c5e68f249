import { ProbeError, toDropgateError } from '../../base/errors';
import { RunningTime, TICK_MS } from '../../base/running-time';
import { abortError } from '../deadline';
import { type Answer, readAnswer } from './answer';
import { Session, type SessionEnd } from './session';
import { Suspects } from './suspects';
import type { Target } from './target';

/** Commands under way at once: keeps clamd's threads busy and stays below its MaxQueue (100), so that others get a turn. */
export const WINDOW = 32;
/** At this many the window is filled again: fewer and larger writes, while clamd's threads have enough to go on with. */
const REFILL = 20;
/** A file is asked about at most so often before the connection is blamed. */
const MOST_ASKS = 3;
/** Ticks between two PINGs (2 s): clamd closes a session that it hears nothing from, also while it scans. */
const PING_TICKS = 8;
/** Ticks without work after which the session is given back (3 s). */
const IDLE_TICKS = 12;

interface Request {
  readonly path: string;
  /** Bytes of the path as latin1: what the reply must begin with. */
  readonly subject: string;
  readonly content: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: ProbeError) => void;
  readonly onBegin: () => void;
  readonly signal: AbortSignal;
  asks: number;
  /** Under which it was asked last; 0 before. */
  id: number;
  /** When it was first known that clamd works on it, in ms of running time; null before. */
  begunAt: number | null;
  settled: boolean;
}

/**
 * Scans files by their path over one session. Replies are matched by id; a lost session is opened again and what it
 * left open is asked again. After a loss, or an answer that is none, whatever was open is asked one by one: the file on
 * which clamd dies or talks nonsense alone is the culprit, and its neighbours get their answers.
 */
export class SessionScanner {
  private readonly target: Target;
  private readonly timeoutMs: number;
  private readonly closing = new AbortController();
  private readonly suspects = new Suspects();
  private waiting: Request[] = [];
  /** By id, oldest first. */
  private readonly open = new Map<number, Request>();
  private readonly pings = new Set<number>();
  private session: Session | null = null;
  private connecting = false;
  private readonly time = new RunningTime();
  private ticking: NodeJS.Timeout | null = null;
  private ticksSincePing = 0;
  private idleTicks = 0;

  constructor(target: Target, timeoutMs: number) {
    this.target = target;
    this.timeoutMs = timeoutMs;
  }

  /**
   * `content`: names the bytes (their hash), to know them again after clamd died. `onBegin` is called when it is known
   * that clamd works on the file, also for the second time. Rejects with ProbeError only; when `signal` aborts within a
   * quarter of a second (one look at all of them is cheaper than a listener for each file).
   */
  scan(path: string, content: string, signal: AbortSignal, onBegin: () => void = () => undefined): Promise<Answer> {
    if (signal.aborted) return Promise.reject(abortError(signal));
    if (/[\0\n]/.test(path))
      return Promise.reject(new ProbeError('PROBE_FAILED', 'a path that cannot be sent to clamd'));
    return new Promise((resolve, reject) => {
      const request: Request = {
        path,
        subject: Buffer.from(path).toString('latin1'),
        content,
        resolve,
        reject,
        onBegin,
        signal,
        asks: 0,
        id: 0,
        begunAt: null,
        settled: false,
      };
      this.waiting.push(request);
      this.pump();
    });
  }

  /** Pending scans reject with PROBE_UNAVAILABLE. */
  close(): void {
    this.closing.abort(new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed'));
    this.dropSession();
    this.rejectAll(abortError(this.closing.signal));
  }

  private pump(): void {
    if (this.closing.signal.aborted) {
      this.rejectAll(abortError(this.closing.signal));
      return;
    }
    while (this.waiting[0]?.settled === true) this.waiting.shift();
    if (this.waiting.length > 0) this.ticking ??= setInterval(() => this.tick(), TICK_MS);
    if (this.waiting.length === 0 || this.connecting) return;
    if (this.session === null) void this.connect();
    else {
      this.fill(this.session);
      this.noteBegun(0);
    }
  }

  private fill(session: Session): void {
    if (this.open.size > REFILL) return;
    let isAlone = !this.suspects.isEmpty && [...this.open.values()].some(({ content }) => this.suspects.has(content));
    while (this.open.size < WINDOW && !isAlone) {
      const request = this.waiting[0];
      if (request === undefined) return;
      const isSuspect = this.suspects.has(request.content);
      if (isSuspect && this.open.size > 0) return;
      this.waiting.shift();
      if (request.settled) continue;
      request.asks += 1;
      request.begunAt = null;
      request.id = session.send(`SCAN ${request.path}`);
      this.open.set(request.id, request);
      isAlone = isSuspect;
    }
  }

  /** clamd begins in the order in which it was asked: the oldest, and what was asked before `answered`, is in work. */
  private noteBegun(answered: number): void {
    let isOldest = true;
    for (const request of this.open.values()) {
      if (!isOldest && request.id > answered) return;
      isOldest = false;
      if (request.begunAt !== null) continue;
      request.begunAt = this.time.now();
      if (!request.settled) request.onBegin();
    }
  }

  private async connect(): Promise<void> {
    this.connecting = true;
    try {
      this.session = await Session.open(this.target, this.closing.signal, {
        reply: (id, text) => this.receive(id, text),
        end: (end) => this.ended(end),
      });
      if (this.closing.signal.aborted) this.dropSession();
      this.idleTicks = 0;
      this.ticksSincePing = 0;
    } catch (error) {
      this.rejectAll(asProbeError(error));
    } finally {
      this.connecting = false;
    }
    this.pump();
  }

  private receive(id: number, text: string): void {
    const request = this.open.get(id);
    if (request === undefined) {
      if (this.pings.delete(id) && text === 'PONG') return;
      this.session?.confuse(new ProbeError('PROBE_BAD_REPLY', 'clamd answered a question that was not open'));
      return;
    }
    const answer = tryReadAnswer(text, request.subject);
    if (answer instanceof ProbeError && !text.startsWith(`${request.subject}: `)) {
      this.session?.confuse(answer);
      return;
    }
    this.open.delete(id);
    this.suspects.clear(request.content);
    settle(request, answer);
    this.noteBegun(id);
    this.pump();
  }

  private ended(end: SessionEnd): void {
    const left = [...this.open.values()].filter((request) => !request.settled);
    // one expiry is nobody's fault; from the second on a file may be behind it
    const isBlamed = end.kind !== 'expired' || left.some(({ asks }) => asks > 1);
    // alone on a connection of its own: behind another file it may be that one's fault
    const culprit =
      left.length === 1 ? left.find(({ id, content }) => id === 1 && this.suspects.has(content)) : undefined;
    if (isBlamed) for (const request of this.open.values()) this.suspects.add(request.content);
    this.dropSession();
    if (end.kind !== 'expired' && culprit !== undefined)
      settle(culprit, end.kind === 'confused' ? end.error : diedAlone());
    this.askAgain(
      left,
      end.kind === 'confused'
        ? end.error
        : new ProbeError('PROBE_FAILED', `clamd closed the connection ${MOST_ASKS} times without an answer`),
    );
  }

  /** Puts requests back in front; those that were asked too often reject with `error`. */
  private askAgain(requests: readonly Request[], error: ProbeError): void {
    for (const request of requests) if (request.asks >= MOST_ASKS) settle(request, error);
    this.waiting = [...requests.filter((request) => !request.settled), ...this.waiting];
    this.pump();
  }

  private tick(): void {
    this.time.tick();
    this.dropUnwanted();
    if (this.session === null) {
      if (this.waiting.length === 0) this.dropSession();
      return;
    }
    if (this.open.size === 0 && this.waiting.length === 0) {
      this.idleTicks += 1;
      if (this.idleTicks >= IDLE_TICKS) this.dropSession();
      return;
    }
    this.idleTicks = 0;
    if ([...this.open.values()].some((request) => this.isLate(request))) {
      this.giveUpLate();
      return;
    }
    this.ticksSincePing += 1;
    if (this.ticksSincePing < PING_TICKS || this.pings.size >= WINDOW) return;
    this.ticksSincePing = 0;
    this.pings.add(this.session.send('PING'));
  }

  /** clamd goes on with what it was asked: its place in the window is free when it answers, or at the deadline. */
  private dropUnwanted(): void {
    for (const request of [...this.open.values(), ...this.waiting]) {
      if (request.signal.aborted) settle(request, abortError(request.signal));
    }
    this.waiting = this.waiting.filter(({ settled }) => !settled);
  }

  /** Late requests reject, the connection goes, and the others are asked again on a new one. */
  private giveUpLate(): void {
    const requests = [...this.open.values()];
    this.dropSession();
    const message = `ClamAV did not answer within ${this.timeoutMs / 1000} s`;
    for (const request of requests) {
      if (this.isLate(request)) settle(request, new ProbeError('PROBE_TIMEOUT', message));
    }
    const others = requests.filter((request) => !request.settled);
    this.askAgain(others, new ProbeError('PROBE_FAILED', 'clamd was stuck on other files again and again'));
  }

  private isLate({ begunAt }: Request): boolean {
    return begunAt !== null && this.time.now() - begunAt > this.timeoutMs;
  }

  private dropSession(): void {
    this.session?.destroy();
    this.session = null;
    this.open.clear();
    this.pings.clear();
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  }

  private rejectAll(error: ProbeError): void {
    const requests = [...this.open.values(), ...this.waiting];
    this.open.clear();
    this.waiting = [];
    for (const request of requests) settle(request, error);
  }
}

function diedAlone(): ProbeError {
  return new ProbeError('PROBE_DIED', 'clamd closed the connection while it scanned this file alone');
}

/** Tells whoever asked, once. */
function settle(request: Request, answer: Answer | ProbeError): void {
  if (request.settled) return;
  request.settled = true;
  if (answer instanceof ProbeError) request.reject(answer);
  else request.resolve(answer);
}

function tryReadAnswer(text: string, subject: string): Answer | ProbeError {
  try {
    return readAnswer(text, subject);
  } catch (error) {
    return asProbeError(error);
  }
}

function asProbeError(error: unknown): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code, message } = toDropgateError(error, 'PROBE_FAILED');
  return new ProbeError(code, message, { cause: error });
}
