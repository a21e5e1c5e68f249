import Sqlite from 'better-sqlite3';

/** More than are sorted one by one, so that every way to read a page of a list is taken. */
export const MANY_ITEMS = 14_000;

const ROWS = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY_ITEMS})
INSERT INTO item (submission_id, state, relative_path, size, sha256, verdict, received_at, settled_seq, settled_at)
SELECT 1, CASE WHEN i % 10 = 3 THEN 'received' WHEN i % 2 = 0 THEN 'forwarded' ELSE 'held' END,
  CAST(printf('d%d/%s-%04d.txt', i % 7, CASE i % 3 WHEN 0 THEN 'invoice' ELSE 'Offer' END, i * 7919 % 9973) AS BLOB), i * 31 % 977,
  printf('%064x', i), CASE WHEN i % 10 = 3 THEN NULL WHEN i % 2 = 0 THEN '{"kind":"clean"}' ELSE '{"kind":"unverified"}' END,
  i, CASE WHEN i % 10 <> 3 THEN i END, CASE WHEN i % 10 <> 3 THEN i END FROM n`;

/** Writes them into a ledger that has one submission: clean, held and waiting ones. */
export function writeManyItems(path: string): void {
  const db = new Sqlite(path);
  db.exec(ROWS);
  db.close();
}
