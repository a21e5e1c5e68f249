import { setImmediate } from 'node:timers/promises';
import { DropgateError } from '../base/errors';
import { DAY_MS } from '../contract/durations';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { KeepingPlace } from './dispose';
import type { Transitions } from './transitions';

const PAGE = 200;

export interface QuarantinePrunerParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly quarantine: Pick<KeepingPlace, 'remove'>;
}

/**
 * Deletes what was quarantined more than `days` days before `now`, in the way and with the words of the custody log in
 * which a person does. Returns how many. An abort ends it early.
 */
export async function pruneQuarantine(
  { ledger, transitions, quarantine }: QuarantinePrunerParts,
  { now, days }: { readonly now: number; readonly days: number },
  signal: AbortSignal,
): Promise<number> {
  const edge = now - days * DAY_MS;
  let deleted = 0;
  for (let after = 0; ; ) {
    const page = ledger.items.inState('quarantined', { after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return deleted;
    after = last.id;
    for (const item of page.filter(({ settledAt }) => settledAt !== null && settledAt < edge)) {
      if (signal.aborted) return deleted;
      if (!(await hasDeleted(transitions, item, days))) continue;
      await quarantine.remove(item.destination, null);
      await ledger.commit(() => ledger.removals.done(item.id));
      deleted += 1;
    }
    await setImmediate();
  }
}

/** False when a person decided about it in the very moment. */
async function hasDeleted(transitions: Transitions, { id }: Item, days: number): Promise<boolean> {
  try {
    await transitions.delete(id, `it was kept for ${days} days, as retention.quarantineDays says`);
    return true;
  } catch (error) {
    if (error instanceof DropgateError && error.code === 'ILLEGAL_TRANSITION') return false;
    throw error;
  }
}
