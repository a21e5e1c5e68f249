import { join } from 'node:path';
import type { Logger } from 'pino';
import { messageOf } from '../base/errors';
import { readdir, rm } from '../base/files';
import type { Ledger } from '../store/ledger';
import type { Transitions } from './transitions';

const PAGE = 500;
const REQUEUED_AT_ONCE = 200;

/**
 * What a dead engine had in its hands goes back to the queue: scanning > planned, leases void. Returns the ids of the
 * roots concerned, oldest first.
 */
export async function requeueInFlight(ledger: Ledger, transitions: Transitions): Promise<number[]> {
  const ids = ledger.items.scanning();
  for (let start = 0; start < ids.length; start += REQUEUED_AT_ONCE) {
    await transitions.requeue(ids.slice(start, start + REQUEUED_AT_ONCE));
  }
  const roots = new Set(ids.map((id) => ledger.items.get(id).rootId ?? id));
  return [...roots].sort((one, other) => one - other);
}

/**
 * Removes staged bytes that no row of the ledger names: copies that were half-made when an engine died, and copies
 * whose item ended before they could be removed. Returns how many.
 */
export async function sweepStaging(ledger: Ledger, stagingDir: string): Promise<number> {
  const named = new Set<string>();
  for (let after = 0; ; ) {
    const page = ledger.items.withStagedPath({ after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
    for (const { stagedPath } of page) named.add(stagedPath);
  }
  let removed = 0;
  for (const folder of await readdir(stagingDir, { withFileTypes: true })) {
    const path = join(stagingDir, folder.name);
    if (!folder.isDirectory()) continue;
    let kept = 0;
    for (const name of await readdir(path)) {
      if (named.has(join(path, name))) {
        kept += 1;
        continue;
      }
      await rm(join(path, name), { recursive: true, force: true });
      removed += 1;
    }
    if (kept === 0) await rm(path, { recursive: true, force: true });
  }
  return removed;
}

/** A place of ours as a removal needs it; see KeepingPlace. */
interface Remover {
  remove(location: Uint8Array, report: null): Promise<void>;
}

/**
 * Removes the kept bytes of items that were deleted or released, where an engine died before it could. What cannot be
 * removed is told, and tried again at the next start: the gate works all the same.
 */
export async function finishRemovals(
  ledger: Ledger,
  places: { readonly held: Remover; readonly quarantine: Remover },
  log: Logger,
): Promise<void> {
  for (const { itemId, place, location } of ledger.removals.all()) {
    try {
      await (place === 'held' ? places.held : places.quarantine).remove(location, null);
    } catch (error) {
      log.warn(
        { item: String(itemId), problem: messageOf(error) },
        'a file that was deleted or released is kept still',
      );
      continue;
    }
    await ledger.commit(() => ledger.removals.done(itemId));
  }
}
