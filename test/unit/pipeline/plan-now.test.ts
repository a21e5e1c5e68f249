import { expect, it } from 'vitest';
import { planNow } from '../../../src-main/pipeline/plan-now';
import { planOf } from '../store/ledger-fixtures';

const promised = planOf({ probes: ['one', 'two'], required: ['one'] });

it('asks beside what was promised for what the profile asks now', () => {
  const now = planNow(promised, () => ({ probes: ['two', 'three'], required: ['two', 'three'] }));
  expect(now).toEqual({ ...promised, probes: ['one', 'two', 'three'], required: ['one', 'two', 'three'] });
});

it('takes nothing away that was promised', () => {
  expect(planNow(promised, () => ({ probes: [], required: [] }))).toBe(promised);
  expect(planNow(promised, () => null)).toBe(promised);
});
