import { describe, expect, it } from 'vitest';
import { changesBetween, withValue } from '../../../../src-renderer/state/settings-tree';

describe('a change of the settings', () => {
  const before = { watch: [{ dir: '/in', poll: true }], retention: { historyDays: 30 }, dataDir: '/data' };

  it('is written key by key, so that everything beside it stays as it is', () => {
    const after = { watch: [{ dir: '/in', poll: true }], retention: { historyDays: 60, quarantineDays: 7 } };
    expect(changesBetween(before, after, [])).toEqual([
      { path: ['retention', 'historyDays'], value: 60 },
      { path: ['retention', 'quarantineDays'], value: 7 },
      { path: ['dataDir'] },
    ]);
  });

  it('is nothing when the same is said again', () => {
    expect(changesBetween(before, structuredClone(before), [])).toEqual([]);
  });

  it('hands over a new entry whole, at its place', () => {
    expect(changesBetween(undefined, { dir: '/new' }, ['watch', 1])).toEqual([
      { path: ['watch', 1], value: { dir: '/new' } },
    ]);
  });

  it('makes what is missing on the way, and leaves the given tree as it is', () => {
    expect(withValue(before, ['profiles', 'strict', 'passwords', 0], 'infected')).toEqual({
      ...before,
      profiles: { strict: { passwords: ['infected'] } },
    });
    expect(withValue(before, ['watch', 0, 'poll'], undefined)).toEqual({ ...before, watch: [{ dir: '/in' }] });
    expect(before.watch[0]?.poll).toBe(true);
  });

  it('takes __proto__ for a name like any other', () => {
    const made = withValue({}, ['__proto__', 'polluted'], true);
    expect(Object.hasOwn({}, 'polluted')).toBe(false);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(JSON.stringify(made)).toBe('{"__proto__":{"polluted":true}}');
  });
});
