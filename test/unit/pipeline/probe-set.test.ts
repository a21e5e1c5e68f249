import { describe, expect, it } from 'vitest';
import { ProbeSet } from '../../../src-main/pipeline/probe-set';
import { AWAY, FakeProbe, READY, SetClock } from './fake-probe';

describe('ProbeSet', () => {
  it('refuses two probes of one name', () => {
    expect(() => new ProbeSet([new FakeProbe(), new FakeProbe()], new SetClock())).toThrow('one');
  });

  it('believes an answer for two seconds, unless it is doubted or asked afresh', async () => {
    const probe = new FakeProbe();
    const clock = new SetClock();
    const set = new ProbeSet([probe], clock);
    expect((await set.health('one')).state).toBe('ready');
    probe.health = AWAY;
    clock.time += 1900;
    expect((await set.health('one')).state).toBe('ready');
    clock.time += 200;
    expect((await set.health('one')).state).toBe('not_ready');
    probe.health = READY;
    set.doubt('one');
    expect((await set.health('one')).state).toBe('ready');
    probe.health = AWAY;
    expect((await set.health('one', true)).state).toBe('not_ready');
  });

  it('takes a probe that is unknown, fails or tells nothing for not ready', async () => {
    const broken = new FakeProbe(undefined, { id: 'broken' });
    broken.describe = () => Promise.reject(new Error('no socket'));
    const set = new ProbeSet([broken], new SetClock());
    expect(await set.health('broken')).toMatchObject({ state: 'not_ready', problem: 'no socket' });
    expect(await set.health('other')).toMatchObject({ state: 'not_ready' });
  });

  it('closes every probe', async () => {
    const probe = new FakeProbe();
    await new ProbeSet([probe], new SetClock()).close();
    expect(probe.closed).toBe(true);
  });
});
