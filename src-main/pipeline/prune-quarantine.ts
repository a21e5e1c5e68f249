import { setImmediate } from 'node:timers/promises';
import { DropgateError } from '../base/errors';
import { DAY_MS } from '../contract/durations';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { KeepingPlace } from './dispose';
import type { Transitions } from './transitions';

const PAGE = 200;
/** No Dropgate quarantined a file before: an earlier time was stamped by a clock that was behind. */
const EARLIEST = Date.UTC(2026, 0, 1);
const SEEN = 'quarantined-since-';

export interface QuarantinePrunerParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly quarantine: Pick<KeepingPlace, 'remove'>;
}

/**
 * Deletes what was quarantined more than `days` days before `now`, in the way and with the words of the custody log in
 * which a person does. The days of a file with a time that cannot be begin when this is first seen, by a clock that is
 * right. Returns how many. An abort ends it early.
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
    for (const item of page) {
      if (signal.aborted) return deleted;
      if ((await quarantinedAt(ledger, item, now)) >= edge) continue;
      if (!(await hasDeleted(transitions, item, days))) continue;
      await quarantine.remove(item.destination, null);
      await ledger.commit(() => {
        ledger.removals.done(item.id);
        ledger.meta.clear(`${SEEN}${item.id}`);
      });
      deleted += 1;
    }
    await setImmediate();
  }
}

/** Since when it lies there, as far as is known (ms since 1970). */
async function quarantinedAt(ledger: Ledger, { id, settledAt }: Item, now: number): Promise<number> {
  if (settledAt !== null && (settledAt >= EARLIEST || now < EARLIEST)) return settledAt;
  const seen = ledger.meta.get(`${SEEN}${id}`);
  if (seen !== null) return Number(seen);
  await ledger.commit(() => ledger.meta.set(`${SEEN}${id}`, String(now)));
  return now;
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
