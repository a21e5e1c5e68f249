import { Refusal } from './refusal';

/** Finished detections that are remembered; beyond, the oldest are forgotten. */
const MOST_FINISHED = 10_000;
/** Ids that cannot be used again; beyond, the oldest can. */
const MOST_USED = 100_000;

/** Why a running detection was stopped: somebody deleted it. */
export class Deleted extends Error {
  override name = 'Deleted';
}

/** State of one detection: running, or whether its commands succeeded. */
export type Known = { readonly kind: 'running' } | { readonly kind: 'scanned'; readonly ok: boolean };

/** RUNNING and SCANNED of the documents. An id is used once: a request that is sent again is refused. */
export class Records {
  private readonly running = new Map<string, AbortController>();
  private readonly scanned = new Map<string, boolean>();
  private readonly used = new Set<string>();

  /** Throws a Refusal (409) for an id that runs or was used. The signal aborts when it is deleted. */
  begin(id: string): AbortSignal {
    if (this.running.has(id) || this.used.has(id)) throw new Refusal(409, 'this ID was used already');
    const stop = new AbortController();
    this.running.set(id, stop);
    return stop.signal;
  }

  /** It ran to its end. One that was deleted meanwhile stays deleted. */
  end(id: string, ok: boolean): void {
    if (!this.running.delete(id)) return;
    this.scanned.set(id, ok);
    this.useUp(id);
    const [oldest] = this.scanned.keys();
    if (oldest !== undefined && this.scanned.size > MOST_FINISHED) this.scanned.delete(oldest);
  }

  /** It was not done, and may be asked for again. */
  forget(id: string): void {
    this.running.delete(id);
  }

  find(id: string): Known | null {
    if (this.running.has(id)) return { kind: 'running' };
    const ok = this.scanned.get(id);
    return ok === undefined ? null : { kind: 'scanned', ok };
  }

  /** What it was; null: unknown. A running one is stopped. */
  delete(id: string): Known | null {
    const known = this.find(id);
    if (known?.kind === 'running') {
      this.running.get(id)?.abort(new Deleted('deleted while it ran'));
      this.running.delete(id);
      this.useUp(id);
    }
    this.scanned.delete(id);
    return known;
  }

  all(): (readonly [string, Known])[] {
    const running = [...this.running.keys()].map((id) => [id, { kind: 'running' }] as const);
    return [...running, ...[...this.scanned].map(([id, ok]) => [id, { kind: 'scanned', ok }] as const)];
  }

  private useUp(id: string): void {
    this.used.add(id);
    const [oldest] = this.used;
    if (oldest !== undefined && this.used.size > MOST_USED) this.used.delete(oldest);
  }
}
