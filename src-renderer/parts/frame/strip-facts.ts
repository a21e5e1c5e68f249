import type { GateState } from '../../../src-main/contract/gate-state';
import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import type { Pulse } from '../../../src-main/contract/pulse';
import type { DestinationHealth } from '../../state/destination-health';

export interface ProbesFact {
  /** Of the required probes, how many can be relied on now. */
  readonly ready: number;
  readonly required: number;
  /** Databases of required probes that tell their time (milliseconds since 1970), the newest first. */
  readonly databases: readonly { readonly title: string; readonly at: number }[];
}

/** A probe that keeps the gate closed is not ready, whatever it says of itself: it overlooked its test file, or is not there. */
export function probesFact(probes: readonly ProbeStatus[], gate: GateState): ProbesFact {
  const closing = gate.open ? '' : gate.probe;
  const required = probes.filter((probe) => probe.required);
  const isMissing = closing !== '' && !required.some(({ id }) => id === closing);
  return {
    ready: required.filter(({ id, health }) => health.state === 'ready' && id !== closing).length,
    required: required.length + (isMissing ? 1 : 0),
    databases: required
      .map(({ title, health }) => ({ title, at: Date.parse(health.databaseDate ?? '') }))
      .filter(({ at }) => !Number.isNaN(at))
      .sort((one, other) => other.at - one.at),
  };
}

export interface DestinationsFact {
  /** Destinations that clean files of some profile go to. */
  readonly used: readonly DestinationHealth[];
  readonly away: readonly DestinationHealth[];
}

/** `names`: the destinations of all profiles; those that the engine does not know (yet) are left out. */
export function destinationsFact(healths: readonly DestinationHealth[], names: readonly string[]): DestinationsFact {
  const used = healths.filter(({ id }) => names.includes(id));
  return { used, away: used.filter(({ state }) => state !== 'ready') };
}

/** What the gate does with files now, and with how many. */
export interface WorkFact {
  readonly kind: 'paused' | 'moving' | 'waiting' | 'idle';
  readonly count: number;
}

export function workFact({ paused, counts }: Pick<Pulse, 'paused' | 'counts'>): WorkFact {
  const moving = Math.max(0, counts.unsettled - counts.waiting);
  if (paused) return { kind: 'paused', count: counts.unsettled };
  if (moving > 0) return { kind: 'moving', count: moving };
  return { kind: counts.waiting > 0 ? 'waiting' : 'idle', count: counts.waiting };
}
