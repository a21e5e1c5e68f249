import { describe, expect, it } from 'vitest';
import {
  ITEM_STATES,
  ITEM_TRANSITIONS,
  type ItemState,
  JOB_STATES,
  JOB_TRANSITIONS,
  SETTLED_STATES,
} from '../../../src-main/contract/states';

type Edge = { readonly from: readonly string[]; readonly to: string };

/** States that can be reached from `start`, by the table alone. */
function reachable(start: string, edges: readonly Edge[]): Set<string> {
  const seen = new Set([start]);
  for (let before = -1; before !== seen.size; ) {
    before = seen.size;
    for (const { from, to } of edges) if (from.some((state) => seen.has(state))) seen.add(to);
  }
  return seen;
}

const itemEdges: readonly Edge[] = Object.values(ITEM_TRANSITIONS);
const jobEdges: readonly Edge[] = Object.values(JOB_TRANSITIONS);

describe('the table of item states', () => {
  it('reaches every state from nothing', () => {
    expect([...reachable('none', itemEdges)].sort()).toEqual(['none', ...ITEM_STATES].sort());
  });

  it.each(ITEM_STATES.filter((state) => !SETTLED_STATES.includes(state)))('leads from %s to an end', (state) => {
    const ends = [...reachable(state, itemEdges)].filter((each) => SETTLED_STATES.includes(each as ItemState));
    expect(ends.length).toBeGreaterThan(0);
  });

  it.each(['forwarded', 'released', 'deleted', 'cancelled', 'skipped'])('never leads out of %s', (state) => {
    expect([...reachable(state, itemEdges)]).toEqual([state]);
  });

  it('forwards only what was decided and is on its way, straight from there', () => {
    expect(ITEM_TRANSITIONS.forward.from).toEqual(['disposing']);
    expect(ITEM_TRANSITIONS.dispose.from).toEqual(['decided']);
    expect(itemEdges.filter(({ to }) => to === 'forwarded')).toHaveLength(1);
  });

  it('cancels nothing that was decided', () => {
    const cancelled: readonly string[] = ITEM_TRANSITIONS.cancel.from;
    for (const state of ['decided', 'disposing', ...SETTLED_STATES]) expect(cancelled).not.toContain(state);
  });
});

describe('the table of job states', () => {
  it('reaches every state from pending, and leaves none of the ends', () => {
    expect([...reachable('pending', jobEdges)].sort()).toEqual([...JOB_STATES].sort());
    for (const state of ['done', 'error', 'skipped', 'cancelled'])
      expect([...reachable(state, jobEdges)]).toEqual([state]);
  });
});
