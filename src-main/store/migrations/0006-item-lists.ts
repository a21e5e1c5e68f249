/** 1 infected ... 7 nothing yet: as item-filter.ts asks, letter by letter, or its queries do without these indexes. */
const RANK = `CASE state WHEN 'skipped' THEN 5 WHEN 'cancelled' THEN 6 ELSE
  CASE verdict ->> 'kind' WHEN 'infected' THEN 1 WHEN 'suspicious' THEN 2 WHEN 'unverified' THEN 3 WHEN 'clean' THEN 4 ELSE 7 END END`;
const PATH = 'CAST(relative_path AS TEXT)';
const NAME = `substr(${PATH}, length(rtrim(${PATH}, replace(${PATH}, '/', ''))) + 1)`;

/** `id > 0` holds for every row: no query but one that says so uses these indexes, so that no other takes a worse way. */
const LISTED = 'parent_id IS NULL AND id > 0';

/**
 * Lists of files in any order a window shows them in, without sorting: indexes over roots (what an archive unpacked is
 * shown with its root), and the findings of a gate as rows of their own, kept by triggers beside their jobs.
 */
export const migration0006 = {
  version: 6,
  forLists: true,
  sql: `
CREATE INDEX item_roots ON item(id, state, ${RANK}, received_at, settled_at) WHERE ${LISTED};
CREATE INDEX item_by_name ON item(${NAME} COLLATE NOCASE, id) WHERE ${LISTED};
CREATE INDEX item_by_size ON item(size, id) WHERE ${LISTED};
CREATE INDEX item_by_verdict ON item(${RANK}, id) WHERE ${LISTED};
CREATE INDEX item_in_submission ON item(submission_id, id, ${RANK}, settled_at, size) WHERE ${LISTED};
CREATE INDEX item_open ON item(submission_id) WHERE settled_at IS NULL AND ${LISTED};
CREATE INDEX item_ended ON item(settled_at, ${RANK}, size) WHERE settled_at IS NOT NULL AND ${LISTED};
CREATE INDEX submission_open ON submission(id) WHERE sealed = 0;
CREATE INDEX job_failed ON job(probe, item_id) WHERE state = 'error';

CREATE TABLE finding (
  item_id INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  probe TEXT NOT NULL,
  position INTEGER NOT NULL,
  root_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  severity TEXT NOT NULL,
  PRIMARY KEY (item_id, probe, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_of_root ON finding(root_id);
CREATE TRIGGER job_found AFTER UPDATE OF outcome ON job
WHEN json_array_length(new.outcome, '$.report.findings') > 0
BEGIN
  INSERT OR REPLACE INTO finding
    SELECT new.item_id, new.probe, one.key,
      coalesce((SELECT root_id FROM item WHERE id = new.item_id), new.item_id),
      one.value ->> 'name', one.value ->> 'severity'
    FROM json_each(new.outcome, '$.report.findings') AS one;
END;
CREATE TRIGGER job_forgotten AFTER DELETE ON job
BEGIN
  DELETE FROM finding WHERE item_id = old.item_id AND probe = old.probe;
END;
INSERT INTO finding
  SELECT job.item_id, job.probe, one.key, coalesce(item.root_id, item.id), one.value ->> 'name', one.value ->> 'severity'
  FROM job JOIN item ON item.id = job.item_id, json_each(job.outcome, '$.report.findings') AS one
  WHERE json_array_length(job.outcome, '$.report.findings') > 0;
`,
} as const;
