import { Limiter } from '../../base/limiter';
import { busy } from './refusal';

const RETRY_AFTER_S = 2;

/** Room for detections: so many run at once, so many more wait, the others are told to come again. */
export class Slots {
  private readonly limiter: Limiter;
  private readonly mostWaiting: number;
  private readonly closing = new AbortController();
  private inside = 0;
  private working = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.limiter = new Limiter(atOnce);
    this.mostWaiting = atOnce + mostWaiting;
  }

  get running(): number {
    return this.working;
  }

  get waiting(): number {
    return this.inside - this.working;
  }

  /** Runs `work` when it is its turn. Throws a Refusal (503) without room or while draining, the reason when `signal` aborts. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.closing.signal.aborted || this.inside >= this.mostWaiting) {
      throw busy(this.closing.signal.aborted ? 'this worker is ending' : 'too many detections wait', RETRY_AFTER_S);
    }
    this.inside += 1;
    try {
      const release = await this.limiter.take(AbortSignal.any([signal, this.closing.signal]));
      this.working += 1;
      try {
        return await work();
      } finally {
        this.working -= 1;
        release();
      }
    } finally {
      this.inside -= 1;
    }
  }

  /** Those who wait are told to go elsewhere, and nobody is let in any more. */
  close(): void {
    this.closing.abort(busy('this worker is ending', RETRY_AFTER_S));
  }
}
