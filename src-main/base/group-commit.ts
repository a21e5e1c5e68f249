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

  /** `delayMs`: how long the first piece of a group waits for company; `most`: pieces of one group. */
  constructor(database: Transactional, options: { delayMs: number; most: number }) {
    this.database = database;
    this.options = options;
  }

  /** Resolves with what `work` returned once it is durable. */
  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: never) => void, reject });
      if (this.queue.length >= this.options.most) this.flush();
      else this.timer ??= setTimeout(() => this.flush(), this.options.delayMs);
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const group = this.queue;
    if (group.length === 0) return;
    this.queue = [];
    if (this.commitTogether(group)) return;
    for (const entry of group) this.commitAlone(entry);
  }

  /** False when a piece threw: everything is rolled back and nobody was told anything. */
  private commitTogether(group: readonly Entry[]): boolean {
    const results: unknown[] = [];
    try {
      this.database.begin();
      for (const entry of group) results.push(entry.work());
      this.database.commit();
    } catch {
      this.database.rollback();
      return false; // each piece is run again alone, and the one at fault hears its own error there
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
      this.database.rollback();
      entry.reject(error);
    }
  }
}
