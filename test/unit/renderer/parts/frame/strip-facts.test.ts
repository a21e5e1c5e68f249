import { describe, expect, it } from 'vitest';
import type { ProbeStatus } from '../../../../../src-main/contract/ipc-schema';
import { destinationsFact, probesFact, workFact } from '../../../../../src-renderer/parts/frame/strip-facts';
import { PROBES } from '../../../../support/fake-bridge-setup';

const OPEN = { open: true } as const;
const [clamav] = PROBES;

function probe(id: string, change: Partial<ProbeStatus['health']>, required = true): ProbeStatus {
  if (clamav === undefined) throw new Error('the stub has no probes');
  return { ...clamav, id, title: id, required, health: { ...clamav.health, ...change } };
}

describe('what the strip says of probes', () => {
  it('counts those that are required, and of them those that are ready', () => {
    const probes = [probe('one', {}), probe('two', { state: 'not_ready' }), probe('other', {}, false)];
    expect(probesFact(probes, OPEN)).toMatchObject({ ready: 1, required: 2 });
  });

  it('never calls the probe ready that closes the gate, though it says so itself', () => {
    const gate = { open: false, probe: 'one', reason: 'it overlooked its own test file' } as const;
    expect(probesFact([probe('one', {}), probe('two', {})], gate)).toMatchObject({ ready: 1, required: 2 });
  });

  it('counts a required probe that is not there at all', () => {
    const gate = { open: false, probe: 'gone', reason: 'there is no probe gone' } as const;
    expect(probesFact([probe('one', {})], gate)).toMatchObject({ ready: 1, required: 2 });
  });

  it('counts no probe that does not exist while nobody knows which one closes the gate', () => {
    const gate = { open: false, probe: '', reason: 'not tried yet' } as const;
    expect(probesFact([probe('one', {})], gate)).toMatchObject({ ready: 1, required: 1 });
  });

  it('tells the databases of required probes that have a time, the newest first', () => {
    const probes = [
      probe('old', { databaseDate: '2026-01-01T00:00:00.000Z' }),
      probe('none', { databaseDate: null }),
      probe('wrong', { databaseDate: 'yesterday' }),
      probe('new', { databaseDate: '2026-11-01T00:00:00.000Z' }),
      probe('other', { databaseDate: '2026-11-02T00:00:00.000Z' }, false),
    ];
    expect(probesFact(probes, OPEN).databases.map(({ title }) => title)).toEqual(['new', 'old']);
  });
});

describe('what the strip says of destinations', () => {
  const health = (id: string, state: 'ready' | 'not_ready') => ({
    id,
    kind: 'folder',
    state,
    problem: null,
    notes: [],
    waiting: 0,
    oldest: null,
    nextTry: null,
  });

  it('is about those that a profile sends clean files to', () => {
    const healths = [health('inbound', 'not_ready'), health('outbox', 'ready'), health('unused', 'not_ready')];
    const fact = destinationsFact(healths, ['inbound', 'outbox', 'inbound', 'nowhere']);
    expect(fact.used.map(({ id }) => id)).toEqual(['inbound', 'outbox']);
    expect(fact.away.map(({ id }) => id)).toEqual(['inbound']);
  });
});

describe('what the strip says of files', () => {
  const counts = { unsettled: 0, waiting: 0, held: 5, quarantined: 3 };
  it.each([
    [{ unsettled: 86, waiting: 12 }, false, { kind: 'moving', count: 74 }],
    [{ unsettled: 12, waiting: 12 }, false, { kind: 'waiting', count: 12 }],
    [{ unsettled: 0, waiting: 0 }, false, { kind: 'idle', count: 0 }],
    [{ unsettled: 86, waiting: 12 }, true, { kind: 'paused', count: 86 }],
  ])('%o, paused: %s', (now, paused, fact) => {
    expect(workFact({ paused, counts: { ...counts, ...now } })).toEqual(fact);
  });
});
