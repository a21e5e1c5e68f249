import type { Pulse } from '../contract/pulse';
import type { Connection } from './channel-server';

/** At most four pulses a second. */
const EVERY_MS = 250;

/** Tells every watcher the pulse when it is another one than the last. Costs nothing while nobody watches. */
export class PulseFeed {
  private readonly connections = new Set<Connection>();
  private readonly read: () => Pulse;
  private timer: NodeJS.Timeout | null = null;
  private told = '';

  constructor(read: () => Pulse) {
    this.read = read;
  }

  watchers(): number {
    return this.connections.size;
  }

  /** Tells the newcomer at once. `onGone` is called when its connection has ended and it is forgotten. */
  add(connection: Connection, onGone: () => void): void {
    const pulse = this.read();
    if (!this.connections.has(connection)) {
      this.connections.add(connection);
      connection.onClose(() => {
        this.connections.delete(connection);
        if (this.connections.size === 0) this.rest();
        onGone();
      });
    }
    connection.tell('pulse', pulse);
    if (this.connections.size > 0) this.timer ??= setInterval(() => this.tell(), EVERY_MS).unref();
  }

  close(): void {
    this.connections.clear();
    this.rest();
  }

  private tell(): void {
    const pulse = this.read();
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
