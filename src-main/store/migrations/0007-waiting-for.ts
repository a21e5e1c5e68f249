/**
 * Items that wait for a destination say so once, and are found by its name, the oldest first. The times and counts of
 * single tries, which nobody read, are gone. `item_unsettled` tells those who wait apart without reading their rows,
 * and `item_with_staged` knows how many bytes are staged.
 */
export const migration0007 = {
  version: 7,
  sql: `
ALTER TABLE item ADD COLUMN waiting_for TEXT;
ALTER TABLE item DROP COLUMN sink_attempts;
ALTER TABLE item DROP COLUMN retry_at;
DROP INDEX item_unsettled;
CREATE INDEX item_unsettled ON item(id, waiting_for) WHERE state IN ('received', 'staged', 'planned', 'scanning', 'disposing') AND parent_id IS NULL;
CREATE INDEX item_waiting ON item(waiting_for, id) WHERE waiting_for IS NOT NULL;
CREATE INDEX item_untaken ON item(id) WHERE state = 'held' AND destination IS NULL;
DROP INDEX item_with_staged;
CREATE INDEX item_with_staged ON item(id, size) WHERE staged_path IS NOT NULL;
CREATE INDEX item_waiting_of ON item(submission_id, waiting_for) WHERE waiting_for IS NOT NULL;
`,
} as const;
