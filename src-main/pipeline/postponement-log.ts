import type { Logger } from 'pino';
import type { Item } from '../store/item-row';

/** One and the same problem is logged this often at most, however many files wait for it to go away. */
const TELL_AGAIN_MS = 60_000;
const MOST_TOLD = 100;

/** A gateway that nobody looks at says that files wait, and for what. */
export class PostponementLog {
  private readonly told = new Map<string, number>();
  private readonly log: Logger;

  constructor(log: Logger) {
    this.log = log;
  }

  tell(submission: string, item: Item, problem: string): void {
    const now = performance.now();
    if (now - (this.told.get(problem) ?? Number.NEGATIVE_INFINITY) < TELL_AGAIN_MS) return;
    if (this.told.size >= MOST_TOLD) this.told.clear();
    this.told.set(problem, now);
    this.log.warn({ submission, item: String(item.id), problem }, 'a file waits and is tried again');
  }
}
