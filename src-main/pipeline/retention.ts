import type { Clock } from '../base/clock';
import { DAY_MS } from '../contract/durations';
import type { Settings } from '../contract/settings';
import type { Ledger } from '../store/ledger';
import { ClockDoubt } from './clock-doubt';
import { compactLedger } from './compact-ledger';
import type { KeepingPlace } from './dispose';
import { pruneCache } from './prune-cache';
import { pruneCustody } from './prune-custody';
import { HistoryPruner } from './prune-history';
import { pruneQuarantine } from './prune-quarantine';
import { pruneTaken } from './prune-taken';
import type { Transitions } from './transitions';

const PRUNED_AT = 'history-pruned-at';

export interface RetentionParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly clock: Clock;
  readonly retention: Settings['retention'];
  readonly quarantine: Pick<KeepingPlace, 'remove'>;
}

/** What was forgotten or deleted in one round, by what it was. */
export interface Pruned {
  readonly cachedReports: number;
  readonly files: number;
  readonly quarantined: number;
  readonly custodyRows: number;
  readonly takenFiles: number;
  /** Given back to the disk. */
  readonly bytes: number;
}

/**
 * Once a day everything that is older than the settings want is removed, in steps so small that no file waits for them.
 * Nothing is while the clock is in doubt.
 */
export class Retention {
  private readonly parts: RetentionParts;
  private readonly doubt: ClockDoubt;
  private readonly history: HistoryPruner;

  constructor(parts: RetentionParts) {
    const { ledger, clock, quarantine } = parts;
    this.parts = parts;
    this.doubt = new ClockDoubt(ledger, clock);
    this.history = new HistoryPruner({ ledger, places: quarantine });
  }

  /** To be asked often; null when the last time was less than a day ago, or the clock is in doubt. An abort ends it early. Rejects with the first failure of any part. */
  async runIfDue(signal: AbortSignal): Promise<Pruned | null> {
    const { ledger, clock } = this.parts;
    if (!(await this.doubt.isBelieved())) return null;
    const now = clock.now();
    const since = now - Number(ledger.meta.get(PRUNED_AT) ?? 0);
    if (since >= 0 && since < DAY_MS) return null; // below 0: the clock has been set back
    ledger.room.useSmallCheckpoints(true);
    const failures: unknown[] = [];
    try {
      const pruned = await this.prune(now, signal, failures);
      if (!signal.aborted) await ledger.commit(() => ledger.meta.set(PRUNED_AT, String(now)));
      if (failures.length > 0) throw failures[0];
      return pruned;
    } finally {
      ledger.room.useSmallCheckpoints(false);
    }
  }

  /** Each part whatever becomes of the others, which are tried again a day later. */
  private async prune(now: number, signal: AbortSignal, failures: unknown[]): Promise<Pruned> {
    const { ledger, retention } = this.parts;
    const days = retention.quarantineDays;
    const edge = now - retention.historyDays * DAY_MS;
    const part = (pruned: Promise<number>) =>
      pruned.catch((error: unknown) => {
        failures.push(error);
        return 0;
      });
    return {
      cachedReports: await part(pruneCache(ledger, edge, signal)),
      files: await part(this.history.prune(edge, signal)),
      // behind the history, in which what is deleted now is seen until the next time
      quarantined: days === 0 ? 0 : await part(pruneQuarantine(this.parts, { now, days }, signal)),
      custodyRows: await part(pruneCustody(ledger, now, edge, signal)),
      takenFiles: await part(pruneTaken(ledger, signal)),
      bytes: await part(compactLedger(ledger, signal)),
    };
  }
}
