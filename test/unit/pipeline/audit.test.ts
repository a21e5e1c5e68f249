import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../src-main/pipeline/audit';
import { custodyHash } from '../../../src-main/store/custody';
import { Ledger } from '../../../src-main/store/ledger';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, itemIn, newSubmission, openLedger } from '../store/ledger-fixtures';

const DAY = 24 * 3600 * 1000;

/** A ledger with ten rows over two months and one held item, whose report names the head at row 8. */
async function historyIn(folder: string) {
  const path = join(folder, 'ledger.db');
  const report = join(folder, 'a.txt.report.json');
  const ledger = new Ledger(path);
  const submission = await newSubmission(ledger);
  for (let row = 1; row <= 10; row += 1) {
    const at = Date.UTC(2026, 9, 27) + row * DAY;
    const head = await ledger.commit(() => ledger.custody.append(at, 1, 'event', { row }));
    if (row === 8) writeFileSync(report, JSON.stringify({ custody: head }));
  }
  await ledger.commit(() => {
    const id = itemIn(ledger, submission, 'disposing');
    ledger.moves.end('hold', id, endingOf({ report: Buffer.from(report) }));
  });
  ledger.close();
  return { path, report };
}

/** What verifyAudit says after somebody with a database program was there. */
async function auditAfter(tamper: (db: Sqlite.Database, report: string) => void) {
  const { path, report } = await historyIn(tempFolder());
  const db = new Sqlite(path);
  tamper(db, report);
  db.close();
  return verifyAudit(openLedger(path));
}

/** Writes the whole chain and its segments anew from what the rows say now. */
function rechain(db: Sqlite.Database): void {
  type Row = { seq: number; segment: string; at: number; item_id: number; event: string; data: string };
  let previous = '0'.repeat(64);
  for (const { item_id: itemId, ...row } of db.prepare<[], Row>('SELECT * FROM custody ORDER BY seq').all()) {
    const { seq, segment, at, event, data } = row;
    previous = custodyHash(previous, { seq, segment, at, itemId, event, data });
    db.prepare('UPDATE custody SET hash = ? WHERE seq = ?').run(previous, seq);
    db.prepare('UPDATE custody_segment SET last_seq = ?, head = ? WHERE segment = ?').run(seq, previous, segment);
  }
}

describe('verifyAudit', () => {
  it('finds nothing in a log that nobody touched', async () => {
    const audit = await auditAfter(() => undefined);
    expect(audit).toMatchObject({ ok: true, rows: 10, segments: 2, reports: 1, problems: [], head: { seq: 10 } });
  });

  it('finds nothing in an empty log', async () => {
    expect(await verifyAudit(openLedger())).toMatchObject({ ok: true, rows: 0, segments: 0, reports: 0 });
  });

  it.each(['at = at + 1', 'item_id = 2', "event = 'other'", "data = '{}'", "segment = '2026-11'", "hash = 'ab'"])(
    'finds a row that was changed: %s',
    async (change) => {
      const audit = await auditAfter((db) => db.exec(`UPDATE custody SET ${change} WHERE seq = 3`));
      expect(audit.ok).toBe(false);
      expect(audit.problems.join()).toContain('row 3 is not what was written');
    },
  );

  it('finds rows that were taken out of the middle', async () => {
    const audit = await auditAfter((db) => db.exec('DELETE FROM custody WHERE seq IN (5, 6)'));
    expect(audit).toMatchObject({ ok: false, problems: expect.arrayContaining(['rows 5 to 6 are missing']) });
  });

  it('finds the first rows missing', async () => {
    const audit = await auditAfter((db) => db.exec('DELETE FROM custody WHERE seq < 3'));
    expect(audit).toMatchObject({ ok: false, problems: expect.arrayContaining(['rows 1 to 2 are missing']) });
  });

  it('finds rows cut off at the end by the head of their segment', async () => {
    const audit = await auditAfter((db) => db.exec('DELETE FROM custody WHERE seq > 8'));
    expect(audit).toMatchObject({ ok: false, rows: 8 });
    expect(audit.problems.join()).toContain('row 10');
  });

  it('finds rows cut off at the end by a report, also when the segments were made to fit', async () => {
    const audit = await auditAfter((db) => {
      db.exec('DELETE FROM custody WHERE seq > 7');
      rechain(db);
    });
    expect(audit.problems).toEqual([expect.stringContaining('names row 8 of the custody log, which is missing')]);
  });

  it('finds a history that was written anew by a report', async () => {
    const audit = await auditAfter((db) => {
      db.exec("UPDATE custody SET data = '{}' WHERE seq = 2");
      rechain(db);
    });
    expect(audit.problems).toEqual([expect.stringContaining('names another hash for row 8')]);
  });

  it('finds a history that was emptied', async () => {
    const audit = await auditAfter((db) => db.exec('DELETE FROM custody; DELETE FROM custody_segment'));
    expect(audit).toMatchObject({ ok: false, rows: 0 });
  });

  it('finds rows behind the last segment, and a segment with another head', async () => {
    const behind = await auditAfter((db) => db.exec("DELETE FROM custody_segment WHERE segment = '2026-11'"));
    expect(behind.problems.join()).toContain('belongs to no segment');
    const other = await auditAfter((db) => db.exec("UPDATE custody_segment SET head = 'ab'"));
    expect(other.problems).toHaveLength(2);
  });

  it.each([
    ['is missing', (report: string) => rmSync(report), 'the report is missing'],
    ['is no JSON', (report: string) => writeFileSync(report, '{'), 'the report is damaged'],
    ['names no head', (report: string) => writeFileSync(report, '{}'), 'the report is damaged'],
  ])('finds a report that %s', async (_what, spoil, problem) => {
    const audit = await auditAfter((_db, report) => spoil(report));
    expect(audit).toMatchObject({ ok: false, problems: [expect.stringContaining(problem)] });
  });

  it('names at most a hundred problems, and says how many more there are', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = openLedger(path);
    await ledger.commit(() => {
      for (let row = 0; row < 2500; row += 1) ledger.custody.append(row, 1, 'event', {});
    });
    const db = new Sqlite(path);
    db.exec("UPDATE custody SET data = 'x' WHERE seq <= 150");
    db.close();
    const { ok, rows, problems } = await verifyAudit(ledger);
    expect([ok, rows, problems.length]).toEqual([false, 2500, 101]);
    expect(problems.at(-1)).toBe('and 50 more');
  });
});
