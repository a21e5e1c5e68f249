import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { DropgateError } from '../../../src-main/base/errors';
import { HOUR_MS } from '../../../src-main/contract/durations';
import { Backups } from '../../../src-main/engine/backups';
import { breakPages } from '../../support/broken-ledger';
import { describeWithDisk, mountSmallDisk } from '../../support/small-disk';
import { tempFolder } from '../../support/temp-folder';
import { SetClock } from '../pipeline/fake-probe';
import { itemIn, newSubmission, openLedger } from '../store/ledger-fixtures';

const MIB = 1024 ** 2;
const NEVER = new AbortController().signal;

/** Backups of an empty ledger; `made` runs them and says whether a new one was made. */
function backupsOf(isDoubtful = false, root = tempFolder()) {
  const folder = { ledger: join(root, 'ledger.db'), backups: join(root, 'backups') };
  const ledger = openLedger(folder.ledger);
  const clock = new SetClock();
  clock.time = Date.now();
  const told: DropgateError[] = [];
  const open = () =>
    new Backups({
      ledger,
      folder,
      clock,
      log: pino({ level: 'silent' }),
      minFreeBytes: 1024 ** 3,
      isDoubtful,
      onDamage: (error) => told.push(error),
    });
  const newest = join(folder.backups, 'ledger-newest.db');
  const bytes = () => (existsSync(newest) ? readFileSync(newest).toString('latin1') : null);
  let backups = open();
  const made = async () => {
    const before = bytes();
    await ledger.commit(() => ledger.meta.set('now', `${Math.random()}`));
    await backups.runIfDue(NEVER);
    return bytes() !== before;
  };
  const restart = () => {
    backups = open();
  };
  return { ledger, clock, folder, newest, told, made, restart, run: () => backups.runIfDue(NEVER) };
}

/** Of a ledger that was damaged when the engine before died. */
async function damaged(root: string) {
  const { ledger, folder, told } = backupsOf(true, root);
  const submission = await newSubmission(ledger);
  await ledger.commit(() => {
    for (let n = 0; n < 3000; n += 1) itemIn(ledger, submission, 'forwarded');
  });
  ledger.close();
  const again = openLedger(folder.ledger);
  expect(again.submissions.any()).toBe(true);
  breakPages(folder.ledger, 16);
  const backups = new Backups({
    ledger: again,
    folder,
    clock: new SetClock(),
    log: pino({ level: 'silent' }),
    minFreeBytes: 1024 ** 3,
    isDoubtful: true,
    onDamage: (error) => told.push(error),
  });
  return { folder, told, run: () => backups.runIfDue(NEVER) };
}

describe('backups of the ledger', () => {
  it('begin as soon as there is anything in it, and go on once a day', async () => {
    const { ledger, clock, made } = backupsOf();
    expect(await made()).toBe(false);
    await newSubmission(ledger);
    expect(await made()).toBe(true);
    expect(await made()).toBe(false);
    clock.time += 24 * HOUR_MS - 1000;
    expect(await made()).toBe(false);
    clock.time += 1000;
    expect(await made()).toBe(true);
  });

  it('are made each hour while much changes', async () => {
    const { ledger, clock, made } = backupsOf();
    await newSubmission(ledger);
    await made();
    clock.time += HOUR_MS;
    expect(await made()).toBe(false);
    await Promise.all(Array.from({ length: 50_000 }, () => ledger.commit(() => undefined)));
    expect(await made()).toBe(true);
    await Promise.all(Array.from({ length: 50_000 }, () => ledger.commit(() => undefined)));
    expect(await made()).toBe(false);
  });

  it('know the last one of an engine before, also one of a clock that ran ahead', async () => {
    const { ledger, clock, newest, made, restart } = backupsOf();
    await newSubmission(ledger);
    await made();
    restart();
    expect(await made()).toBe(false);
    restart();
    clock.time -= 24 * HOUR_MS;
    expect(await made()).toBe(true);
    utimesSync(newest, 1, 1);
    clock.time += 24 * HOUR_MS;
    restart();
    expect(await made()).toBe(true);
  });

  it('are not made of what has not changed', async () => {
    const { ledger, clock, newest, made, run } = backupsOf();
    await newSubmission(ledger);
    await made();
    const before = readFileSync(newest);
    clock.time += 48 * HOUR_MS;
    await run();
    expect(readFileSync(newest)).toEqual(before);
  });

  it('find damage at once where the engine before died, and tell it', async () => {
    const { folder, told, run } = await damaged(tempFolder());
    await run();
    expect(told).toMatchObject([{ code: 'LEDGER_CORRUPT', message: expect.stringContaining(folder.ledger) }]);
  });

  it('say why one could not be made', async () => {
    const { ledger, folder, run } = backupsOf();
    await newSubmission(ledger);
    writeFileSync(folder.backups, 'a file where their folder should be');
    await expect(run()).rejects.toMatchObject({ code: expect.stringMatching(/LEDGER_FAILED|ENOTDIR/) });
  });

  it('rest for an hour after one that failed: each would fill the same disk again', async () => {
    const { ledger, clock, folder, run, made } = backupsOf(true);
    await newSubmission(ledger);
    writeFileSync(folder.backups, 'a file where their folder should be');
    await expect(run()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
    await run();
    clock.time += HOUR_MS;
    await expect(run()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
    rmSync(folder.backups);
    expect(await made()).toBe(false);
    clock.time += HOUR_MS;
    expect(await made()).toBe(true);
  });
});

describeWithDisk('backups of a ledger on a disk that is nearly full', () => {
  it('are not made before there is room for them, and an hour of rest', async () => {
    const root = join(tempFolder(), 'disk');
    mountSmallDisk(root, 20 * MIB);
    const { ledger, clock, folder, newest, run } = backupsOf(false, root);
    await newSubmission(ledger);
    writeFileSync(join(root, 'other'), Buffer.alloc(17.8 * MIB));
    await expect(run()).rejects.toMatchObject({ code: 'LEDGER_FAILED', message: expect.stringContaining('no room') });
    expect(existsSync(folder.backups)).toBe(false);
    rmSync(join(root, 'other'));
    await run();
    expect(existsSync(newest)).toBe(false);
    clock.time += HOUR_MS;
    await run();
    expect(existsSync(newest)).toBe(true);
  });

  it('are made where what a killed one left half made has taken the room', async () => {
    const root = join(tempFolder(), 'disk');
    mountSmallDisk(root, 20 * MIB);
    const { ledger, folder, run } = backupsOf(false, root);
    await newSubmission(ledger);
    mkdirSync(folder.backups);
    writeFileSync(join(folder.backups, '.dropgate-partial-0123456789abcdef'), Buffer.alloc(17.8 * MIB));
    await run();
    expect(readdirSync(folder.backups)).toEqual(['ledger-newest.db']);
  });

  it('find damage without room for one where the engine before died', async () => {
    const root = join(tempFolder(), 'disk');
    mountSmallDisk(root, 40 * MIB);
    const { folder, told, run } = await damaged(root);
    const { bavail, bsize } = statfsSync(root);
    writeFileSync(join(root, 'other'), Buffer.alloc(bavail * bsize - 3 * MIB));
    await expect(run()).rejects.toMatchObject({ message: expect.stringContaining('no room') });
    expect(told).toMatchObject([{ code: 'LEDGER_CORRUPT', message: expect.stringContaining(folder.ledger) }]);
    expect(existsSync(folder.backups)).toBe(false);
  });
});
