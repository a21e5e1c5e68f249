import type { z } from 'zod';
import { EVENT_CHANNEL } from '../contract/channels';
import type { Pulse } from '../contract/pulse';
import type { EngineState, SHELL_EVENTS } from '../contract/shell-schema';

/** The part of a page that hears. */
export interface Listener {
  send(channel: string, message: unknown): void;
}

type Told<Event extends keyof typeof SHELL_EVENTS> = z.output<(typeof SHELL_EVENTS)[Event]>;

/**
 * Events for the window's page. A page that is being loaded misses nothing: it gets the last pulse and state, and what
 * was meant for a person meanwhile.
 */
export class WindowEvents {
  private listener: Listener | null = null;
  private pulse: Pulse | null = null;
  private engine: EngineState | null = null;
  private kept: { event: 'navigate' | 'paths'; data: unknown }[] = [];

  /** The page hears from now on. */
  open(listener: Listener): void {
    this.listener = listener;
    if (this.engine !== null) this.send('engine', this.engine);
    if (this.pulse !== null) this.send('pulse', this.pulse);
    for (const { event, data } of this.kept.splice(0)) this.send(event, data);
  }

  /** The page is gone, or is being loaded again. */
  close(): void {
    this.listener = null;
  }

  tellPulse(pulse: Pulse): void {
    this.pulse = pulse;
    this.send('pulse', pulse);
  }

  tellEngine(state: EngineState): void {
    this.engine = state;
    if (state.kind !== 'running') this.pulse = null; // what an engine said that is gone is no news
    this.send('engine', state);
  }

  navigate(data: Told<'navigate'>): void {
    this.keepOrSend('navigate', data);
  }

  paths(data: Told<'paths'>): void {
    if (data.paths.length > 0) this.keepOrSend('paths', data);
  }

  private keepOrSend(event: 'navigate' | 'paths', data: unknown): void {
    if (this.listener === null) this.kept.push({ event, data });
    else this.send(event, data);
  }

  private send(event: string, data: unknown): void {
    this.listener?.send(EVENT_CHANNEL, { event, data });
  }
}
