import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../../src-main/engine/data-folder';
import { LedgerRescue } from '../../../src-main/engine/ledger-rescue';
import { restorationNotice, restorationOf } from '../../../src-main/engine/restoration';
import { backUp } from '../../../src-main/store/backup';
import { Ledger } from '../../../src-main/store/ledger';
import { breakPages } from '../../support/broken-ledger';
import { tempFolder } from '../../support/temp-folder';
import { itemIn, newSubmission } from '../store/ledger-fixtures';

const log = pino({ level: 'silent' });

/** A closed ledger of 1,000 items with a backup of that, and 1,000 more behind it. */
async function dataWithBackup() {
  const folder = dataFolder(tempFolder());
  const ledger = new Ledger(folder.ledger);
  const submission = await newSubmission(ledger);
  const add = () =>
    ledger.commit(() => {
      for (let n = 0; n < 1000; n += 1) itemIn(ledger, submission, 'forwarded');
      ledger.custody.append(Date.UTC(2026, 1, 1), null, 'event', {});
    });
  await add();
  await backUp(folder.ledger, folder.backups);
  await add();
  ledger.close();
  return { folder, rescue: new LedgerRescue(folder, log) };
}

function read<T>(path: string, what: (ledger: Ledger) => T): T {
  const ledger = new Ledger(path);
  try {
    return what(ledger);
  } finally {
    ledger.close();
  }
}

function breakRow(path: string): void {
  const db = new Sqlite(path);
  db.prepare('UPDATE submission SET plan = ?').run('{}');
  db.close();
}

const itemsIn = (path: string) => read(path, (ledger) => ledger.items.newestSettled(1));
const asideIn = (root: string) => readdirSync(root).filter((name) => name.startsWith('damaged-ledger-'));

describe('LedgerRescue.beforeOpening', () => {
  it('leaves a ledger alone that nothing speaks against', async () => {
    const { folder, rescue } = await dataWithBackup();
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(2000);
    expect(rescue.isDoubtful).toBe(false);
  });

  it('puts the newest backup in the place of one in which damage was met, and moves that aside whole', async () => {
    const { folder, rescue } = await dataWithBackup();
    breakPages(folder.ledger, 16);
    const damaged = readFileSync(folder.ledger);
    writeFileSync(`${folder.ledger}-wal`, 'what there was');
    rescue.noteDamage('page');
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(1000);
    const [aside = ''] = asideIn(folder.root);
    expect(readFileSync(join(folder.root, aside, 'ledger.db'))).toEqual(damaged);
    expect(readdirSync(join(folder.root, aside))).toContain('ledger.db-wal');
    expect(read(folder.ledger, ({ custody }) => custody.entries(0, 10).map(({ event }) => event))).toEqual([
      'event',
      'ledger-restored',
    ]);
    expect(read(folder.ledger, (ledger) => restorationNotice(ledger, Date.now()))).toMatch(
      /was damaged, and its backup/,
    );
    // dealt with: not a second time
    await new LedgerRescue(folder, log).beforeOpening();
    expect(asideIn(folder.root)).toHaveLength(1);
  });

  it('keeps a ledger in which damage was met that is not in its file', async () => {
    const { folder, rescue } = await dataWithBackup();
    rescue.noteDamage('page');
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(2000);
    expect(existsSync(`${folder.ledger}-damaged`)).toBe(false);
  });

  it('replaces one with a row that nobody could read, which no look at its pages finds', async () => {
    const { folder, rescue } = await dataWithBackup();
    rescue.noteDamage('row');
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(1000);
  });

  it.each(['removed', 'empty'])('goes back to the backup where the ledger is %s', async (how) => {
    const { folder, rescue } = await dataWithBackup();
    if (how === 'removed') rmSync(folder.ledger);
    else writeFileSync(folder.ledger, '');
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(1000);
  });

  it('says that changes are lost where an engine died and its -wal is gone', async () => {
    const { folder, rescue } = await dataWithBackup();
    rescue.noteOpen();
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(2000);
    expect(read(folder.ledger, restorationOf)).toMatchObject({ backupAt: null, recovered: null });
    expect(read(folder.ledger, (ledger) => restorationNotice(ledger, Date.now()))).toMatch(/newest changes .* lost/);
  });

  it('doubts a ledger whose engine died', async () => {
    const { folder, rescue } = await dataWithBackup();
    rescue.noteOpen();
    const open = new Ledger(folder.ledger);
    await rescue.beforeOpening();
    expect(rescue.isDoubtful).toBe(true);
    open.close();
    await rescue.noteClosed();
    const next = new LedgerRescue(folder, log);
    await next.beforeOpening();
    expect(next.isDoubtful).toBe(false);
  });

  it('begins a new data folder with nothing to do', async () => {
    const folder = dataFolder(tempFolder());
    await new LedgerRescue(folder, log).beforeOpening();
    expect(readdirSync(folder.root)).toEqual([]);
  });
});

describe('LedgerRescue.restore', () => {
  it('takes the previous backup where the newest is damaged too', async () => {
    const { folder, rescue } = await dataWithBackup();
    await backUp(folder.ledger, folder.backups);
    breakPages(join(folder.backups, 'ledger-newest.db'), 8);
    await rescue.restore('because');
    expect(itemsIn(folder.ledger)).toBe(1000);
  });

  it('takes the previous backup where the newest has a row that nobody can read either', async () => {
    const { folder, rescue } = await dataWithBackup();
    breakRow(folder.ledger);
    await backUp(folder.ledger, folder.backups);
    rescue.noteDamage('row');
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(1000);
    // dealt with: not a second time
    await new LedgerRescue(folder, log).beforeOpening();
    expect(asideIn(folder.root)).toHaveLength(1);
  });

  it('restores none where each has such a row, at no start', async () => {
    const { folder, rescue } = await dataWithBackup();
    breakRow(folder.ledger);
    for (let made = 0; made < 2; made += 1) await backUp(folder.ledger, folder.backups);
    rescue.noteDamage('row');
    for (const start of [rescue, new LedgerRescue(folder, log)])
      await expect(start.beforeOpening()).rejects.toMatchObject({ code: 'LEDGER_CORRUPT' });
    expect(asideIn(folder.root)).toEqual([]);
    expect(readdirSync(folder.root).filter((name) => name.startsWith('ledger-restoring'))).toEqual([]);
  });

  it('says what to do where there is no sound backup, and touches nothing', async () => {
    const { folder, rescue } = await dataWithBackup();
    breakPages(join(folder.backups, 'ledger-newest.db'), 8);
    const before = readFileSync(folder.ledger);
    await expect(rescue.restore('because')).rejects.toMatchObject({
      code: 'LEDGER_CORRUPT',
      message: expect.stringMatching(/no sound backup.* move it out of its folder/),
    });
    expect(readFileSync(folder.ledger)).toEqual(before);
  });

  it('begins anew what a crash in the middle left', async () => {
    const { folder, rescue } = await dataWithBackup();
    writeFileSync(join(folder.root, 'ledger-restoring.db'), 'half');
    mkdirSync(join(folder.root, 'damaged-ledger-before'));
    rmSync(folder.ledger);
    await rescue.beforeOpening();
    expect(itemsIn(folder.ledger)).toBe(1000);
  });
});
