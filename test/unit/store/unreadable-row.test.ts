import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src-main/store/ledger';
import { unreadableRow } from '../../../src-main/store/unreadable-row';
import { breakPages } from '../../support/broken-ledger';
import { tempFolder } from '../../support/temp-folder';
import { itemIn, newSubmission } from './ledger-fixtures';

/** A closed ledger of 2,000 items. */
async function closedLedger(): Promise<string> {
  const path = join(tempFolder(), 'ledger.db');
  const ledger = new Ledger(path);
  const submission = await newSubmission(ledger);
  await ledger.commit(() => {
    for (let n = 0; n < 2000; n += 1) itemIn(ledger, submission, 'forwarded');
  });
  ledger.close();
  return path;
}

describe('unreadableRow', () => {
  it('says nothing of a ledger whose rows can all be read', async () => {
    expect(unreadableRow(await closedLedger())).toBeNull();
  });

  it('tells a row that says what it cannot say', async () => {
    const path = await closedLedger();
    const db = new Sqlite(path);
    db.prepare('UPDATE submission SET plan = ?').run('{}');
    db.close();
    expect(unreadableRow(path)).toMatch(/plan/);
  });

  it('tells rows whose page broke since all pages were looked at', async () => {
    const path = await closedLedger();
    breakPages(path, 100); // far behind those that opening it reads
    expect(unreadableRow(path)).toBe('database disk image is malformed');
  });

  it('tells a file that has become no ledger at all', async () => {
    const path = await closedLedger();
    writeFileSync(path, Buffer.alloc(8192, 'x'));
    expect(unreadableRow(path)).toMatch(/is damaged/);
  });
});
