import { DropgateError } from '../base/errors';
import type { LedgerRescue } from './ledger-rescue';

/**
 * Hears of damage in the ledger from whoever meets it, and leaves a mark for the next start. Until `begin`, damage is
 * kept for the one who starts the engine; from then on `onDamage` is told, once, which ends the engine.
 */
export class DamageWatch {
  private readonly rescue: LedgerRescue;
  private readonly onDamage: (error: DropgateError) => void;
  private first: DropgateError | null = null;
  private begun = false;

  constructor(rescue: LedgerRescue, onDamage: (error: DropgateError) => void) {
    this.rescue = rescue;
    this.onDamage = onDamage;
    process.on('uncaughtExceptionMonitor', this.died);
  }

  /** A page of the ledger cannot be read. */
  readonly met = (error: DropgateError): void => {
    if (this.first !== null) return;
    this.first = error;
    try {
      this.rescue.noteDamage('page');
    } finally {
      if (this.begun) this.onDamage(error); // also where there is no room for the mark
    }
  };

  /** The engine works. Throws what was met before. */
  begin(): void {
    if (this.first !== null) throw this.first;
    this.begun = true;
  }

  end(): void {
    process.off('uncaughtExceptionMonitor', this.died);
  }

  /** The process ends because of a row that nobody could do without, and would do so again at each start. */
  private readonly died = (error: unknown): void => {
    if (error instanceof DropgateError && error.code === 'LEDGER_CORRUPT') this.rescue.noteDamage('row');
  };
}
