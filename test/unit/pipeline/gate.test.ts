import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProbeReport } from '../../../src-main/contract/probe-report';
import type { Limits } from '../../../src-main/contract/settings';
import { Gate } from '../../../src-main/pipeline/gate';
import { ProbeSet } from '../../../src-main/pipeline/probe-set';
import { tempFolder } from '../../support/temp-folder';
import { LIMITS } from '../store/ledger-fixtures';
import { AWAY, FakeProbe, FOUND, NOTHING, READY, SetClock, TEXT } from './fake-probe';

const CANARY = { fileName: 'canary.txt', bytes: Buffer.from('find me') };
const withCanary = (report: () => Promise<ProbeReport>, id = 'one') => new FakeProbe(report, { id, canary: CANARY });
const finds = () => Promise.resolve(FOUND);

function gateOf(...probes: FakeProbe[]) {
  return gateWithin(LIMITS, ...probes);
}

function gateWithin(limits: Limits, ...probes: FakeProbe[]) {
  const clock = new SetClock();
  const folder = join(tempFolder(), 'canary');
  const detectType = () => Promise.resolve(TEXT);
  const set = new ProbeSet(probes, clock);
  return { clock, folder, set, gate: new Gate(set, { folder, limits, detectType, clock }) };
}

describe('the gate', () => {
  it('is open while every required probe is ready and finds its test file', async () => {
    const { gate } = gateOf(withCanary(finds), withCanary(finds, 'two'));
    expect(await gate.state(['one', 'two'])).toEqual({ open: true });
  });

  it('gives the probe the real bytes of its test file', async () => {
    const seen: unknown[] = [];
    const probe = withCanary(finds);
    probe.behave = (item) => {
      seen.push(readFileSync(item.path, 'utf8'), item.name.toString(), item.size, item.type);
      return Promise.resolve(FOUND);
    };
    await gateOf(probe).gate.state(['one']);
    expect(seen).toEqual(['find me', 'canary.txt', 7, TEXT]);
  });

  it('is open for a probe that has no test file and is ready', async () => {
    const probe = new FakeProbe();
    expect(await gateOf(probe).gate.state(['one'])).toEqual({ open: true });
    expect(probe.scans).toBe(0);
  });

  it('is closed while a required probe is not there or not ready, and says which and why', async () => {
    const probe = new FakeProbe(undefined, { id: 'two' });
    probe.health = AWAY;
    const { gate } = gateOf(withCanary(finds), probe);
    expect(await gate.state(['one', 'two'])).toEqual({ open: false, probe: 'two', reason: 'it went home' });
    expect(await gate.state(['three'])).toMatchObject({ open: false, probe: 'three' });
    expect(await gate.state(['one'])).toEqual({ open: true });
  });

  it.each([
    ['finds nothing', () => Promise.resolve(NOTHING)],
    ['finds only what is no threat', () => Promise.resolve(infoOnly())],
    ['fails', () => Promise.reject(new Error('broken'))],
    ['answers nothing', () => Promise.resolve(undefined as unknown as ProbeReport)],
    ['answers garbage', () => Promise.resolve({ statement: 'found' } as unknown as ProbeReport)],
  ])('is closed when a required probe %s in its test file', async (_what, report) => {
    const state = await gateOf(withCanary(report)).gate.state(['one']);
    expect(state).toMatchObject({ open: false, probe: 'one' });
  });

  it('is closed, and nobody waits for ever, when a probe is silent about its test file', async () => {
    const silent = withCanary(() => new Promise<ProbeReport>(() => undefined));
    const { gate } = gateWithin({ ...LIMITS, seconds: 0.05 }, silent);
    expect(await gate.state(['one'])).toMatchObject({
      open: false,
      reason: expect.stringContaining('did not answer within'),
    });
  });

  it('opens and closes as the probe comes and goes', async () => {
    const probe = withCanary(finds);
    const { gate, clock } = gateOf(probe);
    const states: boolean[] = [];
    for (const health of [READY, AWAY, READY]) {
      probe.health = health;
      clock.time += 3000;
      states.push((await gate.state(['one'])).open);
    }
    expect(states).toEqual([true, false, true]);
  });

  it('opens again when a failed test is passed', async () => {
    let report = NOTHING;
    const { gate, clock } = gateOf(withCanary(() => Promise.resolve(report)));
    expect((await gate.state(['one'])).open).toBe(false);
    report = FOUND;
    clock.time += 5000;
    expect((await gate.state(['one'])).open).toBe(true);
  });
});

describe('what is known of the gate without asking', () => {
  const SEEN = { open: true };

  it('is that it is open, while health and test file of every required probe are fresh', async () => {
    const { gate, clock } = gateOf(withCanary(finds), withCanary(finds, 'two'));
    expect(gate.known(['one'])).toBeNull();
    await gate.state(['one']);
    expect(gate.known(['one'])).toEqual(SEEN);
    expect(gate.known(['one', 'two'])).toBeNull();
    clock.time += 3000;
    expect(gate.known(['one'])).toBeNull();
  });

  it('is nothing once a scan has cast doubt on the probe', async () => {
    const { gate, set } = gateOf(withCanary(finds));
    await gate.state(['one']);
    set.doubt('one');
    expect(gate.known(['one'])).toBeNull();
  });

  it('is nothing when the newest answer about the probe is another one than its test file was found with', async () => {
    const probe = withCanary(finds);
    const { gate, set } = gateOf(probe);
    await gate.state(['one']);
    for (const health of [{ ...READY, databaseVersion: '8' }, AWAY]) {
      probe.health = health;
      await set.health('one', true);
      expect(gate.known(['one'])).toBeNull();
    }
  });

  it('is nothing after a test file that failed, also on demand', async () => {
    let report = FOUND;
    const { gate } = gateOf(withCanary(() => Promise.resolve(report)));
    await gate.state(['one']);
    report = NOTHING;
    await gate.canary('one', true);
    expect(gate.known(['one'])).toBeNull();
  });

  it('is nothing when the answer about the test file is too old', async () => {
    const { gate, set, clock } = gateOf(withCanary(finds));
    await gate.state(['one']);
    clock.time += 59_500;
    await gate.state(['one']);
    expect(gate.known(['one'])).toEqual(SEEN);
    clock.time += 1000;
    await set.health('one');
    expect(gate.known(['one'])).toBeNull();
  });
});

describe('the test file of a probe', () => {
  it('is believed for a while, then asked again', async () => {
    const probe = withCanary(finds);
    const { gate, clock } = gateOf(probe);
    for (const later of [0, 3000, 30_000, 30_000]) {
      clock.time += later;
      await gate.state(['one']);
    }
    expect(probe.scans).toBe(2);
  });

  it.each([{ databaseVersion: '8' }, { engineVersion: '2' }, { signatures: 5 }])(
    'is asked again when the probe tells of %j',
    async (change) => {
      const probe = withCanary(finds);
      const { gate, clock } = gateOf(probe);
      await gate.state(['one']);
      probe.health = { ...READY, ...change };
      clock.time += 3000;
      probe.behave = () => Promise.resolve(NOTHING);
      expect((await gate.state(['one'])).open).toBe(false);
    },
  );

  it('is asked once for many who want to know at the same time, and always afresh on demand', async () => {
    const probe = withCanary(finds);
    const { gate, folder } = gateOf(probe);
    await Promise.all([gate.state(['one']), gate.state(['one']), gate.state(['one'])]);
    expect(probe.scans).toBe(1);
    expect(await gate.canary('one', true)).toMatchObject({ kind: 'found' });
    expect(probe.scans).toBe(2);
    expect(readdirSync(folder)).toEqual(['one.canary']);
  });
});

function infoOnly(): ProbeReport {
  return { ...FOUND, findings: FOUND.findings.map((finding) => ({ ...finding, severity: 'info' })) };
}
