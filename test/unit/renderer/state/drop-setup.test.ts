import { describe, expect, it } from 'vitest';
import { planOf, refusalOf, setupOf } from '../../../../src-renderer/state/drop-setup';

const effective = {
  dataDir: '/data',
  profiles: {
    default: { probes: ['local', 'cloud', 'lookup', 'odd'], destination: 'inbound', limits: {} },
    loose: { probes: ['local'] },
    broken: { probes: ['local'], destination: 'nowhere' },
  },
  destinations: { inbound: { kind: 's3' }, outbox: { kind: 'folder' } },
};
const setup = setupOf(effective, { destinations: { inbound: { kind: 's3' } } });
const probes = [
  { id: 'local', title: 'Local', privacy: 'local' },
  { id: 'cloud', title: 'Cloud', privacy: 'uploads-bytes' },
  { id: 'lookup', title: 'Lookup', privacy: 'hash-only' },
  { id: 'odd', title: 'Odd', privacy: 'something new' },
  { id: 'other', title: 'Other', privacy: 'uploads-bytes' },
];

describe('what is configured', () => {
  it('tells destinations of the configuration from those that come with Dropgate', () => {
    expect(setup.destinations).toEqual(['inbound', 'outbox']);
    expect(setup.written).toEqual(['inbound']);
    expect(setupOf(effective, null).written).toEqual([]);
  });
});

describe('what a drop would do', () => {
  it('names the destination, and the probes of the profile that are not local; an unknown privacy is told as the worst', () => {
    expect(planOf(setup, probes, 'default')).toEqual({
      profile: 'default',
      destination: 'inbound',
      probes: 4,
      seeBytes: ['Cloud', 'Odd'],
      seeHash: ['Lookup'],
    });
  });

  it('promises nothing while the setup is not known', () => {
    expect(planOf(null, probes, 'default')).toEqual({
      profile: 'default',
      destination: null,
      probes: 0,
      seeBytes: [],
      seeHash: [],
    });
  });
});

describe('a drop is refused', () => {
  const now = { running: true, paused: false, setup, profile: 'default' };

  it('while the engine is away, and while the gate is paused', () => {
    expect(refusalOf({ ...now, running: false })).toEqual({ kind: 'engine' });
    expect(refusalOf({ ...now, paused: true })).toEqual({ kind: 'paused' });
  });

  it('for a profile without a destination, or with one that is not configured', () => {
    expect(refusalOf({ ...now, profile: 'loose' })).toEqual({ kind: 'destination', profile: 'loose' });
    expect(refusalOf({ ...now, profile: 'broken' })).toEqual({ kind: 'destination', profile: 'broken' });
  });

  it('for nothing else: not while the setup is not known yet either', () => {
    expect(refusalOf(now)).toBeNull();
    expect(refusalOf({ ...now, setup: null })).toBeNull();
  });
});
