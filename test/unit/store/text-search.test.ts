import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { itemQuerySchema } from '../../../src-main/contract/item-view';
import { ItemSearch } from '../../../src-main/store/item-search';
import type { Ledger } from '../../../src-main/store/ledger';
import { openForReading, type ReadingTables } from '../../../src-main/store/reading';
import { tempFolder } from '../../support/temp-folder';
import { CLEAN, endingOf, LIMITS, newSubmission, openLedger, receiveItem, STAGED } from './ledger-fixtures';

let ledger: Ledger;
let tables: ReadingTables;
let search: ItemSearch;
let submission: number;

beforeEach(async () => {
  const path = join(tempFolder(), 'ledger.db');
  ledger = openLedger(path);
  tables = openForReading(path);
  onTestFinished(() => void tables.db.close());
  search = new ItemSearch(tables.db, { now: () => 0, monotonic: () => 0 });
  submission = await newSubmission(ledger);
});

function forward(id: number, sha256 = 'a'.repeat(64)): void {
  ledger.moves.stageAndStart(id, { ...STAGED, hashes: { sha256, sha1: 'b'.repeat(40), md5: null } });
  ledger.moves.decide(id, CLEAN, { settles: false, problem: null, now: 5 });
  ledger.moves.dispose(id, 'forward');
  ledger.moves.end('forward', id, endingOf());
}

function hold(id: number): void {
  ledger.moves.decide(
    id,
    { kind: 'unverified', reason: 'unreadable', rule: 'r', sentence: 's' },
    { settles: false, problem: null, now: 5 },
  );
  ledger.moves.dispose(id, 'hold');
  ledger.moves.end('hold', id, endingOf({ destination: null }));
}

/** Files that ended, by their ids. */
const ended = (...names: string[]): Promise<number[]> =>
  ledger.commit(() =>
    names.map((name) => {
      const id = receiveItem(ledger, submission, name);
      forward(id);
      return id;
    }),
  );

const fill = () => ledger.commit(() => ledger.search?.fill(1000));
const found = (text: string, more: object = {}) =>
  [...search.find(itemQuerySchema.parse({ text, ...more }), 0, 100).ids].sort((one, other) => one - other);

describe('a text', () => {
  it.each([
    '"',
    '""quoted"',
    'a AND b',
    'x* OR y',
    '(in)',
    'C++/ -not',
    "it's",
    '%_%',
    'NEAR(a b)',
    '日本語',
    'straße',
  ])('that means something to a search engine is nothing but a text: %s', async (text) => {
    const [, wanted] = await ended('other.txt', `in/${text}.txt`);
    const fresh = found(text);
    await fill();
    expect([fresh, found(text)]).toEqual([[wanted], [wanted]]);
  });

  it('is found in names that are no text, and is never cut by a NUL', async () => {
    const [first] = await ended('plain.txt');
    const raw = await ledger.commit(() => {
      const path = Buffer.from([0x2f, 0xff, 0xfe, ...Buffer.from('oddly named')]);
      const id = ledger.moves.receive({
        submissionId: submission,
        relativePath: path,
        sourcePath: path,
        problem: null,
        identity: null,
        now: 1,
      });
      forward(id);
      return id;
    });
    await fill();
    expect(found('oddly')).toEqual([raw]);
    expect(found('plain\0.txt')).toEqual([]);
    expect(found('plain')).toEqual([first]);
  });

  it('is found without its accents once its file is in the side tables', async () => {
    const ids = await ended('Été.zip', 'E\u0301te\u0301 2.zip');
    await fill();
    for (const text of ['ete', 'ÉTÉ', 'e\u0301te\u0301']) expect(found(text)).toEqual(ids);
  });

  it('is found in files that ended and in files that are still to end, or only in the first', async () => {
    const [one] = await ended('report 1.txt');
    await fill();
    const [two] = await ended('report 2.txt');
    const open = await ledger.commit(() => receiveItem(ledger, submission, 'report 3.txt'));
    expect(found('report')).toEqual([one, two, open]);
    expect(found('report', { open: false })).toEqual([one, two]);
    expect(found('report', { open: true })).toEqual([open]);
    expect(found('report', { dispositions: ['forwarded'] })).toEqual([one, two]);
  });

  it('is not found in a file that was forgotten, nor in another one that has its number later', async () => {
    const [, gone] = await ended('stays.txt', 'forgotten.txt');
    await fill();
    const db = new Sqlite(tables.db.name);
    onTestFinished(() => void db.close());
    db.prepare('DELETE FROM item WHERE id = ?').run(gone);
    expect(found('forgotten')).toEqual([]);
    const [next] = await ended('another.txt');
    expect(next).toBe(gone);
    expect([found('forgotten'), found('another')]).toEqual([[], [next]]);
    await fill();
    expect([found('forgotten'), found('another')]).toEqual([[], [next]]);
  });
});

describe('a hash', () => {
  const sha256 = 'c0ffee123456789a'.padEnd(64, '0');
  const SHA1 = 'b'.repeat(40);

  it('is found by as much of its beginning as is given, in the side tables as in the rows', async () => {
    const [other] = await ended('other.txt');
    const id = await ledger.commit(() => {
      const received = receiveItem(ledger, submission, 'this.txt');
      forward(received, sha256);
      return received;
    });
    for (const _ of ['rows', 'side tables']) {
      for (const length of [6, 7, 15, 16, 17, 64]) expect(found(sha256.slice(0, length).toUpperCase())).toEqual([id]);
      expect(found(`${sha256.slice(0, 17)}1`)).toEqual([]);
      expect(found(SHA1)).toEqual([other, id]);
      await fill();
    }
  });

  it('is found of a file whose bytes were taken only after it was held', async () => {
    const id = await ledger.commit(() => {
      const received = receiveItem(ledger, submission, 'late.txt');
      hold(received);
      return received;
    });
    await fill();
    await ledger.commit(() => {
      ledger.moves.retake(id, LIMITS);
      forward(id, sha256);
    });
    expect(found(sha256)).toEqual([id]);
    await fill();
    expect(found(sha256)).toEqual([id]);
    expect(found('late')).toEqual([id]);
  });
});
