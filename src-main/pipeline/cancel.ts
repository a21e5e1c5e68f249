import { DropgateError } from '../base/errors';
import { rm } from '../base/files';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { Scheduler } from './scheduler';
import type { Transitions } from './transitions';
import { decideUntaken } from './verdict';

const PAGE = 500;

export interface CancellerParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly scheduler: Scheduler;
  /** Something of this submission was cancelled: what was counted of it is out of date. */
  readonly onCancelled: (submissionId: number) => void;
}

/** Stops what a person does not want any more. What is decided already is not touched: it goes its way. */
export class Canceller {
  private readonly parts: CancellerParts;
  private readonly verdict = decideUntaken({ reason: 'cancelled', detail: 'it was cancelled' });

  constructor(parts: CancellerParts) {
    this.parts = parts;
  }

  /** All that is undecided of a submission. Returns how many were cancelled. */
  async submission(id: number): Promise<number> {
    const { ledger, scheduler, onCancelled } = this.parts;
    scheduler.abort(id);
    let cancelled = 0;
    for (let after = 0; ; ) {
      const page = ledger.items.open(id, { after, limit: PAGE });
      const last = page.at(-1);
      onCancelled(id);
      if (last === undefined) return cancelled;
      after = last.id;
      for (const item of page.filter(({ state }) => state !== 'disposing')) {
        if (await this.settle(item.id)) cancelled += 1;
      }
    }
  }

  /** One file. False when it was decided already. */
  async item({ id, state, submissionId }: Item): Promise<boolean> {
    if (state === 'disposing') return false; // it is on its way out: its work is not stopped in the middle
    this.parts.scheduler.abortItem(id);
    const cancelled = await this.settle(id);
    this.parts.onCancelled(submissionId);
    return cancelled;
  }

  /** False when it was decided in the very last moment. */
  private async settle(id: number): Promise<boolean> {
    let staged: string[];
    try {
      staged = await this.parts.transitions.cancel(id, this.verdict);
    } catch (error) {
      if (error instanceof DropgateError && error.code === 'ILLEGAL_TRANSITION') return false;
      throw error;
    }
    this.parts.scheduler.forget(id);
    for (const path of staged) await rm(path, { force: true });
    return true;
  }
}
