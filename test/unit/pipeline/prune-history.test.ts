import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ItemState } from '../../../src-main/contract/states';
import { HistoryPruner } from '../../../src-main/pipeline/prune-history';
import { HeldStore } from '../../../src-main/sinks/held/store';
import { tempFolder } from '../../support/temp-folder';
import { CLEAN, endingOf, itemIn, newSubmission, openLedger, STAGED } from '../store/ledger-fixtures';

const NEVER = new AbortController().signal;
/** Everything of ledger-fixtures ended before. */
const LATER = 1000;

async function history() {
  const ledger = openLedger();
  const root = tempFolder();
  const submission = await newSubmission(ledger);
  const pruner = new HistoryPruner({ ledger, places: new HeldStore(root) });
  const seal = () => ledger.commit(() => ledger.submissions.seal(submission));
  const there = (ids: readonly number[]) => ids.filter((id) => ledger.items.find(id) !== null);
  return { ledger, root, submission, pruner, seal, there };
}

describe('HistoryPruner', () => {
  it('forgets what is done with, and nothing else whatever its age', async () => {
    const { ledger, submission, pruner, there } = await history();
    const states: ItemState[] = ['forwarded', 'released', 'deleted', 'cancelled', 'skipped', 'held', 'quarantined'];
    states.push('received', 'staged', 'planned', 'scanning', 'disposing');
    const ids = await ledger.commit(() => states.map((state) => itemIn(ledger, submission, state)));
    expect(await pruner.prune(LATER, NEVER)).toBe(5);
    expect(there(ids)).toEqual(ids.slice(5));
  });

  it('keeps what ended at the edge or later', async () => {
    const { ledger, submission, pruner, there } = await history();
    const ids = await ledger.commit(() =>
      [8, 9, 10].map((now) => {
        const id = itemIn(ledger, submission, 'disposing');
        ledger.moves.end('forward', id, endingOf({ now }));
        return id;
      }),
    );
    expect(await pruner.prune(9, NEVER)).toBe(1);
    expect(there(ids)).toEqual(ids.slice(1));
  });

  it('forgets many of one moment, in many steps, among as many that stay', async () => {
    const { ledger, submission, pruner } = await history();
    await ledger.commit(() => {
      for (let n = 0; n < 500; n += 1) itemIn(ledger, submission, n % 2 === 0 ? 'forwarded' : 'held');
    });
    expect(await pruner.prune(LATER, NEVER)).toBe(250);
    expect(await pruner.prune(LATER, NEVER)).toBe(0);
    expect(ledger.items.countKept('held')).toBe(250);
  });

  it('keeps a file whose source or kept bytes are still to be removed', async () => {
    const { ledger, submission, pruner, there } = await history();
    const ids = await ledger.commit(() => {
      const moved = itemIn(ledger, submission, 'disposing');
      ledger.moves.end('forward', moved, endingOf({ sourcePending: true }));
      const removed = itemIn(ledger, submission, 'deleted');
      ledger.removals.add({ itemId: removed, place: 'held', location: Buffer.from('/x') });
      return [moved, removed];
    });
    expect(await pruner.prune(LATER, NEVER)).toBe(0);
    await ledger.commit(() => ledger.removals.done(ids[1] ?? 0));
    expect(await pruner.prune(LATER, NEVER)).toBe(1);
    expect(there(ids)).toEqual(ids.slice(0, 1));
  });

  it('keeps files whose report cannot be removed, tells it, and forgets the others', async () => {
    const { ledger, root, submission, pruner, there } = await history();
    writeFileSync(join(root, 'file'), '');
    const report = Buffer.from(join(root, 'file', 'a.report.json'));
    const ids = await ledger.commit(() =>
      Array.from({ length: 40 }, (_each, index) => {
        const id = itemIn(ledger, submission, 'disposing');
        ledger.moves.end('hold', id, endingOf({ report: index < 25 ? report : null, now: index < 30 ? 5 : 6 }));
        ledger.moves.release(id, Buffer.from('/released'));
        return id;
      }),
    );
    await expect(pruner.prune(LATER, NEVER)).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(there(ids)).toEqual(ids.slice(0, 25));
  });

  it('forgets all members of a file with their jobs and findings', async () => {
    const { ledger, submission, pruner } = await history();
    const root = await ledger.commit(() => {
      const id = itemIn(ledger, submission, 'scanning');
      let parent = id;
      for (let n = 0; n < 130; n += 1) {
        const member = {
          submissionId: submission,
          parentId: parent,
          rootId: id,
          depth: 1,
          unpackedBy: 'archive',
          now: 2,
        };
        const bytes = { name: Buffer.from('m'), stagedPath: '/m', size: 1, hashes: STAGED.hashes, type: null };
        const child = ledger.moves.adopt({ ...member, ...bytes });
        ledger.jobs.create(child, 'one', true);
        if (n % 40 === 0) parent = child; // nested, so that a container goes after what came out of it
      }
      ledger.moves.decide(id, CLEAN, { settles: false, problem: null, now: 5 });
      ledger.moves.dispose(id, 'forward');
      ledger.moves.end('forward', id, endingOf());
      return id;
    });
    expect(await pruner.prune(LATER, NEVER)).toBe(1);
    expect(ledger.items.find(root)).toBeNull();
    expect(ledger.items.treeUsage(root).files).toBe(0);
    expect(ledger.jobs.of(root + 1)).toEqual([]);
  });

  it('removes the report of a file that was deleted, and its folder when that is empty', async () => {
    const { ledger, root, submission, pruner } = await history();
    const folder = join(root, 'submission');
    mkdirSync(folder);
    const reports = ['a', 'b'].map((name) => join(folder, `${name}.report.json`));
    for (const path of reports) writeFileSync(path, '{}');
    const [first = 0] = await ledger.commit(() =>
      reports.map((path) => {
        const id = itemIn(ledger, submission, 'disposing');
        ledger.moves.end('quarantine', id, endingOf({ report: Buffer.from(path) }));
        return id;
      }),
    );
    await ledger.commit(() => ledger.moves.delete(first));
    await pruner.prune(LATER, NEVER);
    expect(reports.map((path) => existsSync(path))).toEqual([false, true]);
    await ledger.commit(() => ledger.moves.delete(first + 1));
    await pruner.prune(LATER, NEVER);
    expect(existsSync(folder)).toBe(false);
  });

  it('forgets a submission when it has no files any more and nobody names any', async () => {
    const { ledger, submission, pruner, seal } = await history();
    const { guid } = ledger.submissions.get(submission);
    await ledger.commit(() => itemIn(ledger, submission, 'forwarded'));
    const held = await newSubmission(ledger);
    await ledger.commit(() => {
      itemIn(ledger, held, 'held');
      ledger.submissions.seal(held);
    });
    await pruner.prune(LATER, NEVER);
    expect(ledger.submissions.find(guid)).not.toBeNull();
    await seal();
    await pruner.prune(LATER, NEVER);
    expect(ledger.submissions.find(guid)).toBeNull();
    expect(() => ledger.submissions.get(submission)).toThrow();
    expect(ledger.submissions.get(held).sealed).toBe(true);
  });

  it('ends early when it is told to, and goes on the next time', async () => {
    const { ledger, submission, pruner } = await history();
    await ledger.commit(() => {
      for (let n = 0; n < 10; n += 1) itemIn(ledger, submission, 'forwarded');
    });
    expect(await pruner.prune(LATER, AbortSignal.abort())).toBe(0);
    expect(await pruner.prune(LATER, NEVER)).toBe(10);
  });
});
