import { expect, test } from 'vitest';
import { Pace } from '../../../../src-main/sinks/folder/pace';

const paceAfter = (...took: number[]) => {
  const pace = new Pace();
  for (const ms of took) pace.tell(ms);
  return pace.slow;
};

test('a destination is slow when its files are, not when one of them was', () => {
  expect(paceAfter()).toBe(false);
  expect(paceAfter(...Array(100).fill(0.2), 60_000, 0.2, 0.2)).toBe(false);
  expect(paceAfter(...Array(1000).fill(4.9))).toBe(false);
  expect(paceAfter(...Array(8).fill(30))).toBe(true);
});

test('what was found slow stays so: its files no longer tell', () => {
  expect(paceAfter(...Array(8).fill(30), ...Array(100).fill(0))).toBe(true);
});
