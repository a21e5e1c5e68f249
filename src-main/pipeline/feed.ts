import type { Item } from '../store/item-row';
import type { Items } from '../store/items';

const PAGE = 128;

/**
 * The ledger as a queue: items in their order, a page at a time. While nothing new may be taken only those that have
 * their bytes come, and the others keep their place.
 */
export class Feed {
  private page: Item[] = [];
  private cursor = 0;
  /** The same for items with bytes, while intake pauses; null while it does not. */
  private paused: { cursor: number; isThrough: boolean; page: Item[] } | null = null;
  private readonly items: Items;

  constructor(items: Items) {
    this.items = items;
  }

  /** Something was read that nobody has taken. */
  get isReading(): boolean {
    return this.page.length > 0 && this.paused === null;
  }

  /** The next item for which `isTaken` is false; null when there is none. */
  next(isTaken: (id: number) => boolean, intakePaused: boolean): Item | null {
    if (intakePaused) return this.nextWithBytes(isTaken);
    this.paused = null;
    for (;;) {
      const item = this.page.shift();
      if (item === undefined) {
        const read = this.items.toWork({ after: this.cursor, limit: PAGE });
        const last = read.at(-1);
        if (last === undefined) return null;
        this.page = fresh(read, isTaken);
        if (this.page.length === 0) this.cursor = last.id;
        continue;
      }
      this.cursor = item.id;
      if (!isTaken(item.id)) return item;
    }
  }

  /** This item is in the queue again. */
  goBackTo(id: number): void {
    this.cursor = Math.min(this.cursor, id - 1);
    this.readAnew();
    if (this.paused === null) return;
    this.paused.cursor = Math.min(this.paused.cursor, id - 1);
    this.paused.isThrough = false;
  }

  /** What was read ahead may have changed. */
  readAnew(): void {
    this.page = [];
    if (this.paused !== null) this.paused.page = [];
  }

  private nextWithBytes(isTaken: (id: number) => boolean): Item | null {
    this.page = [];
    this.paused ??= { cursor: this.cursor, isThrough: false, page: [] };
    while (!this.paused.isThrough) {
      const item = this.paused.page.shift();
      if (item === undefined) {
        const read = this.items.toWorkWithBytes({ after: this.paused.cursor, limit: PAGE });
        this.paused.isThrough = read.length === 0;
        this.paused.page = fresh(read, isTaken);
        if (this.paused.page.length === 0) this.paused.cursor = read.at(-1)?.id ?? this.paused.cursor;
        continue;
      }
      this.paused.cursor = item.id;
      if (!isTaken(item.id)) return item;
    }
    return null;
  }
}

/** What is in work now may have ended, or be parked, when its turn comes: its row is never used later. */
function fresh(read: readonly Item[], isTaken: (id: number) => boolean): Item[] {
  return read.filter(({ id }) => !isTaken(id));
}
