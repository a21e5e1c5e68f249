import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { IPC_CALLS } from '../../src-main/contract/ipc-schema';
import { clamdPlace } from '../support/clamd-places';
import { runCli, testGate, writeSettings } from '../support/cli';
import { describeWith } from '../support/components';
import { MARKER_SIGNATURE } from '../support/corpus';
import { clamavSettings, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const LIGHT = { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox' };

interface Checks {
  readonly schema: string;
  readonly checks: { check: string; state: string; detail: string }[];
}

describe('probes and doctor, all well', () => {
  test('every probe with version, readiness and its canary; doctor finds nothing to do', async () => {
    const gate = testGate(tempFolder());
    const probes = await runCli(withGate(gate, 'probes', '--canary', '--json'));
    expect(probes).toMatchObject({ code: 0, stderr: '' });
    const answer = IPC_CALLS.probes.result.parse(JSON.parse(probes.stdout));
    expect(answer.gate).toEqual({ open: true });
    const required = answer.probes.filter((probe) => probe.required);
    expect(required.map(({ id }) => id).sort()).toEqual(['archive', 'file-type', 'hash-list', 'yara']);
    for (const { id, health, canary } of required) {
      expect.soft(health.state, id).toBe('ready');
      expect.soft(canary?.kind, id).toBe('found');
    }
    const doctor = await runCli(withGate(gate, 'doctor', '--json'));
    const { schema, checks } = JSON.parse(doctor.stdout) as Checks;
    expect(schema).toBe('dropgate-doctor/1');
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
    const names = checks.map(({ check }) => check);
    for (const check of ['program', 'configuration', 'probe yara', 'gate', 'destination outbox', 'data folder']) {
      expect.soft(names).toContain(check);
    }
  });
});

describeWith(['clamd'], 'probes and doctor with a clamd', () => {
  test('ready: its version and the canary; away: exit 1, the socket and the next step', async () => {
    const place = clamdPlace();
    const gate = testGate(tempFolder(), clamavSettings(place.socket));
    try {
      const away = await runCli(withGate(gate, 'probes', '--canary'));
      expect(away.code).toBe(1);
      expect(away.stdout).toMatch(/^clamav +not ready +required/m);
      expect(away.stdout).toContain(place.socket);
      expect(away.stdout).toContain('gate closed: clamav');
      expect((await runCli(withGate(gate, 'doctor'))).code).toBe(2);
      const clamd = await place.start();
      const ready = await runCli(withGate(gate, 'probes', '--canary'));
      await clamd.stop();
      expect(ready.code).toBe(0);
      expect(ready.stdout).toMatch(/^clamav +ready +required +\d+\.\d+.*canary found/m);
      expect(ready.stdout).toContain('gate open');
    } finally {
      place.remove();
    }
  });

  test('a clamd that answers, and does not know the test file: the gate stays closed', async () => {
    const place = clamdPlace();
    const folder = tempFolder();
    const database = join(folder, 'database');
    mkdirSync(database);
    writeFileSync(join(database, 'marker.ndb'), MARKER_SIGNATURE);
    const clamd = await place.start([`DatabaseDirectory ${database}`]);
    try {
      const gate = testGate(folder, clamavSettings(place.socket));
      writeFileSync(join(gate.input, 'a.txt'), 'hello');
      expect((await runCli(withGate(gate, 'probes', '--canary'))).code).toBe(1);
      const doctor = await runCli(withGate(gate, 'doctor', '--json'));
      expect(doctor.code).toBe(2);
      const { checks } = JSON.parse(doctor.stdout) as Checks;
      expect(checks.filter(({ state }) => state === 'failed').map(({ check }) => check)).toEqual([
        'probe clamav',
        'gate',
      ]);
      const gated = await runCli(withGate(gate, 'gate', gate.input));
      expect(gated.code).toBe(2);
      expect(gated.stdout).toMatch(/^unverified .*held/m);
    } finally {
      await clamd.stop();
      place.remove();
    }
  });
});

describe('doctor with something wrong', () => {
  test('a destination that is not there, a rule file that does not compile: named, exit 2', async () => {
    const folder = tempFolder();
    const gate = testGate(folder);
    const rules = join(folder, 'broken.yar');
    writeFileSync(rules, 'rule broken { condition: not a condition }');
    writeSettings(gate.config, gate, {
      destinations: { outbox: { kind: 'folder', dir: join(rules, 'outbox') } },
      probes: { yara: { rules: [rules] } },
    });
    const doctor = await runCli(withGate(gate, 'doctor'));
    expect(doctor.code).toBe(2);
    expect(doctor.stdout).toMatch(/^failed +destination outbox .*broken\.yar\/outbox/m);
    expect(doctor.stdout).toMatch(/^failed +probe yara .*broken\.yar/m);
    expect(doctor.stdout).toMatch(/^failed +gate .*closed: yara/m);
  });
});

describe('mistakes of the configuration', () => {
  test('each with the path of its key and what to write, exit 2, no stack trace', async () => {
    const gate = testGate(tempFolder());
    for (const [settings, words] of [
      [
        { profiles: { default: { ...LIGHT, limits: { fileBytes: '2 parsecs' } } } },
        'profiles.default.limits.fileBytes',
      ],
      [{ profiles: { default: { ...LIGHT, destination: 'outbx' } } }, 'profiles.default.destination'],
      [{ probes: { yara: { rules: 'one.yar' } } }, 'probes.yara.rules'],
      [{ api: { listen: '127.0.0.1:7331' } }, 'api: belongs to a later version'],
      [{ datadir: '/tmp' }, 'datadir: unknown key; did you mean "dataDir"?'],
    ] as const) {
      writeSettings(gate.config, gate, settings);
      const ended = await runCli(withGate(gate, 'doctor'));
      expect.soft(ended, words).toMatchObject({ code: 2, stdout: '' });
      expect.soft(ended.stderr).toContain(words);
      expect.soft(ended.stderr).not.toMatch(/\n\s+at /);
    }
    writeFileSync(gate.config, 'profiles:\n\tdefault: {}\n');
    expect((await runCli(withGate(gate, 'doctor'))).stderr).toMatch(/line 2, column 1: a tab cannot indent/);
  });

  test('a configuration that is named and missing, a wrong variable', async () => {
    const missing = await runCli(['doctor', '--config', join(tempFolder(), 'none.yaml')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('none.yaml');
    const gate = testGate(tempFolder());
    const variable = await runCli(withGate(gate, 'doctor'), { DROPGATE_DATADIRR: '/tmp' });
    expect(variable.code).toBe(2);
    expect(variable.stderr).toContain('DROPGATE_DATADIRR');
  });
});

describe('help and usage', () => {
  const COMMANDS = [
    [],
    ['scan'],
    ['gate'],
    ['run'],
    ['probes'],
    ['doctor'],
    ['audit', 'verify'],
    ...['list', 'show', 'restore', 'delete', 'export', 'verify', 'rescan', 'except'].map((name) => [
      'quarantine',
      name,
    ]),
  ];

  test('--help of every command shows an example and exits 0', async () => {
    for (const command of COMMANDS) {
      const ended = await runCli([...command, '--help']);
      expect.soft(ended, command.join(' ')).toMatchObject({ code: 0, stderr: '' });
      expect.soft(ended.stdout).toMatch(/Examples?:\n +dropgate /);
      expect.soft(ended.stdout).toContain(`Usage: dropgate ${command.join(' ')}`.trimEnd());
    }
  });

  test('an unknown option, an unknown command, two formats at once: exit 2, said on standard error', async () => {
    for (const args of [
      ['scan', '--colour', '.'],
      ['sacn', '.'],
      ['scan', '--json', '--ndjson', '.'],
      ['quarantine'],
    ]) {
      const ended = await runCli(args);
      expect.soft(ended, args.join(' ')).toMatchObject({ code: 2, stdout: '' });
      expect.soft(ended.stderr, args.join(' ')).not.toBe('');
    }
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
