import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { privateName } from '../../../src-main/pipeline/remove-source';
import { SourceRemover } from '../../../src-main/pipeline/source-remover';
import { Transitions } from '../../../src-main/pipeline/transitions';
import { tempFolder } from '../../support/temp-folder';
import { CLEAN, endingOf, newSubmission, openLedger, STAGED } from '../store/ledger-fixtures';
import { SetClock } from './fake-probe';

const MINUTES = 60_000;
const NEVER = new AbortController().signal;

/** A forwarded item whose source waits to be removed, and cannot be: all its private names are taken. */
async function waitingSource(problem: string | null = null) {
  const folder = tempFolder();
  const path = join(folder, 'a.txt');
  writeFileSync(path, 'abc');
  const { dev, ino, mtimeNs } = statSync(path, { bigint: true });
  const identity = { dev: String(dev), ino: String(ino), size: 3, mtimeNs: String(mtimeNs) };
  const ledger = openLedger();
  const clock = new SetClock();
  const transitions = new Transitions(ledger, clock, { custody: true });
  const submissionId = await newSubmission(ledger, { source: 'move' });
  const file = { relativePath: Buffer.from('a.txt'), sourcePath: Buffer.from(path), problem: null, identity: null };
  await ledger.commit(() => {
    const id = ledger.moves.receive({ ...file, submissionId, now: 1 });
    ledger.moves.stageAndStart(id, { ...STAGED, identity });
    ledger.moves.decide(id, CLEAN, { settles: false, problem: null, now: 1 });
    ledger.moves.dispose(id, 'forward');
    ledger.moves.end('forward', id, endingOf({ sourcePending: true, problem }));
  });
  const planted = Array.from({ length: 20 }, (_none, index) => privateName(Buffer.from(path), 1, index + 1));
  for (const name of planted) writeFileSync(name, 'planted');
  const late: number[] = [];
  const newEngine = () => new SourceRemover({ ledger, transitions, clock, onLate: (id) => late.push(id) });
  const mend = () => {
    for (const name of planted) rmSync(name);
  };
  const events = () => ledger.custody.ofItemId(1).map(({ event }) => event);
  return { ledger, clock, path, late, newEngine, mend, events, item: () => ledger.items.get(1), sources: newEngine() };
}

describe('a source that could not be removed', () => {
  it('is told of once for as long as it stays, and removed with a later round', async () => {
    const { sources, path, late, mend, events, item, newEngine } = await waitingSource();
    expect(await sources.finishAll()).toMatchObject({
      removed: 0,
      left: 1,
      problem: expect.stringContaining('private'),
    });
    await sources.finishAll();
    await newEngine().finishAll();
    expect(item().problem).toMatch(/^its source could not be removed: every private name/);
    expect(events()).toEqual(['source-not-removed']);
    mend();
    expect(await sources.finishAll()).toEqual({ removed: 1, left: 0, problem: null });
    expect(existsSync(path)).toBe(false);
    expect(item()).toMatchObject({ sourcePending: false, problem: null });
    expect(events()).toEqual(['source-not-removed', 'source-removed']);
    expect(late).toEqual([item().submissionId]);
  });

  it('leaves another problem of its item as it is', async () => {
    const { sources, mend, events, item } = await waitingSource('there is no destination');
    await sources.finishAll();
    await sources.finishAll();
    expect(item().problem).toBe('there is no destination');
    mend();
    await sources.finishAll();
    expect(item().problem).toBe('there is no destination');
    expect(events()).toEqual(['source-not-removed', 'source-removed']);
  });

  it('is left alone for longer and longer', async () => {
    const { sources, clock, mend } = await waitingSource();
    expect(await sources.finishDue(NEVER)).not.toBeNull();
    expect(await sources.finishDue(NEVER)).toBeNull();
    clock.time += 10_000;
    expect(await sources.finishDue(NEVER)).not.toBeNull();
    for (let round = 0; round < 10; round += 1) await sources.finishAll();
    clock.time += 4 * MINUTES;
    mend();
    expect(await sources.finishDue(NEVER)).toBeNull();
    clock.time += 6 * MINUTES;
    expect(await sources.finishDue(NEVER)).toMatchObject({ removed: 1 });
    expect(await sources.finishDue(NEVER)).toMatchObject({ removed: 0, left: 0 });
  });

  it('is not begun with by a round that is to end', async () => {
    const { sources, path, mend } = await waitingSource();
    mend();
    expect(await sources.finishDue(AbortSignal.abort())).toMatchObject({ removed: 0, left: 0 });
    expect(existsSync(path)).toBe(true);
  });

  it('is removed once by those who try it together, and a new file under its name stays', async () => {
    const { sources, path, mend, events } = await waitingSource();
    mend();
    const both = Promise.all([sources.finish(1), sources.finishAll()]);
    expect(await both).toMatchObject([null, { removed: 1 }]);
    writeFileSync(path, 'new');
    expect(await sources.finish(1)).toBeNull();
    expect(existsSync(path)).toBe(true);
    expect(events()).toEqual([]);
  });
});
