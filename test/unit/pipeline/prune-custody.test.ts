import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../src-main/pipeline/audit';
import { pruneCustody } from '../../../src-main/pipeline/prune-custody';
import type { CustodyHead } from '../../../src-main/store/custody';
import { Ledger } from '../../../src-main/store/ledger';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, itemIn, newSubmission, openLedger } from '../store/ledger-fixtures';

const NEVER = new AbortController().signal;
const month = (number: number, day = 1) => Date.UTC(2026, number - 1, day);
const NOW = month(12, 15);

/** A log with rows in the given months, in this order. */
async function logOf(months: readonly number[], path = join(tempFolder(), 'ledger.db')) {
  const ledger = openLedger(path);
  const heads: CustodyHead[] = [];
  await ledger.commit(() => {
    for (const number of months) heads.push(ledger.custody.append(month(number), 1, 'event', {}));
  });
  const rows = () => ledger.custody.entries(0, 10_000).map(({ seq }) => seq);
  return { ledger, heads, rows, path };
}

describe('pruneCustody', () => {
  it('forgets whole months that were over before, keeps their heads, and says so in the log', async () => {
    const { ledger, rows } = await logOf([1, 1, 2, 3, 3, 4]);
    expect(await pruneCustody(ledger, NOW, month(3, 20), NEVER)).toBe(3);
    expect(rows()).toEqual([4, 5, 6, 7]);
    expect(ledger.custody.segments().map(({ segment }) => segment)).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-12',
    ]);
    expect(ledger.custody.entries(6, 1)[0]).toMatchObject({
      event: 'pruned',
      data: expect.stringContaining('"seq":3'),
    });
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true, rows: 4, pruned: 3, problems: [] });
    // the same again changes nothing
    expect(await pruneCustody(ledger, NOW, month(3, 20), NEVER)).toBe(0);
    expect(rows()).toEqual([4, 5, 6, 7]);
  });

  it('never forgets the newest month', async () => {
    const { ledger, rows } = await logOf([1, 1]);
    expect(await pruneCustody(ledger, NOW, NOW, NEVER)).toBe(0);
    expect(rows()).toEqual([1, 2]);
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true, pruned: 0 });
  });

  it('does nothing to an empty log', async () => {
    const { ledger } = await logOf([]);
    expect(await pruneCustody(ledger, NOW, NOW, NEVER)).toBe(0);
  });

  it('waits with what lies behind a month that a clock which ran ahead wrote', async () => {
    const { ledger, rows } = await logOf([1, 11, 2, 3, 12]);
    await pruneCustody(ledger, NOW, month(6), NEVER);
    expect(rows()).toEqual([2, 3, 4, 5, 6]);
    expect((await verifyAudit(ledger)).ok).toBe(true);
  });

  it('keeps young rows that lie before those of a clock which was behind for a while', async () => {
    const { ledger, rows } = await logOf([1, 2, 11, 3, 11]);
    expect(await pruneCustody(ledger, NOW, month(6), NEVER)).toBe(2);
    expect(rows()).toEqual([3, 4, 5, 6]);
    expect(await pruneCustody(ledger, NOW, month(6), NEVER)).toBe(0);
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true, pruned: 2 });
  });

  it('goes on where a crash or an end left it', async () => {
    const { ledger, rows } = await logOf([...Array.from({ length: 500 }, () => 1), 2]);
    expect(await pruneCustody(ledger, NOW, month(2), AbortSignal.abort())).toBe(0);
    expect(rows()).toHaveLength(502);
    expect((await verifyAudit(ledger)).ok).toBe(true);
    expect(await pruneCustody(ledger, NOW, month(2), NEVER)).toBe(500);
    expect((await verifyAudit(ledger)).ok).toBe(true);
  });

  it('prunes again a month later, from there on', async () => {
    const { ledger, rows } = await logOf([1, 2, 3]);
    await pruneCustody(ledger, month(4), month(2), NEVER);
    await ledger.commit(() => ledger.custody.append(month(5), 1, 'event', {}));
    await pruneCustody(ledger, month(6), month(5), NEVER);
    expect(rows()).toEqual([5, 6]);
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true, pruned: 4 });
  });

  it('takes reports whose row was pruned as they are, and no other', async () => {
    const folder = tempFolder();
    const { ledger, heads } = await logOf([1, 2, 3], join(folder, 'ledger.db'));
    const submission = await newSubmission(ledger);
    const keep = (name: string, custody: object) =>
      ledger.commit(() => {
        const report = join(folder, name);
        writeFileSync(report, JSON.stringify({ custody }));
        const id = itemIn(ledger, submission, 'disposing');
        ledger.moves.end('hold', id, endingOf({ report: Buffer.from(report) }));
      });
    await keep('first', heads[0] ?? {});
    await keep('second', heads[1] ?? {});
    await pruneCustody(ledger, NOW, month(3), NEVER);
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true, reports: 2 });
    await keep('wrong', { seq: 2, head: 'f'.repeat(64) });
    expect((await verifyAudit(ledger)).problems).toEqual([expect.stringMatching(/wrong: it names row 2 .* missing/)]);
  });

  it.each([
    [
      'rows that were taken out as if they had been pruned',
      'INSERT INTO meta VALUES (\'custody-pruned\', \'{"seq":2,"head":"x"}\'); DELETE FROM custody WHERE seq <= 2',
    ],
    ['a head that was changed', "UPDATE custody_segment SET head = 'x' WHERE segment = '2026-01'"],
    ['more rows than were pruned', 'DELETE FROM custody WHERE seq = 4'],
  ])('does not hide %s', async (what, sql) => {
    const { ledger, path } = await logOf([1, 1, 2, 2, 3]);
    if (!what.startsWith('rows')) await pruneCustody(ledger, NOW, month(2), NEVER);
    ledger.close();
    const db = new Sqlite(path);
    db.exec(sql);
    db.close();
    const again = new Ledger(path);
    expect((await verifyAudit(again)).ok).toBe(false);
    again.close();
  });
});

describe('verifyAudit after an older ledger took the place of a damaged one', () => {
  it('counts reports whose rows were lost, written before, as lost, and no later ones', async () => {
    const folder = tempFolder();
    const { ledger } = await logOf([1, 2], join(folder, 'ledger.db'));
    await ledger.commit(() => ledger.custody.append(NOW, null, 'ledger-restored', { through: 2 }));
    const submission = await newSubmission(ledger);
    const keep = (name: string, writtenAt: number) =>
      ledger.commit(() => {
        const report = join(folder, name);
        const custody = { seq: 40, head: 'a'.repeat(64) };
        writeFileSync(report, JSON.stringify({ writtenAt: new Date(writtenAt).toISOString(), custody }));
        const id = itemIn(ledger, submission, 'disposing');
        ledger.moves.end('hold', id, endingOf({ report: Buffer.from(report) }));
      });
    await keep('before', NOW - 1);
    expect(await verifyAudit(ledger)).toMatchObject({ ok: true, lost: 1, problems: [] });
    await keep('after', NOW + 1);
    expect(await verifyAudit(ledger)).toMatchObject({ ok: false, lost: 1 });
  });
});
