/** The ledger as it was born. Times are milliseconds since 1970; JSON columns are parsed with zod before use. */
export const migration0001 = {
  version: 1,
  sql: `
CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  guid TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  plan TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  sealed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  submission_id INTEGER NOT NULL REFERENCES submission(id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES item(id) ON DELETE CASCADE,
  root_id INTEGER,
  depth INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  relative_path BLOB NOT NULL,
  source_path BLOB,
  source_identity TEXT,
  staged_path TEXT,
  size INTEGER,
  sha256 TEXT,
  sha1 TEXT,
  md5 TEXT,
  type TEXT,
  intake_problem TEXT,
  verdict TEXT,
  target TEXT,
  destination BLOB,
  report BLOB,
  problem TEXT,
  limits TEXT,
  source_pending INTEGER NOT NULL DEFAULT 0,
  in_flight_crashes INTEGER NOT NULL DEFAULT 0,
  sink_attempts INTEGER NOT NULL DEFAULT 0,
  retry_at INTEGER,
  received_at INTEGER NOT NULL,
  settled_seq INTEGER,
  settled_at INTEGER
) STRICT;
CREATE INDEX item_unsettled ON item(id) WHERE state IN ('received', 'staged', 'planned', 'scanning', 'disposing') AND parent_id IS NULL;
CREATE INDEX item_of_submission ON item(submission_id, settled_seq) WHERE settled_seq IS NOT NULL;
CREATE INDEX item_of_parent ON item(parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX item_kept ON item(state, id) WHERE state IN ('held', 'quarantined');
CREATE INDEX item_source_pending ON item(id) WHERE source_pending = 1;
CREATE INDEX item_of_root ON item(root_id, id) WHERE root_id IS NOT NULL;
CREATE INDEX item_with_staged ON item(id) WHERE staged_path IS NOT NULL;

CREATE TABLE job (
  item_id INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  probe TEXT NOT NULL,
  required INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  lease_until INTEGER,
  outcome TEXT,
  duration_ms REAL,
  cached INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (item_id, probe)
) STRICT, WITHOUT ROWID;

CREATE TABLE custody (
  seq INTEGER PRIMARY KEY,
  segment TEXT NOT NULL,
  at INTEGER NOT NULL,
  item_id INTEGER,
  event TEXT NOT NULL,
  data TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX custody_of_item ON custody(item_id, seq);
CREATE TABLE custody_segment (
  segment TEXT PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  head TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE result_cache (
  key TEXT PRIMARY KEY,
  report TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE taken (
  folder TEXT NOT NULL,
  relative_path BLOB NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (folder, relative_path)
) STRICT, WITHOUT ROWID;

CREATE TABLE exception (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,
  probes TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT;
CREATE INDEX exception_of_hash ON exception(sha256);

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
} as const;
