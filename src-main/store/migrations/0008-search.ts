/** As item-filter.ts and migration 0006 have it. */
const RANK = `CASE state WHEN 'skipped' THEN 5 WHEN 'cancelled' THEN 6 ELSE
  CASE verdict ->> 'kind' WHEN 'infected' THEN 1 WHEN 'suspicious' THEN 2 WHEN 'unverified' THEN 3 WHEN 'clean' THEN 4 ELSE 7 END END`;
const LISTED = 'parent_id IS NULL AND id > 0';

/**
 * Side tables of the text search, which keep no text themselves: paths by trigrams, hashes by their first digits. They are
 * filled behind the work (search-tables.ts); what has ended and is not in them yet stands in `search_due`, all that there
 * was before this migration too. Besides: findings by name and by probe, the few that a person decided about, and the
 * index over submissions for members as well, without which deleting a submission would read every item.
 */
export const migration0008 = {
  version: 8,
  forLists: true,
  sql: `
CREATE VIRTUAL TABLE item_text USING fts5(path, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');
CREATE VIRTUAL TABLE item_hash USING fts5(digits, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE search_due (item_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO search_due SELECT id FROM item INDEXED BY item_roots WHERE ${LISTED} AND settled_at IS NOT NULL;

CREATE TRIGGER item_ended_due AFTER UPDATE OF settled_at ON item WHEN new.settled_at IS NOT NULL AND new.parent_id IS NULL
BEGIN
  INSERT OR IGNORE INTO search_due VALUES (new.id);
END;
CREATE TRIGGER item_skipped_due AFTER INSERT ON item WHEN new.settled_at IS NOT NULL AND new.parent_id IS NULL
BEGIN
  INSERT OR IGNORE INTO search_due VALUES (new.id);
END;
CREATE TRIGGER item_forgotten AFTER DELETE ON item WHEN old.parent_id IS NULL
BEGIN
  DELETE FROM item_text WHERE rowid = old.id;
  DELETE FROM item_hash WHERE rowid = old.id;
  DELETE FROM search_due WHERE item_id = old.id;
END;

CREATE INDEX finding_by_name ON finding(name, root_id);
CREATE INDEX finding_by_probe ON finding(probe, root_id);
CREATE INDEX item_reviewed ON item(state, id) WHERE state IN ('released', 'deleted') AND ${LISTED};
DROP INDEX item_in_submission;
CREATE INDEX item_in_submission ON item(submission_id, parent_id, id, ${RANK}, settled_at, size);
`,
} as const;
