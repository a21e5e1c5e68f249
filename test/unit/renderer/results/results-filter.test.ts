import { describe, expect, test } from 'vitest';
import { itemQuerySchema } from '../../../../src-main/contract/item-view';
import {
  EVERYTHING,
  filterFrom,
  narrows,
  queryOf,
  sameFilter,
} from '../../../../src-renderer/views/results/results-filter';
import { edited, problemOf, viewNamed, viewsOf } from '../../../../src-renderer/views/results/saved-views';

const NOW = Date.UTC(2026, 10, 21, 14);

describe('filter of Results', () => {
  test('asks the engine only what its contract knows, for files that have ended', () => {
    const query = itemQuerySchema.parse(queryOf({ ...EVERYTHING, verdicts: ['infected'], sinceHours: 24 }, NOW));
    expect(query).toMatchObject({ open: false, verdicts: ['infected'], since: '2026-11-20T14:00:00.000Z' });
    expect(queryOf(EVERYTHING, NOW)).not.toHaveProperty('sinceHours');
  });

  test('shows all files of one submission, also those on their way', () => {
    const submission = '0b8f0a53-2f0f-4a6b-9d3c-6f6a1f1d2c3b';
    expect(itemQuerySchema.parse(queryOf({ ...EVERYTHING, submission }, NOW))).toMatchObject({
      submission,
      open: null,
    });
  });

  test('narrows by any condition, not by order', () => {
    expect(narrows({ ...EVERYTHING, sort: { by: 'name', descending: false } })).toBe(false);
    expect(narrows({ ...EVERYTHING, probe: 'yara' })).toBe(true);
    expect(narrows({ ...EVERYTHING, dispositions: ['held'] })).toBe(true);
  });

  test('is the same after it was kept and read again', () => {
    const filter = { ...EVERYTHING, text: 'invoice', verdicts: ['clean'] as const, sinceHours: 168 as const };
    const read = filterFrom(JSON.parse(JSON.stringify(filter)));
    expect(read).toEqual(filter);
    expect(read !== null && sameFilter(read, filter)).toBe(true);
  });

  test('a kept view of another version loses what is not understood, and what is no view is none', () => {
    expect(filterFrom({ verdicts: ['infected', 'purple'], sinceHours: 5, probe: 7, sort: 'up' })).toEqual({
      ...EVERYTHING,
      verdicts: ['infected'],
    });
    expect([filterFrom(null), filterFrom('x'), filterFrom([1])]).toEqual([null, null, null]);
  });
});

describe('saved views', () => {
  const saved = { b: { text: 'b' }, a: { text: 'a' }, broken: 3 };

  test('are listed by name, and the one that is shown is known', () => {
    const views = viewsOf(saved);
    expect(views.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(viewNamed(views, { ...EVERYTHING, text: 'b' })).toBe('b');
    expect(viewNamed(views, EVERYTHING)).toBeNull();
  });

  test('can exchange their names and be deleted in one step; what is not listed stays', () => {
    expect(
      edited(saved, [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ]),
    ).toEqual({
      broken: 3,
      b: { text: 'a' },
      a: { text: 'b' },
    });
    expect(edited(saved, [{ from: 'a', to: null }])).toEqual({ b: { text: 'b' }, broken: 3 });
  });

  test('are not kept under an empty name or one name twice', () => {
    expect(problemOf([{ from: 'a', to: ' ' }])).toEqual({ kind: 'empty', at: 0 });
    expect(
      problemOf([
        { from: 'a', to: 'x' },
        { from: 'b', to: ' x' },
      ]),
    ).toEqual({ kind: 'twice', at: 1 });
    expect(
      problemOf([
        { from: 'a', to: null },
        { from: 'b', to: null },
      ]),
    ).toBeNull();
  });
});
