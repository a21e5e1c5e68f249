import type { Limits } from '../contract/settings';
import type { Gate } from './gate';
import type { ProbesNow } from './plan-now';
import type { ProbeSet } from './probe-set';

export interface HeldCausesParts {
  readonly gate: Gate;
  readonly probes: ProbeSet;
  readonly limitsOf: (profile: string) => Limits | null;
  readonly probesNow: ProbesNow;
}

/** Everything that may hold a file, as texts to be compared: while they are the same, what is held stays held. */
export class HeldCauses {
  private readonly parts: HeldCausesParts;

  constructor(parts: HeldCausesParts) {
    this.parts = parts;
  }

  /** Whether each probe can be asked and believed, and what it works with. */
  async ofProbes(): Promise<string> {
    const { gate, probes } = this.parts;
    const states = await Promise.all(
      probes.ids().map(async (id) => {
        const { open } = await gate.state([id]);
        const { engineVersion, databaseVersion } = await probes.health(id);
        return [id, open, engineVersion, databaseVersion];
      }),
    );
    return JSON.stringify(states);
  }

  /** What these profiles ask for. */
  ofProfiles(profiles: Iterable<string>): string {
    const { limitsOf, probesNow } = this.parts;
    return JSON.stringify([...profiles].map((profile) => [profile, limitsOf(profile), probesNow(profile)]));
  }
}
