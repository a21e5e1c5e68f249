import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { JobOutcome } from '../../../../src-main/contract/job-outcome';
import { overviewOf } from '../../../../src-main/pipeline/reading/overview';
import { OverviewFigures } from '../../../../src-main/store/overview-figures';
import { openForReading } from '../../../../src-main/store/reading';
import { SubmissionList } from '../../../../src-main/store/submission-list';
import { tempFolder } from '../../../support/temp-folder';
import {
  CLEAN,
  endingOf,
  itemIn,
  newSubmission,
  openLedger,
  receiveItem,
  STAGED,
  UNVERIFIED,
} from '../../store/ledger-fixtures';
import { SetClock } from '../fake-probe';

const HOUR = 3_600_000;

function opened() {
  const path = join(tempFolder(), 'ledger.db');
  const ledger = openLedger(path);
  const tables = openForReading(path);
  onTestFinished(() => void tables.db.close());
  return { ledger, tables };
}

const NOTHING: JobOutcome = {
  kind: 'report',
  report: {
    statement: 'nothing_found',
    coverage: { kind: 'complete' },
    findings: [],
    engineVersion: '1',
    databaseVersion: null,
  },
};

it('the overview has every hour, also those in which nothing ended, and the speed of each probe', async () => {
  const { ledger, tables } = opened();
  const submission = await newSubmission(ledger);
  const endAt = (now: number, durationMs: number, outcome: JobOutcome) => {
    const id = receiveItem(ledger, submission);
    ledger.moves.stageAndStart(id, { ...STAGED, size: 10 });
    ledger.jobs.createLeased(id, 'one', true, 9);
    ledger.jobs.end(id, 'one', outcome, durationMs, false);
    ledger.moves.decide(id, CLEAN, { settles: false, problem: null, now });
    ledger.moves.dispose(id, 'forward');
    ledger.moves.end('forward', id, endingOf({ now }));
  };
  await ledger.commit(() => {
    endAt(100 * HOUR + 5, 1, NOTHING);
    for (let ms = 1; ms <= 100; ms += 1) endAt(102 * HOUR + ms, ms, NOTHING);
    endAt(102 * HOUR, 200, { kind: 'error', code: 'PROBE_FAILED', message: 'no' });
    endAt(90 * HOUR, 5000, NOTHING); // too long ago
  });
  const overview = overviewOf(new OverviewFigures(tables.db), 4, 103 * HOUR + 1);
  expect(overview.hours.map(({ clean, bytes }) => [clean, bytes])).toEqual([
    [1, 10],
    [0, 0],
    [101, 1010],
    [0, 0],
  ]);
  expect(overview.hours[0]?.at).toBe(new Date(100 * HOUR).toISOString());
  expect(overview.probes).toEqual([{ probe: 'one', jobs: 102, failed: 1, medianMs: 50, p95Ms: 96 }]);
});

it('submissions come newest first with what became of their files, open ones alone when asked', async () => {
  const { ledger, tables } = opened();
  const list = new SubmissionList(tables.db, new SetClock());
  const [first, second, third] = [
    await newSubmission(ledger),
    await newSubmission(ledger),
    await newSubmission(ledger),
  ];
  await ledger.commit(() => {
    for (const state of ['forwarded', 'held', 'quarantined', 'cancelled', 'skipped'] as const)
      itemIn(ledger, first, state);
    for (const state of ['received', 'disposing', 'forwarded'] as const) itemIn(ledger, second, state);
    ledger.submissions.seal(first);
    ledger.submissions.seal(second);
  });
  const ids = (open: boolean, offset = 0, limit = 10) => list.page({ open, offset, limit }).rows.map(({ id }) => id);
  expect(ids(false)).toEqual([third, second, first]);
  expect(ids(false, 1, 1)).toEqual([second]);
  expect(ids(true)).toEqual([third, second]); // the third is not sealed: files may still come
  expect(list.page({ open: true, offset: 0, limit: 1 }).total).toBe(2);
  expect(list.figures(first)).toMatchObject({ items: 5, settled: 5, clean: 3, unverified: 0, bytes: 9 });
  expect(list.figures(first)).toMatchObject({ sized: 3, settledBytes: 9 });
  expect(list.figures(second)).toMatchObject({ items: 3, settled: 1, clean: 1, bytes: 6, sized: 2, settledBytes: 3 });
});

it('the figures of a large submission are counted again when something of it moved, or after a minute', async () => {
  const { ledger, tables } = opened();
  const clock = new SetClock();
  const list = new SubmissionList(tables.db, clock);
  const submission = await newSubmission(ledger);
  const [held] = await ledger.commit(() => {
    for (let n = 0; n < 1100; n += 1) itemIn(ledger, submission, 'skipped');
    return [itemIn(ledger, submission, 'held')];
  });
  const figures = () => {
    const { items, settled } = list.figures(submission);
    return [items, settled];
  };
  expect(figures()).toEqual([1101, 1101]);
  await ledger.commit(() => ledger.moves.retry(held, '/staging/again', null));
  expect(figures()).toEqual([1101, 1100]);
  await ledger.commit(() => ledger.moves.cancel(held, UNVERIFIED, 9));
  expect(figures()).toEqual([1101, 1101]);
  await ledger.commit(() => itemIn(ledger, submission, 'skipped'));
  expect(figures()).toEqual([1102, 1102]);

  const db = new Sqlite(tables.db.name);
  onTestFinished(() => void db.close());
  db.prepare('DELETE FROM item WHERE id = 1').run(); // forgotten by age: nothing of the submission moved
  expect(figures()).toEqual([1102, 1102]);
  clock.time += 60_000;
  expect(figures()).toEqual([1101, 1101]);
});
