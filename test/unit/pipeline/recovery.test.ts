import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { finishRemovals, requeueInFlight, sweepStaging } from '../../../src-main/pipeline/recovery';
import { Transitions } from '../../../src-main/pipeline/transitions';
import { HeldStore } from '../../../src-main/sinks/held/store';
import type { Ledger } from '../../../src-main/store/ledger';
import { tempFolder } from '../../support/temp-folder';
import { itemIn, newSubmission, openLedger, STAGED } from '../store/ledger-fixtures';
import { SetClock } from './fake-probe';

const transitionsOf = (ledger: Ledger) => new Transitions(ledger, new SetClock(), { custody: true });

/** A child of a root, staged and being scanned. */
function scanningChild(ledger: Ledger, submissionId: number, root: number, stagedPath: string): number {
  const { hashes, size, type } = STAGED;
  const place = {
    submissionId,
    parentId: root,
    rootId: root,
    depth: 1,
    unpackedBy: 'archive',
    name: Buffer.from('member'),
  };
  const child = ledger.moves.adopt({ ...place, stagedPath, size, hashes, type, now: 1 });
  ledger.moves.plan(child);
  ledger.moves.start(child);
  return child;
}

describe('requeueInFlight', () => {
  it('puts everything that was being scanned back, with its running jobs, and names the roots', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const [held, one, root, child] = await ledger.commit(() => {
      const first = itemIn(ledger, submission, 'held');
      const second = itemIn(ledger, submission, 'scanning');
      const third = itemIn(ledger, submission, 'scanning');
      ledger.jobs.createLeased(second, 'one', true, 9);
      ledger.jobs.create(second, 'two', true);
      return [first, second, third, scanningChild(ledger, submission, third, '/staging/child')];
    });
    expect(await requeueInFlight(ledger, transitionsOf(ledger))).toEqual([one, root]);
    const states = [held, one, root, child].map((id) => ledger.items.get(id ?? 0).state);
    expect(states).toEqual(['held', 'planned', 'planned', 'planned']);
    expect(ledger.jobs.of(one ?? 0).map(({ state }) => state)).toEqual(['pending', 'pending']);
  });

  it('does nothing when nothing was in flight, also when it is done twice', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    await ledger.commit(() => itemIn(ledger, submission, 'scanning'));
    expect(await requeueInFlight(ledger, transitionsOf(ledger))).toHaveLength(1);
    expect(await requeueInFlight(ledger, transitionsOf(ledger))).toEqual([]);
  });

  it('takes more items than one step does', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    await ledger.commit(() => {
      for (let index = 0; index < 450; index += 1) itemIn(ledger, submission, 'scanning');
    });
    expect(await requeueInFlight(ledger, transitionsOf(ledger))).toHaveLength(450);
    expect(ledger.items.scanning()).toEqual([]);
  });
});

describe('sweepStaging', () => {
  it('removes what no row names, folders and links too, and keeps the bytes of what goes on', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const staging = tempFolder();
    const precious = join(tempFolder(), 'precious');
    mkdirSync(precious);
    writeFileSync(join(precious, 'file'), 'keep');
    for (const folder of ['live', 'dead', 'canary']) mkdirSync(join(staging, folder));
    const kept = join(staging, 'live', 'child-1');
    for (const path of [kept, join(staging, 'live', 'item-2'), join(staging, 'dead', 'item-3')])
      writeFileSync(path, 'x');
    mkdirSync(join(staging, 'live', 'unpacking', 'deep'), { recursive: true });
    writeFileSync(join(staging, 'live', 'unpacking', 'deep', 'file'), 'x');
    symlinkSync(precious, join(staging, 'live', 'link'));
    await ledger.commit(() => scanningChild(ledger, submission, itemIn(ledger, submission, 'scanning'), kept));
    expect(await sweepStaging(ledger, staging)).toBe(4);
    expect(readdirSync(staging)).toEqual(['live']);
    expect(readdirSync(join(staging, 'live'))).toEqual(['child-1']);
    expect(existsSync(join(precious, 'file'))).toBe(true);
  });

  it('has nothing to do in an empty folder', async () => {
    expect(await sweepStaging(openLedger(), tempFolder())).toBe(0);
  });
});

describe('finishRemovals', () => {
  it('goes on behind a file that cannot be removed, which stays noted', async () => {
    const ledger = openLedger();
    const root = tempFolder();
    writeFileSync(join(root, 'a'), '');
    const [stays, goes] = [join(root, 'a', 'file'), join(root, 'b')].map((path) => Buffer.from(path));
    writeFileSync(goes ?? '', 'bytes');
    await ledger.commit(() => {
      ledger.removals.add({ itemId: 1, place: 'quarantined', location: stays ?? Buffer.alloc(0) });
      ledger.removals.add({ itemId: 2, place: 'quarantined', location: goes ?? Buffer.alloc(0) });
    });
    const place = new HeldStore(root);
    await finishRemovals(ledger, { held: place, quarantine: place }, pino({ level: 'silent' }));
    expect(ledger.removals.all().map(({ itemId }) => itemId)).toEqual([1]);
    expect(existsSync(join(root, 'b'))).toBe(false);
  });
});
