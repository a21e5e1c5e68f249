import type { Logger } from 'pino';
import { type Clock, sleep } from '../base/clock';
import type { Activity, Pulse } from '../contract/pulse';
import type { Pipeline } from '../pipeline/pipeline';
import type { Connection } from './channel-server';
import { Outlook } from './outlook';
import type { PulseFeed, PulseGiver } from './pulse-feed';
import { restorationNotice } from './restoration';
import type { Watching } from './watching';

/** A first look that takes longer than this (a probe that is slow to start) is not waited for. */
const FIRST_LOOK_MS = 1000;

export interface PulseParts {
  readonly pipeline: Pipeline;
  readonly watching: Watching;
  /** Probes that must be ready for the gate to be open. */
  readonly required: () => readonly string[];
  readonly clock: Clock;
  readonly program: string;
  readonly feed: PulseFeed;
  readonly log: Logger;
}

/** The engine's pulse: what a window must know at any moment, told to whoever watches. */
export class PulseSource implements PulseGiver {
  private readonly parts: PulseParts;
  private readonly outlook: Outlook;
  /** Revisions of different engines of one data folder are never alike. */
  private readonly first: number;
  private settings = 0;
  private closed = false;

  constructor(parts: PulseParts) {
    this.parts = parts;
    this.first = parts.clock.now();
    this.outlook = new Outlook(parts);
  }

  /** The engine works: its pulse is told from now on, also to those who watched the one before. */
  async begin(): Promise<void> {
    // who watched the one before sees no gate that is closed only because nobody has looked yet
    if (this.parts.feed.watchers() > 0) await this.firstLook();
    if (!this.closed) this.parts.feed.begin(this);
  }

  /** From now on this client gets the pulse, until it goes. Resolves with the first one told. */
  async watch(connection: Connection): Promise<void> {
    // a folder or a probe may have changed while nobody looked
    if (!this.outlook.looks()) await this.firstLook();
    this.parts.feed.add(connection);
  }

  unwatched(): void {
    this.outlook.rest();
  }

  /** The settings are other ones than the window read. */
  settingsChanged(): void {
    this.settings += 1;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.parts.feed.end(this);
    await this.outlook.close();
  }

  pulse(): Pulse {
    const { pipeline, program } = this.parts;
    const { tally, scheduler } = pipeline;
    const { gate, gateSince, revision } = this.outlook;
    return {
      pid: process.pid,
      program,
      gate,
      gateSince,
      paused: scheduler.isPaused(),
      intake: scheduler.intakePause(),
      activity: this.activity(),
      counts: { ...tally.counts, waiting: scheduler.waitingCount() },
      ended: { ...tally.ended },
      notice: restorationNotice(pipeline.ledger, this.parts.clock.now()),
      revision: {
        items: this.first + tally.moves,
        probes: this.first + revision.probes,
        folders: this.first + revision.folders,
        settings: this.first + this.settings,
      },
    };
  }

  private async firstLook(): Promise<void> {
    await Promise.race([this.outlook.begin(), sleep(FIRST_LOOK_MS)]);
  }

  private activity(): Activity | null {
    const { tally, scheduler } = this.parts.pipeline;
    const left = tally.counts.unsettled - scheduler.waitingCount();
    if (left <= 0) return null;
    const burst = tally.burst();
    const filesPerSecond = round(tally.files.perSecond());
    return {
      files: burst.settled + tally.counts.unsettled,
      settled: burst.settled,
      sized: burst.sized,
      bytes: burst.bytes,
      settledBytes: burst.settledBytes,
      bytesPerSecond: Math.round(tally.bytes.perSecond()),
      filesPerSecond,
      etaSeconds: filesPerSecond > 0 && !scheduler.isPaused() ? Math.ceil(left / filesPerSecond) : null,
      // whole seconds: a pulse goes out only when something that can be seen is another one
      stillMs: Math.floor(tally.stillMs() / 1000) * 1000,
    };
  }
}

function round(rate: number): number {
  return Math.round(rate * 10) / 10;
}
