/** A database as the group commit sees it: the three words of a transaction. */
export interface Transactional {
  begin(): void;
  commit(): void;
  rollback(): void;
}

interface Entry {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A group of more pieces than this is load; then the next one waits this many times the commit's own time, capped. */
const FEW = 8;
const PATIENCE = 3;
const MOST_DELAY_MS = 30;

/**
 * Many small pieces of work, one transaction, one fsync. Pieces run in the order they were handed in. A piece that
 * throws is rolled back alone and rejects alone; its neighbours are run again without it, so a piece must have no
 * effect outside the database. A failed commit rejects every piece of its group: nothing of it is durable.
 */
export class GroupCommit {
  private queue: Entry[] = [];
  private timer: NodeJS.Timeout | null = null;
  private readonly database: Transactional;
  private readonly options: { readonly delayMs: number; readonly most: number };
  private delayMs: number;

  /**
   * `delayMs`: how long the first piece of a group waits for company, at least; under load it waits a few times as long
   * as the last commit took, so that a slow disk makes larger groups. `most`: pieces of one group.
   */
  constructor(database: Transactional, options: { delayMs: number; most: number }) {
    this.delayMs = options.delayMs;
    this.database = database;
    this.options = options;
  }

  /** Resolves with what `work` returned once it is durable. */
  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: never) => void, reject });
      if (this.queue.length >= this.options.most) this.flush();
      else this.timer ??= setTimeout(() => this.flush(), this.delayMs);
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const group = this.queue;
    if (group.length === 0) return;
    this.queue = [];
    const started = performance.now();
    if (!this.commitTogether(group)) for (const entry of group) this.commitAlone(entry);
    const took = performance.now() - started;
    const patience = group.length > FEW ? took * PATIENCE : 0;
    this.delayMs = Math.min(MOST_DELAY_MS, Math.max(this.options.delayMs, patience));
  }

  /** False when a piece threw: everything is rolled back and nobody was told anything. */
  private commitTogether(group: readonly Entry[]): boolean {
    const results: unknown[] = [];
    try {
      this.database.begin();
      for (const entry of group) results.push(entry.work());
    } catch {
      return !this.undo(group); // each piece is run again alone, and the one at fault hears its own error there
    }
    try {
      this.database.commit();
    } catch (error) {
      if (this.undo(group)) for (const entry of group) entry.reject(error);
      return true;
    }
    for (const [index, entry] of group.entries()) entry.resolve(results[index] as never);
    return true;
  }

  private commitAlone(entry: Entry): void {
    try {
      this.database.begin();
      const result = entry.work();
      this.database.commit();
      entry.resolve(result as never);
    } catch (error) {
      if (this.undo([entry])) entry.reject(error);
    }
  }

  /** Rolls back. False when even that failed: then everybody in the group has heard why. */
  private undo(group: readonly Entry[]): boolean {
    try {
      this.database.rollback();
      return true;
    } catch (error) {
      for (const entry of group) entry.reject(error);
      return false;
    }
  }
}
