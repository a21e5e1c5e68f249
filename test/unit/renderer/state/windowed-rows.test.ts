import { describe, expect, it, vi } from 'vitest';
import { PIECE, type Piece, WindowedRows } from '../../../../src-renderer/state/windowed-rows';

const TOTAL = 100_000;
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A list of numbers elsewhere, whose answers come when the test lets them. */
class List {
  readonly asked: number[] = [];
  version = 0;
  failing = false;
  readonly read = async (offset: number, limit: number): Promise<Piece<string>> => {
    this.asked.push(offset);
    const { version } = this;
    await Promise.resolve();
    if (this.failing) throw new Error('the engine ended');
    return { rows: Array.from({ length: limit }, (_, at) => `${offset + at} v${version}`), total: TOTAL };
  };
}

function watched(list: List): WindowedRows<string> {
  const rows = new WindowedRows<string>(list.read, messageOf);
  rows.subscribe(() => undefined);
  return rows;
}

describe('rows of a long list', () => {
  it('are read only where they are seen', async () => {
    const list = new List();
    const rows = watched(list);
    await vi.waitFor(() => expect(rows.current().state).toBe('ready'));
    rows.current().want(50_000, 50_030);
    await vi.waitFor(() => expect(rows.current().at(50_010)).toBe('50010 v0'));
    expect(rows.current().total).toBe(TOTAL);
    expect(list.asked).toEqual([0, 50_000]);
    expect(rows.current().at(20_000)).toBeUndefined();
  });

  it('stay in sight while they are read again after a change', async () => {
    const list = new List();
    const rows = watched(list);
    await vi.waitFor(() => expect(rows.current().at(3)).toBe('3 v0'));
    list.version = 1;
    for (let times = 0; times < 50; times += 1) rows.changed();
    expect(rows.current().at(3)).toBe('3 v0');
    await vi.waitFor(() => expect(rows.current().at(3)).toBe('3 v1'));
    expect(list.asked).toEqual([0, 0]);
  });

  it('stay with the problem when reading fails, and are read on request', async () => {
    const list = new List();
    const rows = watched(list);
    await vi.waitFor(() => expect(rows.current().state).toBe('ready'));
    list.failing = true;
    rows.changed();
    await vi.waitFor(() => expect(rows.current().problem).toBe('the engine ended'));
    expect(rows.current().at(3)).toBe('3 v0');
    list.failing = false;
    rows.current().retry();
    await vi.waitFor(() => expect(rows.current().problem).toBeNull());
  });

  it('are never "none" when the first reading failed', async () => {
    const list = new List();
    list.failing = true;
    const rows = watched(list);
    await vi.waitFor(() => expect(rows.current().problem).toBe('the engine ended'));
    expect(rows.current().state).toBe('first');
  });

  it('are kept in a bounded number', async () => {
    const list = new List();
    const rows = watched(list);
    for (let piece = 0; piece < 80; piece += 1) {
      rows.current().want(piece * PIECE, piece * PIECE + 10);
      await vi.waitFor(() => expect(rows.current().at(piece * PIECE)).toBeDefined());
    }
    expect(rows.current().at(0)).toBeUndefined();
    expect(rows.current().at(79 * PIECE)).toBe(`${79 * PIECE} v0`);
  });

  it('come whole between two places, also where they were never seen', async () => {
    const rows = watched(new List());
    await vi.waitFor(() => expect(rows.current().state).toBe('ready'));
    const between = await rows.current().between(150, 650);
    expect([between.length, between[0], between.at(-1)]).toEqual([501, '150 v0', '650 v0']);
  });
});
