import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { runCli, runJson, type TestGate, testGate } from '../support/cli';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { endsOf, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

/** No YARA: here the ledger and the engines are the matter. */
const LIGHT = { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox' };

function freshGate(files = 3, settings: object = {}): TestGate {
  const gate = testGate(tempFolder(), { profiles: { default: LIGHT }, ...settings });
  for (let n = 0; n < files; n += 1) writeFileSync(join(gate.input, `${n}.txt`), `file ${n}`);
  writeFileSync(join(gate.input, 'photo\u202egnp.txt'), 'a disguised name');
  return gate;
}

function change(gate: TestGate, sql: string): void {
  const db = new Sqlite(join(gate.dataDir, 'ledger.db'));
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

const audit = (gate: TestGate) => runCli(withGate(gate, 'audit', 'verify'));

describe('audit verify', () => {
  test.for([
    [
      'a changed row',
      "UPDATE custody SET data = replace(data, 'default', 'other!!') || ' ' WHERE seq = 3",
      /row 3 is not what/,
    ],
    ['a changed event', "UPDATE custody SET event = 'cleared' WHERE seq = 2", /row 2 is not what/],
    ['a row taken out', 'DELETE FROM custody WHERE seq = 4', /rows? 4 .*missing/],
    ['a cut tail', 'DELETE FROM custody WHERE seq > 5', /ends with row \d+, which is missing/],
    [
      'a cut tail with its head made to fit',
      `DELETE FROM custody WHERE seq > 2;
       UPDATE custody_segment SET last_seq = 2, head = (SELECT hash FROM custody WHERE seq = 2)`,
      /report\.json: it names row \d+ of the custody log, which is missing/,
    ],
  ] as const)('%s in the ledger: exit 1, and it is named', async ([, sql, words]) => {
    const gate = freshGate();
    expect((await runCli(withGate(gate, 'gate', gate.input))).code).toBe(1);
    expect(await audit(gate)).toMatchObject({ code: 0, stderr: '' });
    change(gate, sql);
    const ended = await audit(gate);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(words);
    expect(ended.stdout).toContain('custody log broken');
  });

  test('a report that was removed or changed: exit 1, and it is named', async () => {
    const gate = freshGate();
    await runCli(withGate(gate, 'gate', gate.input));
    const [report] = filesBelow(join(gate.dataDir, 'quarantine')).filter((name) => name.endsWith('.report.json'));
    if (report === undefined) throw new Error('there is no report');
    const path = join(gate.dataDir, 'quarantine', report);
    chmodSync(path, 0o600);
    writeFileSync(path, '{}');
    expect(await audit(gate)).toMatchObject({ code: 1 });
    rmSync(path);
    expect((await audit(gate)).stdout).toContain('the report is missing');
  });
});

describe('a ledger that cannot be used', () => {
  test('of a newer version: refused, named, untouched', async () => {
    const gate = freshGate();
    await runCli(withGate(gate, 'gate', gate.input));
    change(gate, 'PRAGMA user_version = 999');
    const before = ledgerItems(gate.dataDir);
    const ended = await runCli(withGate(gate, 'gate', gate.input));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('was written by a newer Dropgate (ledger version 999');
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(ledgerItems(gate.dataDir)).toEqual(before);
  });

  test('damaged: named, with what to do; a scan works all the same', async () => {
    const gate = freshGate();
    mkdirSync(gate.dataDir, { recursive: true });
    writeFileSync(join(gate.dataDir, 'ledger.db'), 'this is no database '.repeat(1000));
    const ended = await runCli(withGate(gate, 'quarantine', 'list'));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(join(gate.dataDir, 'ledger.db'));
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect((await runJson(withGate(gate, 'scan', join(gate.input, '0.txt')))).code).toBe(0);
  });

  test('a data folder that cannot be made or written: named, with what to do', async () => {
    const gate = freshGate();
    const file = join(gate.input, '0.txt');
    for (const dataDir of [join(file, 'data'), '/sys/dropgate']) {
      const ended = await runCli(withGate(gate, 'gate', gate.input, '--data-dir', dataDir));
      expect.soft(ended, dataDir).toMatchObject({ code: 2, stdout: '' });
      expect.soft(ended.stderr, dataDir).toContain(dataDir);
      expect.soft(ended.stderr, dataDir).toMatch(/next: .*name another/);
      expect.soft(ended.stderr, dataDir).not.toMatch(/\n\s+at /);
    }
  });
});

describe('several commands on one data folder', () => {
  test('a gate beside a running gateway joins its engine', async () => {
    const gate = freshGate(40);
    const gateway = await startGateway(gate);
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(1);
    expect(endsOf(results.items)).toEqual({ 'clean forwarded': 40, 'suspicious quarantined': 1 });
    const listed = await runCli(withGate(gate, 'quarantine', 'list'));
    expect(listed.stdout).toContain('1 file\n');
    expect((await audit(gate)).code).toBe(0);
    await gateway.event({ event: 'item' });
    expect((await gateway.stop()).code).toBe(0);
    expect(gateway.events().filter(({ event }) => event === 'item')).toHaveLength(41);
  });

  test('a second gateway is refused and says so', async () => {
    const gate = freshGate(0);
    const gateway = await startGateway(gate);
    const second = await runCli(withGate(gate, 'run'));
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('another Dropgate engine owns this data folder');
    expect((await gateway.stop()).code).toBe(0);
  });

  test('five gates at once: one engine, every submission ends whole', async () => {
    const gate = freshGate(30);
    const runs = await Promise.all([1, 2, 3, 4, 5].map(() => runJson(withGate(gate, 'gate', gate.input))));
    for (const { code, results } of runs) {
      expect.soft(code).toBe(1);
      expect.soft(endsOf(results.items)).toEqual({ 'clean forwarded': 30, 'suspicious quarantined': 1 });
    }
    expect(new Set(runs.map(({ results }) => results.submission)).size).toBe(5);
    expect(filesBelow(gate.outbox)).toHaveLength(150);
    expect((await audit(gate)).code).toBe(0);
  });
});
