/** The highest settled_seq that a submission ever gave: what is scanned again must not get a number that was read before. */
export const migration0002 = {
  version: 2,
  sql: `
ALTER TABLE submission ADD COLUMN settled_through INTEGER NOT NULL DEFAULT 0;
UPDATE submission SET settled_through =
  (SELECT coalesce(max(settled_seq), 0) FROM item WHERE submission_id = submission.id AND settled_seq IS NOT NULL);
`,
} as const;
