import { backoffMs } from '../base/backoff';
import { type Clock, sleep } from '../base/clock';
import { connectEngine, type EngineClient } from '../base/engine-client';
import { DropgateError, messageOf } from '../base/errors';
import type { IpcCall, IpcParams, IpcResult } from '../contract/ipc-schema';
import type { Pulse } from '../contract/pulse';
import type { EngineState } from '../contract/shell-schema';
import { type EngineCommand, EngineProcess } from './engine-process';
import { RestartBudget } from './restart-budget';

export interface EngineHostOptions {
  /** Asked before every start: secrets may have changed. */
  readonly command: () => EngineCommand;
  readonly onState: (state: EngineState) => void;
  readonly onPulse: (pulse: Pulse) => void;
  readonly clock: Clock;
}

const MOST_RESTARTS = 5;
const WITHIN_MS = 10 * 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** A live engine that reads its configuration again leaves its socket for a moment: so long is it looked for. */
const RECONNECT_MS = 40_000;
const RECONNECT_LOOK_MS = 150;
const DRAIN_MS = 40_000;
const HURRY_MS = 1_500;

/** An engine that the window uses now. */
interface Live {
  readonly client: EngineClient;
  readonly gone: Promise<void>;
}

/**
 * Keeps one engine for the window: joins the one that has the data folder, else starts one, and starts it again when
 * it dies, five times in ten minutes at most. A call always ends: with its answer or an error.
 */
export class EngineHost {
  private readonly options: EngineHostOptions;
  private readonly budget: RestartBudget;
  private current: EngineState = { kind: 'starting' };
  private live: EngineClient | null = null;
  private process: EngineProcess | null = null;
  private stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private waiters: (() => void)[] = [];

  constructor(options: EngineHostOptions) {
    this.options = options;
    this.budget = new RestartBudget(MOST_RESTARTS, WITHIN_MS, () => options.clock.monotonic());
  }

  state(): EngineState {
    return this.current;
  }

  start(): void {
    this.stopping = new AbortController();
    this.loop = this.run(this.stopping.signal);
  }

  /** For a person who asks: ends our own engine, forgets how often it died, and begins again. */
  async restart(): Promise<void> {
    await this.stop(true);
    this.budget.reset();
    this.start();
  }

  /** While the engine starts the call waits; while it is down, and when it goes down meanwhile, ENGINE_GONE. */
  async call<Call extends IpcCall>(call: Call, params: IpcParams<Call>): Promise<IpcResult<Call>> {
    while (this.live === null && this.current.kind === 'starting')
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    if (this.live === null) throw new DropgateError('ENGINE_GONE', this.downBecause());
    return this.live.call(call, params);
  }

  /** Ends our own engine, which drains or, without `drain`, leaves its work for the next start; a joined one goes on. */
  async stop(drain: boolean): Promise<void> {
    this.stopping.abort(new DropgateError('CANCELLED', 'the window is closing'));
    await this.process?.stop(drain ? DRAIN_MS : HURRY_MS);
    await this.live?.close();
    await this.loop;
  }

  private downBecause(): string {
    if (this.current.kind === 'failed') return `the engine does not run: ${this.current.problem}`;
    if (this.current.kind === 'restarting') return `the engine is being started again: ${this.current.problem}`;
    return 'the engine does not run';
  }

  private tell(state: EngineState): void {
    this.enter(state);
    this.options.onState(state);
  }

  private enter(state: EngineState): void {
    this.current = state;
    for (const wake of this.waiters.splice(0)) wake();
  }

  private async run(signal: AbortSignal): Promise<void> {
    this.tell({ kind: 'starting' });
    while (!signal.aborted) {
      const { problem, hopeless } = await this.oneLife(signal);
      this.process = null;
      if (signal.aborted) break;
      const attempt = hopeless ? null : this.budget.take();
      if (attempt === null) {
        const often = hopeless ? '' : `it ended ${MOST_RESTARTS + 1} times in ${WITHIN_MS / 60_000} minutes; `;
        this.tell({ kind: 'failed', problem: `${often}${problem}` });
        return;
      }
      this.tell({ kind: 'restarting', problem, attempt });
      await pause(backoffMs(attempt, FIRST_WAIT_MS, LONGEST_WAIT_MS), signal);
    }
    this.enter({ kind: 'failed', problem: 'it was told to end' }); // no news for who told it
  }

  /** One engine from its start, or from joining it, to its end; says why it ended. */
  private async oneLife(signal: AbortSignal): Promise<{ problem: string; hopeless: boolean }> {
    const process = new EngineProcess(this.options.command());
    this.process = process;
    const began = await process.began;
    if (began.kind === 'failed') return began;
    const own = began.kind === 'own';
    const over = new AbortController(); // by hand: the oldest Electron has no AbortSignal.any
    const end = () => over.abort(signal.reason);
    if (own) void process.ended.then(end);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      await this.stayConnected(began.socket, !own, over.signal);
    } catch (error) {
      if (own) await process.stop(DRAIN_MS); // it lives and does not answer: begin again
      return { problem: messageOf(error), hopeless: false };
    } finally {
      signal.removeEventListener('abort', end);
    }
    const problem = own ? await process.ended : 'the engine that was running here has ended';
    return { problem, hopeless: false };
  }

  /** Uses the engine behind the socket until it is gone for good, again after every reload. Rejects when it is not found. */
  private async stayConnected(socket: string, joined: boolean, signal: AbortSignal): Promise<void> {
    for (let first = true; !signal.aborted; first = false) {
      const live = await this.connect(socket, first || !joined ? RECONNECT_MS : RECONNECT_MS / 10, signal);
      if (live === null) {
        if (signal.aborted || joined) return;
        throw new DropgateError('ENGINE_GONE', `the engine does not listen at ${socket}`);
      }
      this.live = live.client;
      const { pid } = await live.client.call('hello', {}).catch(() => ({ pid: null }));
      if (pid !== null) this.tell({ kind: 'running', pid, joined });
      live.client.call('watch', {}).catch(() => live.client.close()); // an engine without pulse is of no use: look again
      await live.gone;
      this.live = null;
      if (!signal.aborted) this.tell({ kind: 'starting' });
    }
  }

  /** Null when nobody listened there for so long, or the signal came. */
  private async connect(socket: string, patienceMs: number, signal: AbortSignal): Promise<Live | null> {
    const { clock, onPulse } = this.options;
    const deadline = clock.monotonic() + patienceMs;
    while (!signal.aborted && clock.monotonic() < deadline) {
      let closed: () => void = () => undefined;
      const gone = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const client = await connectEngine(socket, { pulse: onPulse, closed: () => closed() });
      if (client !== null && !signal.aborted) return { client, gone };
      await client?.close();
      await pause(RECONNECT_LOOK_MS, signal);
    }
    return null;
  }
}

/** Waits, or until the signal comes. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, signal).catch(() => undefined); // woken up early: the caller looks at the signal
}
