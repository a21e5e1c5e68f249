import { describe, expect, it } from 'vitest';
import { notReady } from '../../../../../src-main/base/not-ready';
import { needsOf } from '../../../../../src-renderer/views/overview/needs';

const away = notReady('it refuses the connection');
const probes = [
  { id: 'here', title: 'Here', health: { ...away, state: 'ready', problem: null } as const },
  { id: 'away', title: 'Away', health: away },
  { id: 'closing', title: 'Closing', health: away },
];
const none = { unsettled: 40, waiting: 0, held: 0, quarantined: 0 };

describe('what waits for a person', () => {
  it('begins with the closed gate, and tells of the probe that closes it once', () => {
    const gate = { open: false, reason: 'Closing does not answer', probe: 'closing' } as const;
    expect(needsOf({ gate, counts: { ...none, held: 2, quarantined: 3, waiting: 1 } }, probes)).toEqual([
      { kind: 'gate', reason: 'Closing does not answer', probe: 'closing' },
      { kind: 'probe', probe: 'away', title: 'Away', problem: 'it refuses the connection' },
      { kind: 'waiting', count: 1 },
      { kind: 'held', count: 2 },
      { kind: 'quarantined', count: 3 },
    ]);
  });

  it('is not what moves by itself', () => {
    expect(needsOf({ gate: { open: true }, counts: none }, probes.slice(0, 1))).toEqual([]);
  });

  it('is told without the probes while these are not known', () => {
    expect(needsOf({ gate: { open: true }, counts: { ...none, held: 1 } }, null)).toEqual([{ kind: 'held', count: 1 }]);
  });
});
