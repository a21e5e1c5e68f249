import type { Database } from 'better-sqlite3';

/** What a list shows of an item beside its own row. */
export class ItemExtras {
  private readonly worst;
  private readonly findingCount;
  private readonly runningOn;
  private readonly runningInside;

  constructor(db: Database) {
    this.worst = db
      .prepare<[number], string>(
        `SELECT name FROM finding WHERE root_id = ? ORDER BY
           CASE severity WHEN 'malicious' THEN 1 WHEN 'suspicious' THEN 2 ELSE 3 END, item_id, probe, position LIMIT 1`,
      )
      .pluck();
    this.findingCount = db.prepare<[number], number>('SELECT count(*) FROM finding WHERE root_id = ?').pluck();
    this.runningOn = db
      .prepare<[number], string>("SELECT probe FROM job WHERE item_id = ? AND state = 'running' ORDER BY probe")
      .pluck();
    this.runningInside = db
      .prepare<[number], string>(
        `SELECT DISTINCT probe FROM item JOIN job ON job.item_id = item.id
         WHERE root_id = ? AND item.state = 'scanning' AND job.state = 'running' ORDER BY probe`,
      )
      .pluck();
  }

  /** The name of the worst finding in a root or inside it, and how many there are. */
  findings(root: number): { first: string | null; count: number } {
    const count = this.findingCount.get(root) ?? 0;
    return { first: count === 0 ? null : (this.worst.get(root) ?? null), count };
  }

  /** Probes at work on a root, or on what was unpacked from it. */
  running(root: number): string[] {
    const own = this.runningOn.all(root);
    return own.length > 0 ? own : this.runningInside.all(root);
  }
}
