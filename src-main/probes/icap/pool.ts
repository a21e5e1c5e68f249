import { ProbeError } from '../../base/errors';
import { Limiter } from '../../base/limiter';
import { abortError } from '../deadline';
import { ConnectionLost } from './byte-source';
import { Connection } from './connection';
import type { Target } from './target';

/** Servers close what rests for minutes; before that we do. */
const REST_MS = 20_000;

/** What a request came to, and whether its connection may carry another one. */
export interface Done<T> {
  readonly value: T;
  readonly mayGoOn: boolean;
}

type Work<T> = (connection: Connection) => Promise<Done<T>>;

interface Resting {
  readonly connection: Connection;
  readonly wakeUp: () => void;
}

/** Connections to one server that are kept and used again, so many at once. */
export class Pool {
  private readonly target: Target;
  private readonly resting = new Set<Resting>();
  private readonly closing = new AbortController();
  private most: number;
  private slots: Limiter;

  constructor(target: Target, most: number) {
    this.target = target;
    this.most = most;
    this.slots = new Limiter(most);
  }

  /** From now on so many requests at once; those under way go on. */
  limit(most: number): void {
    if (most === this.most) return;
    this.most = most;
    this.slots = new Limiter(most);
  }

  /**
   * One request on a connection of its own for as long as it takes; when `signal` aborts the connection ends. A kept one
   * that the server had closed before is replaced once by a new one. `begins`: the request has its turn.
   */
  async request<T>(work: Work<T>, signal: AbortSignal, begins: () => void): Promise<T> {
    const either = AbortSignal.any([signal, this.closing.signal]);
    try {
      return await this.slots.run(async () => {
        begins();
        const kept = this.wake();
        if (kept === null) return this.onNew(work, either);
        const before = kept.source.received;
        try {
          return await this.on(kept, work, either);
        } catch (error) {
          const isStale = error instanceof ConnectionLost && kept.source.received === before;
          if (!isStale || either.aborted) throw error;
          return this.onNew(work, either);
        }
      }, either);
    } catch (error) {
      throw either.aborted ? abortError(either) : error;
    }
  }

  close(): void {
    this.closing.abort(new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed'));
    for (const each of this.resting) this.discard(each);
  }

  private async onNew<T>(work: Work<T>, signal: AbortSignal): Promise<T> {
    return this.on(await Connection.open(this.target, signal), work, signal);
  }

  private async on<T>(connection: Connection, work: Work<T>, signal: AbortSignal): Promise<T> {
    const abort = () => connection.close();
    signal.addEventListener('abort', abort, { once: true });
    let mayGoOn = false;
    try {
      signal.throwIfAborted();
      const done = await work(connection);
      mayGoOn = done.mayGoOn && !signal.aborted;
      return done.value;
    } finally {
      signal.removeEventListener('abort', abort);
      if (mayGoOn && connection.isQuiet) this.keep(connection);
      else connection.close();
    }
  }

  private keep(connection: Connection): void {
    const over = () => this.discard(entry);
    const timer = setTimeout(over, REST_MS);
    const stopListening = connection.rest(over);
    const wakeUp = () => {
      this.resting.delete(entry);
      clearTimeout(timer);
      stopListening();
    };
    const entry: Resting = { connection, wakeUp };
    this.resting.add(entry);
  }

  private discard({ connection, wakeUp }: Resting): void {
    wakeUp();
    connection.close();
  }

  /** The connection that was used last, of those on which nobody has said anything since; null: there is none. */
  private wake(): Connection | null {
    for (const { connection, wakeUp } of [...this.resting].reverse()) {
      wakeUp();
      if (connection.isQuiet) return connection;
      connection.close();
    }
    return null;
  }
}
