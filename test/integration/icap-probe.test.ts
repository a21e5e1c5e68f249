import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startCIcap } from '../support/c-icap';
import { runCli, testGate } from '../support/cli';
import { describeWith } from '../support/components';
import { withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';

vi.setConfig({ testTimeout: 120_000 });

const settingsOf = (url: string) => ({
  probes: { icap: [{ id: 'corp-av', url }] },
  profiles: { default: { probes: ['hash-list', 'corp-av'], destination: 'outbox' } },
});

describeWith(['clamd', 'c-icap', 'virus_scan.so'], 'a gate with a scanner over ICAP', () => {
  test('forwards what it finds nothing in, quarantines what it finds something in, and holds without it', async () => {
    const server = await startCIcap();
    const gate = testGate(tempFolder(), settingsOf(server.url));
    writeFileSync(join(gate.input, 'good.txt'), 'a good text');
    writeFileSync(join(gate.input, 'bad.txt'), EICAR);
    try {
      const probes = await runCli(withGate(gate, 'probes', '--canary'));
      expect(probes.stdout).toMatch(/^corp-av +ready +required +C-ICAP\/.*, database CI0001-.*, canary found/m);
      expect(probes.code).toBe(0);
      const doctor = await runCli(withGate(gate, 'doctor', '--json'));
      expect(doctor.stdout).toContain('"probe corp-av"');
      expect((await runCli(withGate(gate, 'gate', '--json', gate.input))).code).toBe(1);
    } finally {
      await server.stop();
    }
    const [submission = ''] = readdirSync(gate.outbox);
    expect(readdirSync(join(gate.outbox, submission)).filter((name) => !name.endsWith('.report.json'))).toEqual([
      'good.txt',
    ]);
    const listed = await runCli(withGate(gate, 'quarantine', 'list', '--json'));
    expect(listed.stdout).toContain('bad.txt');

    writeFileSync(join(gate.input, 'later.txt'), 'a text of which nobody says anything');
    const away = await runCli(withGate(gate, 'gate', '--json', join(gate.input, 'later.txt')));
    expect(away.code).toBe(2);
    expect(JSON.parse(away.stdout).items).toMatchObject([
      { verdict: 'unverified', reason: 'probe_missing', disposition: 'held' },
    ]);
  });

  test('is one probe among others for a scan, and says what it looked at', async () => {
    const server = await startCIcap();
    try {
      const gate = testGate(tempFolder(), settingsOf(server.url));
      const file = join(gate.input, 'good.txt');
      writeFileSync(file, 'a good text');
      const scan = await runCli(withGate(gate, 'scan', '--probe', 'corp-av', '--json', file));
      expect(scan.code).toBe(0);
      expect(JSON.parse(scan.stdout).items).toMatchObject([
        { jobs: [{ probe: 'corp-av', statement: 'nothing_found', coverage: { kind: 'complete' }, attempts: 1 }] },
      ]);
    } finally {
      await server.stop();
    }
  });
});
