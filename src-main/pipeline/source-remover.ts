import { backoffMs } from '../base/backoff';
import type { Clock } from '../base/clock';
import { messageOf } from '../base/errors';
import { waitAtMost } from '../base/wait-at-most';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { removeSource } from './remove-source';
import type { Transitions } from './transitions';

/** Sources that are removed at once in a round: fewer than there are threads for the disk, as each that hangs takes one. */
const AT_ONCE = 4;
/** How long whoever wants them gone first waits for them. */
const PROMPT_MS = 2000;
/** After a round that left some the next one comes so much later: soon at first, as a file that is open is soon closed. */
const REST = { firstMs: 10_000, mostMs: 10 * 60_000 } as const;

export interface SourceRemoverParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly clock: Clock;
  /** A source is gone that had been told to stay: what its submission says of it is another thing now. */
  readonly onLate: (submissionId: number) => void;
}

/** What one round over all waiting sources did. */
export interface SourceRound {
  readonly removed: number;
  /** Sources that stay for now. */
  readonly left: number;
  /** Why one of them stays. */
  readonly problem: string | null;
}

/** Removes the sources of moved files whose disposition is durable, and those that stayed again and again. */
export class SourceRemover {
  private readonly parts: SourceRemoverParts;
  private readonly inWork = new Map<number, Promise<string | null>>();
  /** What the custody log was told of a source that stays: once for each problem. */
  private readonly told = new Map<number, string>();
  private vainRounds = 0;
  private restUntil = Number.NEGATIVE_INFINITY;

  constructor(parts: SourceRemoverParts) {
    this.parts = parts;
  }

  /** Removes the source of an item, once, whoever else is at it. Resolves with why it stays, null when it is gone. */
  finish(id: number): Promise<string | null> {
    const running = this.inWork.get(id);
    if (running !== undefined) return running;
    const work = this.remove(this.parts.ledger.items.get(id)).finally(() => this.inWork.delete(id));
    this.inWork.set(id, work);
    return work;
  }

  /** Tries every source that waits; an abort ends it after those in work. */
  async finishAll(signal: AbortSignal | null = null): Promise<SourceRound> {
    let [removed, left] = [0, 0];
    let problem: string | null = null;
    for (let after = 0; signal?.aborted !== true; ) {
      const page = this.parts.ledger.items.withSourcePending({ after, limit: AT_ONCE });
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.id;
      for (const stays of await Promise.all(page.map(({ id }) => this.finish(id)))) {
        if (stays === null) removed += 1;
        else left += 1;
        problem = stays ?? problem;
      }
    }
    this.vainRounds = left === 0 ? 0 : removed > 0 ? 1 : this.vainRounds + 1;
    if (left > 0) {
      this.restUntil = this.parts.clock.monotonic() + backoffMs(this.vainRounds, REST.firstMs, REST.mostMs);
    }
    return { removed, left, problem };
  }

  /**
   * As finishAll, before anybody names files that are about to go; but those that hang longer than a moment, in a folder
   * on a network, keep nobody waiting.
   */
  async finishPrompt(): Promise<void> {
    await waitAtMost(PROMPT_MS, this.finishAll());
  }

  /** As finishAll; null when the last round was in vain and is not long enough ago. */
  async finishDue(signal: AbortSignal): Promise<SourceRound | null> {
    return this.parts.clock.monotonic() < this.restUntil ? null : this.finishAll(signal);
  }

  private async remove({ id, submissionId, ...item }: Item): Promise<string | null> {
    if (!item.sourcePending || item.sourcePath === null || item.sourceIdentity === null) return null;
    const { ledger, transitions, onLate } = this.parts;
    try {
      const outcome = await removeSource(item.sourcePath, item.sourceIdentity, id);
      const stayed = await ledger.commit(() => ledger.marks.sourceRemoved(id));
      if (outcome === 'replaced') await transitions.note(id, 'source-replaced', {});
      else if (stayed || this.told.has(id)) await transitions.note(id, 'source-removed', {});
      if (stayed) onLate(submissionId);
      this.told.delete(id);
      return null;
    } catch (error) {
      // the item is where it belongs; its source stays, which is told, and is tried again
      const problem = messageOf(error);
      const news = await ledger.commit(() => ledger.marks.sourceNotRemoved(id, problem));
      if (news && this.told.get(id) !== problem) await transitions.note(id, 'source-not-removed', { problem });
      this.told.set(id, problem);
      return problem;
    }
  }
}
