import type { Database } from 'better-sqlite3';

/** Facts about an item that are no state: retries of its sink, its source file waiting to be removed, its staged bytes. */
export class ItemMarks {
  private readonly delayed;
  private readonly sourceGone;
  private readonly staged;
  private readonly sourceStays;
  private readonly unstaged;
  private readonly droppedTree;
  private readonly begunAlone;
  private readonly endedAlone;

  constructor(db: Database) {
    this.delayed = db.prepare<[number, string, number]>(
      'UPDATE item SET retry_at = ?, problem = ?, sink_attempts = sink_attempts + 1 WHERE id = ?',
    );
    this.sourceGone = db.prepare<[number]>('UPDATE item SET source_pending = 0 WHERE id = ?');
    this.staged = db
      .prepare<[number, number], string>(
        'SELECT staged_path FROM item WHERE (id = ? OR root_id = ?) AND staged_path IS NOT NULL',
      )
      .pluck();
    this.sourceStays = db.prepare<[string, number]>('UPDATE item SET problem = coalesce(problem, ?) WHERE id = ?');
    this.unstaged = db.prepare<[number, number]>('UPDATE item SET staged_path = NULL WHERE id = ? OR root_id = ?');
    this.droppedTree = db.prepare<[number]>('DELETE FROM item WHERE root_id = ?');
    this.begunAlone = db.prepare<[number]>('UPDATE item SET runs_alone = runs_alone + 1 WHERE id = ?');
    this.endedAlone = db.prepare<[number]>('UPDATE item SET runs_alone = 0 WHERE id = ?');
  }

  /** From now on it is the only one in work: should the engine die, it was on this item. */
  beginAlone(id: number): void {
    this.begunAlone.run(id);
  }

  /** The engine outlived it. */
  endAlone(id: number): void {
    this.endedAlone.run(id);
  }

  /** The destination could not take it: try again at `at`. */
  delaySink(id: number, at: number, problem: string): void {
    this.delayed.run(at, problem, id);
  }

  sourceRemoved(id: number): void {
    this.sourceGone.run(id);
  }

  /** The source of a moved item could not be removed: told to whoever asks about the item. */
  sourceNotRemoved(id: number, problem: string): void {
    this.sourceStays.run(problem, id);
  }

  /** The staged bytes of a root and all its children are needed no more. Returns their paths, to be removed. */
  unstageTree(root: number): string[] {
    const paths = this.staged.all(root, root);
    this.unstaged.run(root, root);
    return paths;
  }

  /** The children of a root that is scanned anew: they are unpacked again. */
  dropTree(root: number): void {
    this.droppedTree.run(root);
  }
}
