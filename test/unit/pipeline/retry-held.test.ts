import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import type { Limits } from '../../../src-main/contract/settings';
import type { Verdict } from '../../../src-main/contract/verdict';
import { Gate } from '../../../src-main/pipeline/gate';
import type { ProbesNow } from '../../../src-main/pipeline/plan-now';
import { ProbeSet } from '../../../src-main/pipeline/probe-set';
import { HeldRetrier } from '../../../src-main/pipeline/retry-held';
import { Transitions } from '../../../src-main/pipeline/transitions';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, LIMITS, newSubmission, openLedger, receiveItem, STAGED } from '../store/ledger-fixtures';
import { AWAY, FakeProbe, NOTHING, SetClock, TEXT } from './fake-probe';

type Unverified = Extract<Verdict, { kind: 'unverified' }>;
const REPORT: JobOutcome = { kind: 'report', report: NOTHING };

/** One item that is held for `reason` with `outcome` of its only probe, and its bytes in the held folder. */
async function heldItem(reason: Unverified['reason'], outcome: JobOutcome = REPORT) {
  const ledger = openLedger();
  const folder = tempFolder();
  const held = join(folder, 'held.txt');
  writeFileSync(held, 'held bytes', { mode: 0o400 });
  const probe = new FakeProbe();
  const clock = new SetClock();
  const probes = new ProbeSet([probe], clock);
  const detectType = () => Promise.resolve(TEXT);
  const submission = await newSubmission(ledger, { probes: ['one'], required: ['one'] });
  const id = await ledger.commit(() => {
    const item = receiveItem(ledger, submission);
    ledger.moves.stageAndStart(item, STAGED);
    ledger.jobs.createLeased(item, 'one', true, 1);
    ledger.jobs.end(item, 'one', outcome, 1, false);
    const verdict: Verdict = { kind: 'unverified', reason, rule: 'r', sentence: 's' };
    ledger.moves.decide(item, verdict, { settles: false, problem: null, now: 1 });
    ledger.moves.dispose(item, 'hold');
    ledger.moves.end('hold', item, endingOf({ destination: Buffer.from(held) }));
    return item;
  });
  const now: { limits: Limits | null; probes: ReturnType<ProbesNow> } = { limits: LIMITS, probes: null };
  const retried: number[] = [];
  const retrier = new HeldRetrier({
    ledger,
    transitions: new Transitions(ledger, clock, { custody: true }),
    gate: new Gate(probes, { folder: join(folder, 'canary'), limits: LIMITS, detectType, clock }),
    probes,
    clock,
    stagingDir: join(folder, 'staging'),
    limitsOf: () => now.limits,
    probesNow: () => now.probes,
    takesFrom: () => false,
    onRetried: (item) => retried.push(item),
  });
  const later = () => {
    clock.time += 5000;
  };
  const holdAgain = (why = reason) =>
    ledger.commit(() => {
      ledger.moves.plan(id);
      ledger.moves.start(id);
      ledger.moves.decide(
        id,
        { kind: 'unverified', reason: why, rule: 'r', sentence: 's' },
        { settles: false, problem: null, now: 1 },
      );
      ledger.moves.dispose(id, 'hold');
      ledger.moves.end('hold', id, endingOf({ destination: Buffer.from(held) }));
    });
  const another = (destination: string) =>
    ledger.commit(() => {
      const item = receiveItem(ledger, submission);
      ledger.moves.stageAndStart(item, STAGED);
      ledger.moves.decide(
        item,
        { kind: 'unverified', reason, rule: 'r', sentence: 's' },
        { settles: false, problem: null, now: 1 },
      );
      ledger.moves.dispose(item, 'hold');
      ledger.moves.end('hold', item, endingOf({ destination: Buffer.from(destination) }));
      return item;
    });
  return { holdAgain, another, ledger, folder, held, probe, id, now, retried, retrier, later };
}

/** Nobody can go through it. */
const loopAt = (path: string) => symlinkSync(path, path);

describe('a held item whose probe was missing', () => {
  it('is scanned again from its kept bytes when the probe is back', async () => {
    const { ledger, held, probe, id, retried, retrier, later } = await heldItem('probe_missing');
    probe.health = AWAY;
    expect(await retrier.run()).toBe(0);
    probe.health = { ...AWAY, state: 'ready' };
    later();
    expect(await retrier.run()).toBe(1);
    const { state, stagedPath } = ledger.items.get(id);
    expect([state, retried]).toEqual(['staged', [id]]);
    expect(readFileSync(stagedPath ?? '', 'utf8')).toBe('held bytes');
    expect(existsSync(held)).toBe(true);
    expect(await retrier.run()).toBe(0);
  });

  it('gets a name that its group can read, for a clamd that shares it', async () => {
    const { ledger, id, retrier } = await heldItem('probe_missing');
    await retrier.run();
    expect(statSync(ledger.items.get(id).stagedPath ?? '').mode & 0o777).toBe(0o640);
  });
});

describe('a held item', () => {
  it.each(['encrypted', 'unsupported', 'partial', 'limit_exceeded', 'timeout'] as const)(
    'that is %s stays while nothing changed',
    async (reason) => {
      const { retrier } = await heldItem(reason);
      expect(await retrier.run()).toBe(0);
    },
  );

  it('is scanned again under a limit that was raised, and not under one that was lowered', async () => {
    const { ledger, id, now, retrier } = await heldItem('limit_exceeded');
    now.limits = { ...LIMITS, archiveFiles: 1 };
    expect(await retrier.run()).toBe(0);
    now.limits = { ...LIMITS, fileBytes: LIMITS.fileBytes * 2 };
    expect(await retrier.run()).toBe(1);
    expect(ledger.items.get(id).limits).toEqual(now.limits);
  });

  it('waits for a probe that its profile asks for by now', async () => {
    const { now, retrier } = await heldItem('probe_missing');
    now.probes = { probes: ['one', 'new'], required: ['one', 'new'] };
    expect(await retrier.run()).toBe(0);
    now.probes = { probes: ['one', 'new'], required: ['one'] };
    expect(await retrier.run()).toBe(1);
  });

  it('stays when its profile is gone from the configuration', async () => {
    const { now, retrier } = await heldItem('limit_exceeded');
    now.limits = null;
    expect(await retrier.run()).toBe(0);
  });

  it('is scanned again with another database', async () => {
    const { probe, retrier, later } = await heldItem('unsupported');
    probe.health = { ...probe.health, databaseVersion: '8' };
    later();
    expect(await retrier.run()).toBe(1);
  });

  it('gets one more chance from an engine after a failure of its probe', async () => {
    const error: JobOutcome = { kind: 'error', code: 'PROBE_FAILED', message: 'no' };
    const { ledger, id, retrier } = await heldItem('probe_error', error);
    expect(await retrier.run()).toBe(1);
    expect(ledger.items.get(id).state).toBe('staged');
  });

  it('gets that chance once: held again for the same it stays', async () => {
    const error: JobOutcome = { kind: 'error', code: 'PROBE_FAILED', message: 'no' };
    const { ledger, id, retrier, holdAgain } = await heldItem('probe_error', error);
    expect(await retrier.run()).toBe(1);
    await holdAgain();
    retrier.ended(ledger.items.get(id));
    expect([await retrier.run(), await retrier.run()]).toEqual([0, 0]);
  });

  it('that was held since the last round is looked at, and nothing else while no cause is another one', async () => {
    const error: JobOutcome = { kind: 'error', code: 'PROBE_FAILED', message: 'no' };
    const { ledger, id, retrier, holdAgain, retried } = await heldItem('encrypted', error);
    const lists = vi.spyOn(ledger.items, 'inState');
    for (let round = 0; round < 5; round += 1) expect(await retrier.run()).toBe(0);
    const afterOne = lists.mock.calls.length;
    await ledger.commit(() => ledger.moves.retry(id, '/staging/again', null));
    await holdAgain('probe_error');
    retrier.ended(ledger.items.get(id));
    expect(await retrier.run()).toBe(1);
    expect([lists.mock.calls.length, afterOne, retried]).toEqual([2, 2, [id]]);
  });

  it('is looked at with all others when its probe has another database', async () => {
    const { ledger, probe, retrier, later } = await heldItem('encrypted');
    const lists = vi.spyOn(ledger.items, 'inState');
    await retrier.run();
    probe.health = { ...probe.health, databaseVersion: '9' };
    later();
    expect(await retrier.run()).toBe(1);
    expect(lists.mock.calls.length).toBe(4);
  });

  it('that killed its probe is never scanned again by itself', async () => {
    const died: JobOutcome = { kind: 'error', code: 'PROBE_DIED', message: 'it died' };
    const { retrier } = await heldItem('probe_error', died);
    expect(await retrier.run()).toBe(0);
  });

  it('is scanned again by hand whatever held it, and stays when its bytes are gone', async () => {
    const { ledger, id, retrier } = await heldItem('encrypted');
    expect(await retrier.retry(ledger.items.get(id))).toBe(true);
    const gone = await heldItem('encrypted');
    const item = gone.ledger.items.get(gone.id);
    const moved = { ...item, destination: Buffer.from('/nowhere') };
    expect(await gone.retrier.retry(moved)).toBe(false);
    expect(await gone.retrier.retry({ ...item, destination: null })).toBe(false);
    expect(gone.ledger.items.get(gone.id).state).toBe('held');
  });

  it('that cannot be put back to work is told, tried again, and holds up nobody', async () => {
    const { ledger, folder, held, retrier, id, another } = await heldItem('probe_missing');
    const [broken, other] = [join(folder, 'broken.txt'), join(folder, 'other.txt')];
    loopAt(broken);
    writeFileSync(other, 'other bytes', { mode: 0o400 });
    renameSync(held, `${held}.away`);
    loopAt(held);
    const later = [await another(broken), await another(other)];
    const states = () => [id, ...later].map((each) => ledger.items.get(each).state);
    await expect(retrier.run()).rejects.toMatchObject({ code: 'ELOOP' });
    expect(states()).toEqual(['held', 'held', 'staged']);
    rmSync(held);
    renameSync(`${held}.away`, held);
    await expect(retrier.run()).rejects.toMatchObject({ code: 'ELOOP' });
    expect(states()).toEqual(['staged', 'held', 'staged']);
    rmSync(broken);
    expect(await retrier.run()).toBe(0); // its bytes are gone
  });

  it('that a person settled while the round went on holds up nobody', async () => {
    const { ledger, probe, id, retrier } = await heldItem('probe_missing');
    const answer = probe.describe.bind(probe);
    probe.describe = async () => {
      await ledger.commit(() => ledger.moves.delete(id));
      return answer();
    };
    expect(await retrier.run()).toBe(0);
    expect(ledger.items.get(id).state).toBe('deleted');
  });

  it('that a person settled meanwhile stays settled, and nothing is left in staging', async () => {
    const { ledger, folder, id, retrier } = await heldItem('encrypted');
    const item = ledger.items.get(id);
    await ledger.commit(() => ledger.moves.delete(id));
    await expect(retrier.retry(item)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(ledger.items.get(id).state).toBe('deleted');
    const staging = join(folder, 'staging');
    expect(readdirSync(staging).flatMap((name) => readdirSync(join(staging, name)))).toEqual([]);
  });
});
