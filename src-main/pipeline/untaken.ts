import type { Limits } from '../contract/settings';
import { SETTLED_STATES } from '../contract/states';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { readableSince } from './source-file';
import type { Transitions } from './transitions';

export interface UntakenFilesParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  /** Limits of a profile as configured now; null when there is no such profile any more. */
  readonly limitsOf: (profile: string) => Limits | null;
  /** Whether files are taken from this watched folder now: it is configured, there, and not paused. */
  readonly takesFrom: (watchFolder: string) => boolean;
}

/**
 * Held items of watched folders whose bytes could not be taken: too large, not readable, never still. The folder does
 * not offer such a file again, because it is known; so it is taken from here when the cause is gone, as the item that
 * it is. A file that gave way to a newer one ends its item: the newer one is another item.
 */
export class UntakenFiles {
  private readonly parts: UntakenFilesParts;
  /** Items that this engine took again, by the file's ctime then: the same file fails it only once. */
  private readonly triedAgain = new Map<number, bigint>();

  constructor(parts: UntakenFilesParts) {
    this.parts = parts;
  }

  /**
   * Looks at a held item without bytes. True when it is received again. Rejects with ILLEGAL_TRANSITION when it was
   * settled, or its file replaced, in the very moment.
   */
  async look(item: Item): Promise<boolean> {
    const { ledger, transitions, takesFrom } = this.parts;
    const { watchFolder } = ledger.submissions.get(item.submissionId).plan;
    if (watchFolder === null || item.sourceIdentity === null) return false;
    if (!ledger.taken.has(watchFolder, item.relativePath, item.sourceIdentity)) {
      await transitions.delete(item.id, 'its bytes were never taken, and a newer file of its path was');
      return false;
    }
    return takesFrom(watchFolder) && this.retake(item, { again: false });
  }

  /** What has ended needs no memory of tries. */
  forgetEnded(): void {
    const { items } = this.parts.ledger;
    for (const id of this.triedAgain.keys()) {
      const state = items.find(id)?.state ?? 'deleted';
      if (state !== 'held' && SETTLED_STATES.includes(state)) this.triedAgain.delete(id);
    }
  }

  /**
   * Received again when the very file can be read now and is within the limits; false when not. `again`: also when this
   * engine has tried that in vain already. Rejects as `look` does.
   */
  async retake(item: Item, { again }: { again: boolean }): Promise<boolean> {
    const { ledger, transitions, limitsOf } = this.parts;
    const { id, sourcePath, sourceIdentity: identity } = item;
    const { watchFolder, profile } = ledger.submissions.get(item.submissionId).plan;
    const limits = limitsOf(profile);
    if (watchFolder === null || sourcePath === null || identity === null || limits === null) return false;
    if (identity.size > limits.fileBytes) return false;
    const since = await readableSince(sourcePath, identity);
    if (since === null || (!again && this.triedAgain.get(id) === since)) return false;
    this.triedAgain.set(id, since);
    await transitions.retake(item, watchFolder, identity, limits);
    return true;
  }
}
