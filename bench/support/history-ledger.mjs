// A ledger with a history: items that ended in a year, with their submissions, jobs, findings and custody rows, written
// by SQL into an empty ledger that the program itself made. Hashes of the custody log are no chain.
import Sqlite from 'better-sqlite3';

const YEAR_MS = 365 * 24 * 3_600_000;
/** Files of one submission, but for the newest: that one has a tenth of all. */
const FEW = 20;

const NUMBERS = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @items)`;
const pick = (list, by) => {
  const cases = list.map((word, at) => `WHEN ${at} THEN '${word}'`).join(' ');
  return `CASE (${by}) % ${list.length} ${cases} END`;
};
const words = ['invoice', 'offer', 'report', 'minutes', 'contract', 'photo', 'scan', 'Rechnung', 'relevé', 'backup'];
const folders = ['accounting', 'legal', 'sales', 'projects', 'hr', 'incoming', 'partners'];
const endings = ['pdf', 'docx', 'xlsx', 'jpg', 'zip', 'txt', 'eml'];

const KIND = `CASE WHEN i % 100 = 7 THEN 'infected' WHEN i % 100 IN (13, 63) THEN 'suspicious'
  WHEN i % 100 IN (21, 71) THEN 'unverified' ELSE 'clean' END`;
const STATE = `CASE WHEN i % 2000 = 7 THEN 'released' WHEN i % 2000 = 107 THEN 'deleted' WHEN i % 100 = 99 THEN 'skipped'
  WHEN i % 100 IN (7, 13, 63) THEN 'quarantined' WHEN i % 100 IN (21, 71) THEN 'held' ELSE 'forwarded' END`;
const SUBMISSION = `CASE WHEN i > @items * 9 / 10 THEN 1 + (@items * 9 / 10 + ${FEW - 1}) / ${FEW} ELSE (i + ${FEW - 1}) / ${FEW} END`;
const AT = `@from + CAST(1.0 * i * ${YEAR_MS} / @items AS INTEGER)`;
const NAME = `${pick(folders, 'i / 97')} || '/' || (2020 + i / 1013 % 7) || '/' || ${pick(words, 'i / 3')} ||
  printf('-%06d', i * 7919 % 1000003) || '.' || ${pick(endings, 'i')}`;
const hex = (bytes) => `lower(hex(randomblob(${bytes})))`;

const PLAN = JSON.stringify({
  mode: 'gate',
  profile: 'default',
  probes: ['file-type', 'hash-list', 'yara'],
  required: ['file-type', 'hash-list'],
  limits: {
    fileBytes: 2147483648,
    archiveDepth: 17,
    archiveFiles: 10000,
    archiveBytes: 4294967296,
    archiveRatio: 200,
    seconds: 120,
  },
  passwords: ['infected'],
  destination: 'cleared',
  source: 'keep',
  watchFolder: null,
  force: false,
  describeAll: true,
});

const ITEMS = `${NUMBERS}
INSERT INTO item (id, submission_id, state, relative_path, source_path, source_identity, size, sha256, sha1, md5, type,
  verdict, destination, received_at, settled_seq, settled_at)
SELECT i, ${SUBMISSION}, ${STATE}, CAST(${NAME} AS BLOB), CAST('/srv/incoming/' || ${NAME} AS BLOB),
  '{"dev":"65024","ino":"' || i || '","size":5,"mtimeNs":"1795305514165188611"}', i * 7919 % 1048573,
  ${hex(32)}, ${hex(20)}, ${hex(16)}, '{"mime":"application/pdf","description":"PDF document","unknown":false}',
  CASE WHEN i % 100 <> 99 THEN json_object('kind', ${KIND}, 'reason', 'unreadable', 'rule', 'all_required_clean', 'sentence',
    'All 3 required probes looked at the whole file and found nothing.') END,
  CASE WHEN ${STATE} <> 'held' THEN CAST('/srv/dropgate/cleared/' || ${hex(16)} || '/' || ${NAME} AS BLOB) END, ${AT}, i, ${AT} + 900
FROM n`;

// one file in fifty is an archive with five members
const MEMBERS = `INSERT INTO item (submission_id, parent_id, root_id, depth, state, relative_path, size, sha256, sha1, md5, type,
  verdict, received_at, settled_seq, settled_at, unpacked_by)
SELECT submission_id, item.id, item.id, 1, 'decided', CAST('member-' || value || '.txt' AS BLOB), 100, ${hex(32)}, ${hex(20)}, ${hex(16)}, item.type,
  '{"kind":"clean","rule":"r","sentence":"s"}', received_at, settled_seq, settled_at, 'archive'
FROM item, json_each('[1,2,3,4,5]') WHERE item.id <= @items AND item.id % 50 = 11`;

const outcome = (probe, findings) =>
  `json_object('kind', 'report', 'report', json_object('statement', iif(json_array_length(${findings}) > 0, 'found', 'nothing_found'),
    'findings', ${findings}, 'coverage', json_object('kind', 'complete'), 'engineVersion', '${probe} 1', 'databaseVersion', '1'))`;
const FINDINGS = `json(CASE WHEN i % 100 = 7 THEN json_array(json_object('probe', 'yara', 'name', 'Trojan.Family' || (i % 499), 'severity', 'malicious',
    'category', 'malware', 'guidance', json('[]')))
  WHEN i % 100 IN (13, 63) THEN json_array(json_object('probe', 'yara', 'name', 'Suspicious.Macro' || (i % 307), 'severity', 'suspicious',
    'category', 'malware', 'guidance', json('[]'))) ELSE '[]' END)`;
const jobs = (probe, findings) => `${NUMBERS}
INSERT INTO job (item_id, probe, required, state, attempts, outcome, duration_ms)
SELECT i, '${probe}', 1, CASE WHEN '${probe}' = 'yara' AND i % 100 = 21 THEN 'error' ELSE 'done' END, 1,
  CASE WHEN '${probe}' = 'yara' AND i % 100 = 21 THEN '{"kind":"error","code":"PROBE_FAILED","message":"m"}'
    ELSE ${outcome(probe, findings)} END, 1.0 + i % 17 FROM n WHERE i % 100 <> 99`;

const FOUND = `INSERT INTO finding (item_id, probe, position, root_id, name, severity)
SELECT item_id, probe, 0, item_id, outcome ->> '$.report.findings[0].name', outcome ->> '$.report.findings[0].severity'
FROM job WHERE probe = 'yara' AND json_array_length(outcome, '$.report.findings') > 0`;

const custody = (event, at) => `${NUMBERS}
INSERT INTO custody (seq, segment, at, item_id, event, data, hash)
SELECT 2 * i - ${at}, '2026-01', ${AT}, i, '${event}', '{"verdict":"clean","rule":"all_required_clean","destination":"cleared"}', ${hex(32)} FROM n`;

const SUBMISSIONS = `INSERT INTO submission (id, guid, origin, plan, received_at, sealed)
SELECT submission_id, printf('%08x-0000-4000-8000-%012x', submission_id, submission_id), 'watch: /srv/incoming', @plan, min(received_at), 1
FROM item WHERE parent_id IS NULL GROUP BY submission_id`;

/** What the engine has before it: received, and nothing begun. All name one and the same file. */
const PENDING = `INSERT INTO submission (id, guid, origin, plan, received_at, sealed)
  SELECT coalesce(max(id), 0) + 1, '${'f'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}', 'command: pending', @plan, @now, 1 FROM submission`;
const PENDING_ITEMS = `${NUMBERS} INSERT INTO item (submission_id, state, relative_path, source_path, received_at)
  SELECT (SELECT max(id) FROM submission), 'received', CAST('pending-' || i || '.txt' AS BLOB), CAST(@source AS BLOB), @now FROM n`;

function open(path) {
  const db = new Sqlite(path);
  db.pragma('foreign_keys = OFF');
  db.pragma('journal_mode = OFF'); // the engine sets its own again
  db.pragma('cache_size = -524288');
  return db;
}

/** Fills the empty ledger at `path` with `count` files that ended, the last of them now. */
export function writeHistory(path, count) {
  const db = open(path);
  const items = BigInt(count); // a number would be a REAL in SQL
  const given = { items, from: BigInt(Date.now() - YEAR_MS) };
  db.transaction(() => {
    db.prepare(ITEMS).run(given);
    db.prepare(MEMBERS).run({ items });
    db.prepare(SUBMISSIONS).run({ plan: PLAN });
    db.prepare(jobs('file-type', "json('[]')")).run({ items });
    db.prepare(jobs('hash-list', "json('[]')")).run({ items });
    db.prepare(jobs('yara', FINDINGS)).run({ items });
    db.prepare(FOUND).run();
    db.prepare(custody('received', 1)).run(given);
    db.prepare(custody('forwarded', 0)).run(given);
    db.prepare("INSERT INTO custody_segment VALUES ('2026-01', ?, ?)").run(2n * items, '0'.repeat(64));
  })();
  db.close();
}

/** Adds `count` files that wait for the engine. Returns the id of the first. */
export function writePending(path, count, source) {
  const db = open(path);
  const items = BigInt(count);
  const before = db.prepare('SELECT coalesce(max(id), 0) FROM item').pluck().get();
  db.transaction(() => {
    db.prepare(PENDING).run({ plan: PLAN, now: Date.now() });
    db.prepare(PENDING_ITEMS).run({ items, source, now: Date.now() });
  })();
  db.close();
  return before + 1;
}
