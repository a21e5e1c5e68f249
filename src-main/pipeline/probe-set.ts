import type { Clock } from '../base/clock';
import { messageOf } from '../base/errors';
import { Limiter } from '../base/limiter';
import { notReady } from '../base/not-ready';
import type { ProbeHealth } from '../contract/probe-report';
import type { Probe } from '../probes/probe';

/** How long an answer of describe() is believed before it is asked again, and how long describe() may take. */
const HEALTH_TTL_MS = 2000;
const DESCRIBE_TIMEOUT_MS = 30_000;

/** A probe at work: itself, its share of concurrency, and what it last said of its health. */
export interface ActiveProbe {
  readonly probe: Probe;
  readonly limiter: Limiter;
}

interface KnownHealth {
  readonly health: ProbeHealth;
  readonly until: number;
}

/** The probes of an engine by id. Health is asked at most every two seconds, whoever wants to know. */
export class ProbeSet {
  private readonly probes = new Map<string, ActiveProbe>();
  private readonly known = new Map<string, KnownHealth>();
  private readonly asking = new Map<string, Promise<ProbeHealth>>();
  private readonly clock: Clock;

  /** Throws when two probes have one id. */
  constructor(probes: readonly Probe[], clock: Clock) {
    this.clock = clock;
    for (const probe of probes) {
      const { id, concurrency } = probe.manifest;
      if (this.probes.has(id)) throw new Error(`two probes are called ${id}`);
      this.probes.set(id, { probe, limiter: new Limiter(concurrency) });
    }
  }

  ids(): string[] {
    return [...this.probes.keys()];
  }

  get(id: string): ActiveProbe | null {
    return this.probes.get(id) ?? null;
  }

  /** Whether a probe makes members of what it scans. */
  unpacks(id: string): boolean {
    return this.probes.get(id)?.probe.manifest.unpacks === true;
  }

  /** What health() would say at once, without asking the probe: null when it would have to. */
  knownHealth(id: string): ProbeHealth | null {
    const known = this.known.get(id);
    return known !== undefined && known.until > this.clock.monotonic() ? known.health : null;
  }

  /** Never rejects; a probe that is not there, fails or is silent is not ready. `fresh` asks again now. */
  health(id: string, fresh = false): Promise<ProbeHealth> {
    const active = this.probes.get(id);
    if (active === undefined) return Promise.resolve(notReady(`there is no probe ${id}`));
    const known = fresh ? null : this.knownHealth(id);
    if (known !== null) return Promise.resolve(known);
    const asking = this.asking.get(id);
    if (asking !== undefined) return asking;
    const question = this.ask(id, active.probe).finally(() => this.asking.delete(id));
    this.asking.set(id, question);
    return question;
  }

  /** The next health() asks again: a scan has just shown that what is known is out of date. */
  doubt(id: string): void {
    this.known.delete(id);
  }

  async close(): Promise<void> {
    await Promise.all([...this.probes.values()].map(({ probe }) => probe.close()));
  }

  private async ask(id: string, probe: Probe): Promise<ProbeHealth> {
    const health = await describe(probe);
    this.known.set(id, { health, until: this.clock.monotonic() + HEALTH_TTL_MS });
    return health;
  }
}

async function describe(probe: Probe): Promise<ProbeHealth> {
  const signal = AbortSignal.timeout(DESCRIBE_TIMEOUT_MS);
  try {
    const silence = new Promise<ProbeHealth>((resolve) => {
      signal.addEventListener('abort', () => resolve(notReady(`${probe.manifest.title} does not answer`)), {
        once: true,
      });
    });
    return await Promise.race([probe.describe(signal), silence]);
  } catch (error) {
    return notReady(messageOf(error));
  }
}
