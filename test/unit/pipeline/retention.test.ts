import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DAY_MS } from '../../../src-main/contract/durations';
import { Retention } from '../../../src-main/pipeline/retention';
import { Transitions } from '../../../src-main/pipeline/transitions';
import { HeldStore } from '../../../src-main/sinks/held/store';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, itemIn, newSubmission, openLedger } from '../store/ledger-fixtures';
import { NOTHING, SetClock } from './fake-probe';

const NEVER = new AbortController().signal;

/** Retention of a ledger; `kept` makes a quarantined file that ended so many days ago. */
async function retention(settings: { historyDays: number; quarantineDays: number }) {
  const root = tempFolder();
  const ledger = openLedger();
  const clock = new SetClock();
  clock.time = 1000 * DAY_MS;
  const transitions = new Transitions(ledger, clock, { custody: true });
  const submission = await newSubmission(ledger);
  const subject = new Retention({ ledger, transitions, clock, retention: settings, quarantine: new HeldStore(root) });
  const kept = async (days: number, place: 'quarantine' | 'hold' = 'quarantine') => {
    const path = join(root, `submission-${days}`, 'a.cart');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'bytes');
    const id = await ledger.commit(() => {
      const item = itemIn(ledger, submission, 'disposing');
      ledger.moves.end(place, item, endingOf({ destination: Buffer.from(path), now: clock.now() - days * DAY_MS }));
      return item;
    });
    return { id, path };
  };
  return { ledger, clock, kept, run: () => subject.runIfDue(NEVER), submission };
}

describe('Retention', () => {
  it('keeps what is quarantined or held for ever when nobody told otherwise', async () => {
    const { ledger, kept, run } = await retention({ historyDays: 1, quarantineDays: 0 });
    const files = [await kept(900), await kept(800, 'hold')];
    expect(await run()).toMatchObject({ quarantined: 0, files: 0 });
    for (const { id, path } of files) {
      expect(existsSync(path)).toBe(true);
      expect(ledger.items.find(id)).not.toBeNull();
    }
  });

  it('deletes what was quarantined for longer than it is told, and says so in the custody log', async () => {
    const { ledger, kept, run } = await retention({ historyDays: 365, quarantineDays: 30 });
    const [old, young, held] = [await kept(31), await kept(29), await kept(32, 'hold')];
    expect(await run()).toMatchObject({ quarantined: 1, files: 0 });
    expect(ledger.items.get(old.id).state).toBe('deleted');
    expect(existsSync(old.path)).toBe(false);
    expect(ledger.custody.ofItemId(old.id).at(-1)).toMatchObject({
      event: 'deleted',
      data: '{"reason":"it was kept for 30 days, as retention.quarantineDays says"}',
    });
    expect(ledger.removals.all()).toEqual([]);
    for (const { path } of [young, held]) expect(existsSync(path)).toBe(true);
  });

  it('counts the days of what a clock in 1970 stamped from when the clock was set right', async () => {
    const { ledger, clock, kept, run } = await retention({ historyDays: 365, quarantineDays: 30 });
    clock.shift(Date.UTC(2026, 10, 22) - clock.now());
    const { id, path } = await kept(clock.now() / DAY_MS - 1);
    expect(ledger.items.get(id).settledAt).toBe(DAY_MS);
    for (let day = 0; day <= 30; day += 1) {
      expect(await run()).toMatchObject({ quarantined: 0 });
      clock.time += DAY_MS;
    }
    expect(existsSync(path)).toBe(true);
    expect(await run()).toMatchObject({ quarantined: 1 });
    expect(existsSync(path)).toBe(false);
  });

  it('does the rest when one part fails, tells it, and tries again a day later', async () => {
    const { ledger, clock, kept, run } = await retention({ historyDays: 365, quarantineDays: 30 });
    const broken = vi.spyOn(ledger.history, 'before').mockImplementation(() => {
      throw new Error('no history');
    });
    const { id } = await kept(31);
    await expect(run()).rejects.toThrow('no history');
    expect(ledger.items.get(id).state).toBe('deleted');
    expect(await run()).toBeNull();
    broken.mockRestore();
    clock.time += DAY_MS;
    expect(await run()).not.toBeNull();
  });

  it('looks once a day, also after a clock was set back', async () => {
    const { clock, run } = await retention({ historyDays: 365, quarantineDays: 30 });
    expect(await run()).not.toBeNull();
    clock.time += DAY_MS - 1;
    expect(await run()).toBeNull();
    clock.time += 1;
    expect(await run()).not.toBeNull();
    clock.shift(-100 * DAY_MS);
    expect(await run()).not.toBeNull();
    expect(await run()).toBeNull();
  });

  it('forgets the reports of probes that were unused for as long as history is kept', async () => {
    const { ledger, clock, run } = await retention({ historyDays: 30, quarantineDays: 0 });
    await ledger.commit(() => ledger.cache.remember('key', NOTHING, clock.time - 29 * DAY_MS));
    expect(await run()).toMatchObject({ cachedReports: 0 });
    clock.time += DAY_MS + 1;
    expect(await run()).toMatchObject({ cachedReports: 1 });
    expect(ledger.cache.find('key')).toBeNull();
  });

  it('removes nothing by a clock that jumped ahead, and does what is right when it is set right again', async () => {
    const { clock, kept, run } = await retention({ historyDays: 365, quarantineDays: 30 });
    await run();
    const { path } = await kept(1);
    clock.time += DAY_MS;
    clock.shift(400 * DAY_MS);
    expect(await run()).toBeNull();
    clock.time += DAY_MS / 2;
    expect(await run()).toBeNull();
    clock.shift(-400 * DAY_MS);
    expect(await run()).toMatchObject({ quarantined: 0 });
    expect(existsSync(path)).toBe(true);
  });
});
