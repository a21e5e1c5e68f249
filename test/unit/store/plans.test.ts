import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { type ItemQuery, itemQuerySchema, SORT_KEYS } from '../../../src-main/contract/item-view';
import { ITEM_STATES } from '../../../src-main/contract/states';
import { ItemExtras } from '../../../src-main/store/item-extras';
import { ItemSearch } from '../../../src-main/store/item-search';
import { Ledger } from '../../../src-main/store/ledger';
import { OverviewFigures } from '../../../src-main/store/overview-figures';
import { openForReading } from '../../../src-main/store/reading';
import { SubmissionList } from '../../../src-main/store/submission-list';
import { suiteFolder } from '../../support/suite-folder';
import { itemIn, newSubmission } from './ledger-fixtures';
import { writeManyItems } from './many-items';

/** Steps that may go through a whole table or index, in which statements, and why that is right. */
const WHOLE: readonly { readonly step: RegExp; readonly statement: RegExp; readonly reason: string }[] = [
  { step: /INDEX item_(unsettled|open)\b/, statement: /./, reason: 'what is open' },
  { step: /INDEX submission_open\b/, statement: /./, reason: 'what is open' },
  { step: /SCAN search_due/, statement: /./, reason: 'what ended lately' },
  { step: /INDEX item_(by_\w+|roots)\b/, statement: /LIMIT \? OFFSET \?$/, reason: 'a page in the order of the index' },
  { step: /SCAN submission$/, statement: /ORDER BY id DESC LIMIT \? OFFSET \?$/, reason: 'a page in the order of ids' },
  { step: /INDEX item_roots\b/, statement: /^SELECT count/, reason: 'a number of all, from the index alone' },
  { step: /SCAN submission USING COVERING INDEX/, statement: /^SELECT count/, reason: 'as above' },
  { step: /SCAN submission USING COVERING INDEX/, statement: /^SELECT 1 .* LIMIT 1$/, reason: 'one row' },
  { step: /SCAN newest/, statement: /LIMIT \d+\) AS newest JOIN/, reason: 'a bounded number of files' },
  { step: /SCAN every$/, statement: /./, reason: 'the names of findings, each once' },
  { step: /SCAN unsettled$/, statement: /./, reason: 'the open submissions, each once' },
  { step: /SCAN custody_segment/, statement: /./, reason: 'a row a month' },
  { step: /INDEX item_with_staged/, statement: /^SELECT coalesce/, reason: 'what is staged' },
  { step: /SCAN exception/, statement: /LIMIT 1$/, reason: 'one row' },
];

const folder = suiteFolder();
const statements = new Set<string>();
let db: Sqlite.Database;

const QUERIES: readonly Partial<Record<keyof ItemQuery, unknown>>[] = [
  {},
  { open: true },
  { open: false },
  { verdicts: ['infected', 'suspicious'] },
  { verdicts: ['clean'], open: false },
  { dispositions: ['held'] },
  { dispositions: ['held', 'quarantined'] },
  { dispositions: ['released'] },
  { dispositions: ['forwarded'], open: false },
  { since: '2026-01-01T00:00:00.000Z', open: false },
  { probe: 'yara' },
  { text: 'invoice' },
  { text: 'invoice', open: false },
  { text: 'c0ffee42', open: false },
  { text: 'invoice', dispositions: ['held'] },
  { text: 'in' },
];

/** Everything that the store prepares, told by preparing it: by opening a ledger and using what prepares later. */
beforeAll(async () => {
  const prepare = Sqlite.prototype.prepare;
  const spy = vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function (this: Sqlite.Database, sql: string) {
    statements.add(sql.trim());
    return prepare.call(this, sql);
  });
  const path = join(folder, 'ledger.db');
  const ledger = new Ledger(path);
  const submission = await newSubmission(ledger);
  await ledger.commit(() => {
    for (const state of ITEM_STATES) itemIn(ledger, submission, state);
    itemIn(ledger, submission, 'released');
  });
  writeManyItems(path);
  const tables = openForReading(path);
  for (const make of [ItemExtras, OverviewFigures]) new make(tables.db);
  new SubmissionList(tables.db, systemClock);
  const search = new ItemSearch(tables.db, systemClock);
  const { guid } = ledger.submissions.get(submission);
  for (const query of [...QUERIES, { submission: guid }]) {
    for (const by of SORT_KEYS) search.find(itemQuerySchema.parse({ ...query, sort: { by, descending: true } }), 0, 5);
  }
  spy.mockRestore();
  tables.db.close();
  ledger.close();
  db = new Sqlite(path, { readonly: true });
});

afterAll(() => db.close());

/** The steps of a statement that read a table or an index from one end to the other. */
function wholeReads(sql: string): string[] {
  const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]));
  const marks = Array.from({ length: sql.match(/\?/g)?.length ?? 0 }, () => null);
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...marks, named) as { detail: string }[];
  // `id > 0` is no condition: it only names the lists' indexes
  const whole = /^SCAN (?!CONSTANT ROW|\(subquery|\w+ VIRTUAL TABLE)|INDEX item_roots \(id>\?\)$/;
  return plan.map(({ detail }) => detail).filter((step) => whole.test(step));
}

const isNamed = ({ step, statement }: (typeof WHOLE)[number], read: { sql: string; step: string }) =>
  step.test(read.step) && statement.test(read.sql);
const isQuery = (sql: string) => /^(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(sql);

describe('the statements of the store', () => {
  it('read no table from end to end, but for those that are named with a reason', () => {
    const queries = [...statements].filter(isQuery);
    expect(queries.length).toBeGreaterThan(100);
    const reads = queries.flatMap((sql) => wholeReads(sql).map((step) => ({ sql, step })));
    expect(reads.filter((read) => !WHOLE.some((named) => isNamed(named, read)))).toEqual([]);
  });

  it('never need an exception that is named for nothing', () => {
    const reads = [...statements].filter(isQuery).flatMap((sql) => wholeReads(sql).map((step) => ({ sql, step })));
    expect(WHOLE.filter((named) => !reads.some((read) => isNamed(named, read)))).toEqual([]);
  });

  it('find the items of a submission by an index when it is deleted', () => {
    expect(wholeReads('SELECT id FROM item WHERE submission_id = ?')).toEqual([]);
  });
});
