import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../base/clock';
import type { Ledger } from '../store/ledger';

/** Files that are made ready at a stretch: a few milliseconds. */
const STEP = 200;
/** While files move, nothing is done until so many wait: reading their rows takes a search as long as all the rest. */
const MOST_BEHIND = 20_000;
/** Rest after a step, as a multiple of the time that it took: none of it is noticed beside the work. */
const REST = { idle: 1, busy: 10 } as const;

export interface SearchFillerParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Files are worked on now. */
  readonly isBusy: () => boolean;
}

/** Makes files that ended ready to be found by a text, behind the work, so that no file waits for it. */
export class SearchFiller {
  private readonly parts: SearchFillerParts;

  constructor(parts: SearchFillerParts) {
    this.parts = parts;
  }

  /** Goes on until nothing is left, or until files move and not too many wait. An abort ends it early. */
  async run(signal: AbortSignal): Promise<void> {
    const { ledger, clock, isBusy } = this.parts;
    const { search } = ledger;
    if (search === null) return;
    while (!signal.aborted) {
      const busy = isBusy();
      const due = search.due();
      if (due === 0 || (busy && due <= MOST_BEHIND)) return;
      const begun = clock.monotonic();
      await ledger.commit(() => search.fill(STEP));
      await setTimeout((clock.monotonic() - begun) * (busy ? REST.busy : REST.idle));
    }
  }
}
