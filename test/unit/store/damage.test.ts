import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DropgateError } from '../../../src-main/base/errors';
import { Ledger } from '../../../src-main/store/ledger';
import { breakPages } from '../../support/broken-ledger';
import { tempFolder } from '../../support/temp-folder';
import { itemIn, newSubmission } from './ledger-fixtures';

/** Where the header of a database has the number of its first unused page (SQLite's file format, 1.3). */
const FIRST_FREE_PAGE_AT = 32;

/** A ledger with broken pages behind its first ones, opened, and what it told of damage. */
async function broken() {
  const path = join(tempFolder(), 'ledger.db');
  const ledger = new Ledger(path);
  const submission = await newSubmission(ledger);
  await ledger.commit(() => {
    for (let n = 0; n < 3000; n += 1) itemIn(ledger, submission, 'forwarded');
  });
  ledger.close();
  breakPages(path, 64);
  const told: DropgateError[] = [];
  return { path, told, submission, opened: new Ledger(path, true, (error) => told.push(error)) };
}

describe('a ledger whose pages are damaged', () => {
  it('is told of by the statement that meets it, with its path, and closed', async () => {
    const { path, told, opened, submission } = await broken();
    const read = () => opened.items.settled(submission, { after: 0, limit: 10_000 });
    expect(read).toThrow(expect.objectContaining({ code: 'LEDGER_CORRUPT' }));
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain(`the ledger ${path} is damaged`);
    // nothing is written to it any more
    await expect(opened.commit(() => opened.meta.set('a', 'b'))).rejects.toThrow('not open');
    opened.close();
  });

  it('is told of by a pragma that meets it: giving room back', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = new Ledger(path);
    await ledger.commit(() => ledger.meta.set('long', 'x'.repeat(100_000)));
    await ledger.commit(() => ledger.meta.clear('long'));
    ledger.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, FIRST_FREE_PAGE_AT, FIRST_FREE_PAGE_AT + 4);
    writeFileSync(path, bytes);
    const told: DropgateError[] = [];
    const opened = new Ledger(path, true, (error) => told.push(error));
    const given = opened.commit(() => opened.room.giveBack(1024 ** 2));
    await expect(given).rejects.toBeInstanceOf(Error);
    expect(told).toMatchObject([{ code: 'LEDGER_CORRUPT' }]);
    opened.close();
  });

  it('takes a change back that meets damage, and tells its owner', async () => {
    const { told, opened, submission } = await broken();
    const change = opened.commit(() => {
      opened.meta.set('half', 'done');
      opened.items.settled(submission, { after: 0, limit: 10_000 });
    });
    await expect(change).rejects.toBeInstanceOf(Error);
    expect(told).toHaveLength(1);
    opened.close();
  });
});

describe('a row that holds what no Dropgate wrote', () => {
  it.each(['state', 'type', 'target'])('%s: LEDGER_CORRUPT, naming the column', async (column) => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = new Ledger(path);
    const submission = await newSubmission(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, 'disposing'));
    ledger.close();
    const { default: Sqlite } = await import('better-sqlite3');
    const db = new Sqlite(path);
    db.prepare(`UPDATE item SET ${column} = 'x?' WHERE id = ?`).run(id);
    db.close();
    const again = new Ledger(path);
    expect(() => again.items.get(id)).toThrow(
      expect.objectContaining({ code: 'LEDGER_CORRUPT', message: expect.stringContaining(`item.${column}`) }),
    );
    again.close();
  });
});
