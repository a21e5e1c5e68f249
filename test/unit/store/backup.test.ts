import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUp, backupsIn } from '../../../src-main/store/backup';
import { problemOf } from '../../../src-main/store/damage';
import { Ledger } from '../../../src-main/store/ledger';
import { breakPages } from '../../support/broken-ledger';
import { tempFolder } from '../../support/temp-folder';
import { itemIn, newSubmission, openLedger } from './ledger-fixtures';

/** A ledger with so many items, and the folder of its backups. */
async function filled(items: number) {
  const folder = tempFolder();
  const path = join(folder, 'ledger.db');
  const ledger = openLedger(path);
  const submission = await newSubmission(ledger);
  const add = (more: number) =>
    ledger.commit(() => {
      for (let n = 0; n < more; n += 1) itemIn(ledger, submission, 'forwarded');
    });
  await add(items);
  return { path, ledger, add, backups: join(folder, 'backups') };
}

function itemsIn(path: string): number {
  const ledger = new Ledger(path);
  try {
    return ledger.items.settled(1, { after: 0, limit: 10_000 }).length;
  } finally {
    ledger.close();
  }
}

describe('backUp', () => {
  it('copies what is committed while the ledger is open and written, for its owner alone', async () => {
    const { path, add, backups } = await filled(50);
    const more = add(7);
    await backUp(path, backups);
    await more;
    const [newest] = await backupsIn(backups);
    expect([50, 57]).toContain(itemsIn(newest?.path ?? ''));
    expect(statSync(newest?.path ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(backups).mode & 0o777).toBe(0o700);
  });

  it('keeps two: the newest and the one before', async () => {
    const { path, add, backups } = await filled(1);
    for (let n = 0; n < 3; n += 1) {
      await backUp(path, backups);
      await add(1);
    }
    const kept = await backupsIn(backups);
    expect(kept.map((backup) => itemsIn(backup.path))).toEqual([3, 2]);
  });

  it('says that the ledger is damaged, and leaves the backups as they are', async () => {
    const { path, ledger, backups } = await filled(2000);
    await backUp(path, backups);
    const before = readFileSync((await backupsIn(backups))[0]?.path ?? '');
    ledger.close();
    breakPages(path, 16);
    await expect(backUp(path, backups)).rejects.toMatchObject({ code: 'LEDGER_CORRUPT' });
    expect(readdirSync(backups)).toEqual(['ledger-newest.db']);
    expect(readFileSync(join(backups, 'ledger-newest.db'))).toEqual(before);
  });

  it('removes what an earlier one left half made', async () => {
    const { path, backups } = await filled(1);
    await backUp(path, backups);
    writeFileSync(join(backups, '.dropgate-partial-0123456789abcdef'), 'half');
    await backUp(path, backups);
    expect(readdirSync(backups)).toEqual(['ledger-newest.db', 'ledger-previous.db']);
  });

  it('finds none where there is no folder', async () => {
    expect(await backupsIn(join(tempFolder(), 'none'))).toEqual([]);
  });
});

describe('problemOf', () => {
  it('says nothing of a sound ledger, and what is wrong with a broken one', async () => {
    const { path, ledger } = await filled(2000);
    ledger.close();
    expect(problemOf(path)).toBeNull();
    breakPages(path, 16);
    expect(problemOf(path)).toMatch(/page|malformed/i);
  });
});
