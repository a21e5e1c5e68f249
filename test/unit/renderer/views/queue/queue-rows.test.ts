import { describe, expect, it } from 'vitest';
import type { ItemRow, SubmissionRow } from '../../../../../src-main/contract/item-view';
import { type QueueRow, QueueRows } from '../../../../../src-renderer/views/queue/queue-rows';
import { rowOf } from '../../../../support/fake-bridge-items';
import { until } from '../../../../support/until';

const submission = (guid: string, left: number): SubmissionRow => ({
  guid,
  origin: `watch: /in/${guid}`,
  profile: 'default',
  receivedAt: '2026-11-21T14:00:00.000Z',
  sealed: true,
  items: left + 1,
  settled: 1,
  waiting: 0,
  problem: null,
  clean: 1,
  suspicious: 0,
  infected: 0,
  unverified: 0,
  bytes: 10,
  sized: 1,
  settledBytes: 10,
});

/** An engine with these numbers of open files, which counts what it is asked. */
function world(files: Record<string, number>) {
  const asked: string[] = [];
  const state = { files, failing: false };
  const rows = new QueueRows(
    {
      submissions: async () => {
        asked.push('submissions');
        const all = Object.entries(state.files).map(([guid, left]) => submission(guid, left));
        return { rows: all, total: all.length + 3 };
      },
      items: (guid) => async (offset, limit) => {
        asked.push(`${guid} ${offset}`);
        if (state.failing) throw new Error('the ledger is away');
        const total = state.files[guid] ?? 0;
        const count = Math.max(0, Math.min(limit, total - offset));
        const read: ItemRow[] = Array.from({ length: count }, (_, at) => ({
          ...rowOf(offset + at, 1e9),
          id: `${guid}${offset + at}`,
        }));
        return { rows: read, total };
      },
    },
    (error) => (error instanceof Error ? error.message : ''),
  );
  const end = rows.subscribe(() => undefined);
  return { asked, state, rows, end };
}

const shown = (row: QueueRow | undefined) => {
  if (row === undefined) return undefined;
  return row.kind === 'item' ? row.item.id : row.submission.guid;
};

describe('submissions and their files as one list', () => {
  it('counts all files and reads only those in sight', async () => {
    const { rows, asked, end } = world({ a: 3, b: 100_000, c: 5 });
    await until('the rows', () => rows.current().total === 3 + 3 + 100_000 + 5);
    expect(asked).toEqual(['submissions']);
    rows.current().want(50_000, 50_040);
    await until('the rows', () => rows.current().at(50_001) !== undefined);
    expect(shown(rows.current().at(50_001))).toBe('b49996');
    expect(shown(rows.current().at(4))).toBe('b');
    expect(asked.filter((call) => !call.startsWith('b'))).toEqual(['submissions']);
    end();
  });

  it('hides the files of a collapsed submission and shows them again', async () => {
    const { rows, end } = world({ a: 3, b: 2 });
    await until('the rows', () => rows.current().total === 7);
    rows.toggle('a');
    expect(rows.current().total).toBe(4);
    expect(shown(rows.current().at(1))).toBe('b');
    rows.toggle('a');
    expect(rows.current().total).toBe(7);
    end();
  });

  it('tells of a reading that failed, does not ask again by itself, and reads again when told to', async () => {
    const { rows, asked, state, end } = world({ a: 3 });
    await until('the rows', () => rows.current().total === 4);
    state.failing = true;
    rows.current().want(0, 3);
    await until('the rows', () => rows.current().problem !== null);
    expect(rows.current().problem).toBe('the ledger is away');
    expect(asked.filter((call) => call === 'a 0')).toHaveLength(1);
    state.failing = false;
    rows.current().retry();
    await until('the rows', () => rows.current().problem === null && rows.current().at(3) !== undefined);
    end();
  });

  it('takes a range over several submissions, also of files that were never in sight', async () => {
    const { rows, end } = world({ a: 2, b: 450 });
    await until('the rows', () => rows.current().total === 454);
    const range = await rows.current().between(1, 453);
    expect(range).toHaveLength(453);
    expect(range.slice(0, 4).map(shown)).toEqual(['a0', 'a1', 'b', 'b0']);
    expect(shown(range.at(-1))).toBe('b449');
    end();
  });

  it('lets a submission go when it has ended, and says how many it does not list', async () => {
    const { rows, state, end } = world({ a: 2, b: 1 });
    await until('the rows', () => rows.current().total === 5);
    expect(rows.leftOut()).toBe(3);
    state.files = { b: 1 };
    rows.changed();
    await until('the rows', () => rows.current().total === 2);
    expect(shown(rows.current().at(0))).toBe('b');
    end();
  });
});
