import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { itemQuerySchema, SORT_KEYS } from '../../../src-main/contract/item-view';
import { ItemSearch } from '../../../src-main/store/item-search';
import { Ledger } from '../../../src-main/store/ledger';
import { openForReading, type ReadingTables } from '../../../src-main/store/reading';
import { suiteFolder } from '../../support/suite-folder';
import { planOf } from './ledger-fixtures';
import { MANY_ITEMS, writeManyItems } from './many-items';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly rank: number;
  readonly state: string;
}

const folder = suiteFolder();
let tables: ReadingTables;
let search: ItemSearch;
let rows: readonly Row[];

beforeAll(async () => {
  const path = join(folder, 'ledger.db');
  const ledger = new Ledger(path);
  await ledger.commit(() => ledger.submissions.create('3f0e9a52-6a39-4d13-8b0f-1a9d6cf2c111', 'test', planOf(), 1));
  writeManyItems(path);
  const db = new Sqlite(path, { readonly: true });
  rows = db
    .prepare<[], { id: number; path: Buffer; size: number; state: string }>(
      'SELECT id, relative_path AS path, size, state FROM item',
    )
    .all()
    .map(({ id, path: bytes, size, state }) => {
      const rank = { received: 7, forwarded: 4 }[state] ?? 3;
      return { id, name: bytes.toString().replace(/^.*\//, '').toLowerCase(), size, rank, state };
    });
  db.close();
  await ledger.commit(() => ledger.search?.fill(MANY_ITEMS / 2)); // half of them: the others are found by their rows
  ledger.close();
  tables = openForReading(path);
  search = new ItemSearch(tables.db, systemClock);
});

afterAll(() => tables.db.close());

const KEY = { time: 'id', name: 'name', size: 'size', verdict: 'rank' } as const;

function ordered(matching: readonly Row[], by: keyof typeof KEY, descending: boolean): number[] {
  const key = KEY[by];
  const sign = descending ? -1 : 1;
  const compare = (one: Row, other: Row) =>
    (one[key] < other[key] ? -1 : one[key] > other[key] ? 1 : one.id - other.id) * sign;
  return [...matching].sort(compare).map(({ id }) => id);
}

const ended = ({ state }: Row) => state !== 'received';

describe.each<[string, object, (row: Row) => boolean]>([
  ['everything', {}, () => true],
  ['what has ended', { open: false }, ended],
  ['what is clean', { verdicts: ['clean'], open: false }, ({ rank }) => rank === 4],
  ['what is not', { verdicts: ['unverified'], open: false }, ({ rank }) => rank === 3],
  ['what is held', { dispositions: ['held'] }, ({ state }) => state === 'held'],
  ['a text of many', { text: 'offer' }, ({ name }) => name.startsWith('offer')],
  ['a text of many that ended', { text: 'offer', open: false }, (row) => row.name.startsWith('offer') && ended(row)],
  [
    'a text of some that are held',
    { text: 'invoice', dispositions: ['held'] },
    (row) => row.name.startsWith('invoice') && row.state === 'held',
  ],
  ['a text of few', { text: '-0007.txt' }, ({ name }) => name.endsWith('-0007.txt')],
  ['two letters', { text: '07' }, ({ name }) => name.includes('07')],
])('a list of %s', (_what, query, matches) => {
  it.each(SORT_KEYS.flatMap((by) => [true, false].map((descending) => ({ by, descending }))))(
    'is the same by $by (descending: $descending), wherever a page begins',
    (sort) => {
      const expected = ordered(rows.filter(matches), sort.by, sort.descending);
      const parsed = itemQuerySchema.parse({ ...query, sort });
      for (const share of [0, 0.3, 0.6, 1]) {
        const offset = Math.max(0, Math.floor(expected.length * share) - 3);
        const page = search.find(parsed, offset, 5);
        expect(page).toEqual({ ids: expected.slice(offset, offset + 5), total: expected.length });
      }
    },
  );
});
