import type { Logger } from 'pino';
import type { Clock } from '../base/clock';
import { messageOf } from '../base/errors';
import type { GateState } from '../contract/gate-state';
import type { Pipeline } from '../pipeline/pipeline';
import type { Watching } from './watching';

/** How often gate, probes and folders are looked at while somebody watches. */
const LOOK_MS = 2000;

export interface OutlookParts {
  readonly pipeline: Pipeline;
  readonly watching: Watching;
  readonly required: () => readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * What changes without a file moving: the gate's state, the probes' health, the watched folders. Looked at again and
 * again while somebody watches, and not at all while nobody does.
 */
export class Outlook {
  gate: GateState = { open: false, probe: '', reason: 'the required probes have not been tried yet' };
  /** Milliseconds since 1970 of the gate's last change that was seen. */
  gateSince: number;
  readonly revision = { probes: 0, folders: 0 };
  private seen = { probes: '', folders: '' };
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private readonly parts: OutlookParts;

  constructor(parts: OutlookParts) {
    this.parts = parts;
    this.gateSince = parts.clock.now();
  }

  looks(): boolean {
    return this.timer !== null;
  }

  /** Looks now and from now on. Resolves after the first look. */
  begin(): Promise<void> {
    this.timer ??= setInterval(() => void this.look(), LOOK_MS).unref();
    return this.look();
  }

  rest(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  async close(): Promise<void> {
    this.rest();
    await this.looking;
  }

  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { pipeline, watching, required, log } = this.parts;
    try {
      this.compare('folders', watching.status());
      this.takeGate(await pipeline.gate.state(required()));
      const ids = pipeline.probes.ids();
      this.compare('probes', await Promise.all(ids.map((id) => pipeline.probes.health(id))));
    } catch (error) {
      log.error({ problem: messageOf(error) }, 'the gate could not be looked at');
      this.takeGate({ open: false, probe: '', reason: `its state cannot be found out: ${messageOf(error)}` });
    }
  }

  private takeGate(gate: GateState): void {
    if (gate.open !== this.gate.open) this.gateSince = this.parts.clock.now();
    this.gate = gate;
  }

  private compare(what: 'probes' | 'folders', now: unknown): void {
    const text = JSON.stringify(now);
    if (this.seen[what] !== text) this.revision[what] += 1;
    this.seen[what] = text;
  }
}
