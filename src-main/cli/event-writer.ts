import { setTimeout } from 'node:timers/promises';

/** Events that a slow reader has not taken yet are kept up to this size; what comes then is counted, not kept. */
const MOST_UNREAD_BYTES = 32 * 1024 * 1024;
/** How long a reader is given to take the last events when the gateway ends. */
const FLUSH_MS = 5_000;
const FLUSH_LOOK_MS = 20;

/** Where events go: a stream that keeps what its reader has not taken yet. */
export interface EventOutput {
  readonly writableLength: number;
  write(text: string): boolean;
  on(event: 'error', listener: () => void): unknown;
  removeAllListeners(event: 'error'): unknown;
}

/**
 * Events as NDJSON, whole lines in order. Neither a slow reader nor one that is gone holds up or ends the gateway: the
 * events of a slow one wait in memory, bounded; beyond that they are left out, and an event `{"event":"left-out",
 * "count":n}` stands in their place as soon as there is room again.
 */
export class EventWriter {
  private readonly output: EventOutput;
  private gone = false;
  private leftOut = 0;

  constructor(output: EventOutput) {
    this.output = output;
    output.removeAllListeners('error'); // elsewhere a reader that is gone ends the command
    output.on('error', () => {
      this.gone = true;
    });
  }

  write(event: object): void {
    if (this.gone) return;
    if (this.output.writableLength >= MOST_UNREAD_BYTES) {
      this.leftOut += 1;
      return;
    }
    if (this.leftOut > 0) this.line({ event: 'left-out', count: this.leftOut });
    this.leftOut = 0;
    this.line(event);
  }

  /** Resolves when everything was read, the reader is gone, or it was given time enough; false when events are unread. */
  async flush(patienceMs = FLUSH_MS): Promise<boolean> {
    for (let waited = 0; !this.gone && this.output.writableLength > 0; waited += FLUSH_LOOK_MS) {
      if (waited >= patienceMs) return false;
      await setTimeout(FLUSH_LOOK_MS);
    }
    return true;
  }

  private line(event: object): void {
    this.output.write(`${JSON.stringify(event)}\n`);
  }
}
