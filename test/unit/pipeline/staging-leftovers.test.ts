import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StagingLeftovers } from '../../../src-main/pipeline/staging-leftovers';
import { tempFolder } from '../../support/temp-folder';
import { newSubmission, openLedger, receiveItem, STAGED } from '../store/ledger-fixtures';
import { SetClock } from './fake-probe';

const HOUR = 3_600_000;

function staging() {
  const stagingDir = tempFolder();
  const ledger = openLedger();
  const clock = new SetClock();
  const leftovers = new StagingLeftovers({ ledger, stagingDir, clock });
  const stage = (folder = randomUUID() as string) => {
    mkdirSync(join(stagingDir, folder), { recursive: true });
    const path = join(stagingDir, folder, `item-${randomUUID()}`);
    writeFileSync(path, 'bytes');
    return path;
  };
  const anHourLater = () => {
    clock.time += HOUR;
    return leftovers.runIfDue();
  };
  return { ledger, clock, leftovers, stage, anHourLater };
}

describe('StagingLeftovers', () => {
  it('removes a copy that no row names after two looks, an hour from each other', async () => {
    const { clock, leftovers, stage, anHourLater } = staging();
    const paths = [stage(), stage('export')];
    expect(await leftovers.runIfDue()).toBe(0);
    expect(await anHourLater()).toBe(0);
    clock.time += HOUR - 1;
    expect(await leftovers.runIfDue()).toBe(0);
    expect(paths.every((path) => existsSync(path))).toBe(true);
    clock.time += 1;
    expect(await leftovers.runIfDue()).toBe(2);
    expect(paths.some((path) => existsSync(path))).toBe(false);
  });

  it('keeps one that a row names by then, one that is still written, and those of canaries', async () => {
    const { ledger, stage, anHourLater } = staging();
    const [named, written, canary] = [stage(), stage(), stage('canary')];
    await anHourLater();
    const submission = await newSubmission(ledger);
    await ledger.commit(() =>
      ledger.moves.stageAndStart(receiveItem(ledger, submission), { ...STAGED, stagedPath: named }),
    );
    appendFileSync(written, 'more');
    expect(await anHourLater()).toBe(0);
    expect([named, written, canary].every((path) => existsSync(path))).toBe(true);
    expect(await anHourLater()).toBe(1);
    expect(existsSync(written)).toBe(false);
  });
});
