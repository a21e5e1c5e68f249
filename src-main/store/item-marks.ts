import type { Database } from 'better-sqlite3';

const SOURCE_STAYS = 'its source could not be removed: ';
/** A member that is unpacked again: its bytes, and what it counted in the limits of its tree. */
export interface DroppedMember {
  readonly stagedPath: string;
  readonly size: number;
}

/** Facts about an item that are no state: its source file waiting to be removed, its staged bytes. */
export class ItemMarks {
  private readonly sourceGone;
  private readonly staged;
  private readonly problemOf;
  private readonly problemIs;
  private readonly unstaged;
  private readonly droppedTree;
  private readonly begunAlone;
  private readonly endedAlone;
  private readonly droppedMembers;

  constructor(db: Database) {
    this.sourceGone = db.prepare<[number]>('UPDATE item SET source_pending = 0 WHERE id = ?');
    this.problemOf = db.prepare<[number], string | null>('SELECT problem FROM item WHERE id = ?').pluck();
    this.problemIs = db.prepare<[string | null, number]>('UPDATE item SET problem = ? WHERE id = ?');
    this.staged = db
      .prepare<[number, number], string>(
        'SELECT staged_path FROM item WHERE (id = ? OR root_id = ?) AND staged_path IS NOT NULL',
      )
      .pluck();
    this.unstaged = db.prepare<[number, number]>(
      'UPDATE item SET staged_path = NULL WHERE (id = ? OR root_id = ?) AND staged_path IS NOT NULL',
    );
    this.droppedMembers = db.prepare<[number, string | null, string | null, number], DroppedMember>(
      `DELETE FROM item WHERE parent_id = ? AND (? IS NULL OR unpacked_by = ?)
         AND unpacked_by IN (SELECT probe FROM job WHERE item_id = ? AND state = 'running')
         RETURNING staged_path AS stagedPath, size`,
    );
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

  /** The source of a moved item is gone. True when the item had said that it stays. */
  sourceRemoved(id: number): boolean {
    this.sourceGone.run(id);
    const stayed = this.problemOf.get(id)?.startsWith(SOURCE_STAYS) === true;
    if (stayed) this.problemIs.run(null, id);
    return stayed;
  }

  /**
   * The source of a moved item could not be removed: told to whoever asks about the item, unless it has a problem of
   * another kind. False when it said the same before.
   */
  sourceNotRemoved(id: number, cause: string): boolean {
    const before = this.problemOf.get(id) ?? null;
    const now = `${SOURCE_STAYS}${cause}`;
    if (before === now) return false;
    if (before === null || before.startsWith(SOURCE_STAYS)) this.problemIs.run(now, id);
    return true;
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

  /** Members that jobs of an item have unpacked which still run (all, or the one of `probe`): they are unpacked again. */
  dropUnfinished(parent: number, probe: string | null): DroppedMember[] {
    return this.droppedMembers.all(parent, probe, probe, parent);
  }
}
