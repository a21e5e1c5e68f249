import type { Pulse } from '../contract/pulse';
import type { Connection } from './channel-server';

/** At most four pulses a second. */
const EVERY_MS = 250;

/** Where the pulse comes from; changes with every engine that is composed anew. */
export interface PulseGiver {
  pulse(): Pulse;
  /** Nobody watches any more. */
  unwatched(): void;
}

/**
 * Tells every watcher the pulse when it is another one than the last. Watchers outlive a reload of the engine: they stay
 * connected and go on with the next giver. Costs nothing while nobody watches.
 */
export class PulseFeed {
  private readonly connections = new Set<Connection>();
  private giver: PulseGiver | null = null;
  private timer: NodeJS.Timeout | null = null;
  private told = '';

  watchers(): number {
    return this.connections.size;
  }

  /** From now on pulses come from here; those who watch already are told the next one soon. */
  begin(giver: PulseGiver): void {
    this.giver = giver;
    if (this.connections.size > 0) this.beat();
  }

  /** `giver` ends; who watches waits for the next. */
  end(giver: PulseGiver): void {
    if (this.giver !== giver) return;
    this.giver = null;
    this.rest();
  }

  /** Tells the newcomer at once. */
  add(connection: Connection): void {
    if (this.giver !== null) connection.tell('pulse', this.giver.pulse());
    if (this.connections.has(connection)) return;
    this.connections.add(connection);
    this.beat();
    connection.onClose(() => {
      this.connections.delete(connection);
      if (this.connections.size > 0) return;
      this.rest();
      this.giver?.unwatched();
    });
  }

  private beat(): void {
    this.timer ??= setInterval(() => this.tell(), EVERY_MS).unref();
  }

  private tell(): void {
    if (this.giver === null) return;
    const pulse = this.giver.pulse();
    const text = JSON.stringify(pulse);
    if (text === this.told) return;
    this.told = text;
    for (const connection of this.connections) connection.tell('pulse', pulse);
  }

  private rest(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}
