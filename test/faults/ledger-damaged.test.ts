import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lookInto } from '../../src-main/sinks/quarantine/stored-file';
import { amount } from '../support/amount';
import { breakPages } from '../support/broken-ledger';
import { runCli, type TestGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems, sha256Of } from '../support/ledger-view';
import { quickGate, withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';

const FILES = amount(20, 400);
/** Of each batch one in so many is infected. */
const ONE_INFECTED_IN = 10;

/** A gate that moves, and has no ClamAV to wait for. */
function movingGate(settings: object = {}): TestGate {
  const gate = quickGate(tempFolder(), { source: 'move' });
  const written = JSON.parse(readFileSync(gate.config, 'utf8'));
  const probes = { ...written.probes, clamav: { socket: '/nonexistent/clamd.sock' } };
  writeFileSync(gate.config, JSON.stringify({ ...written, probes, ...settings }));
  return gate;
}

/** Files of one batch in a folder of its own; their SHA-256. */
function addBatch(gate: TestGate, name: string): { readonly folder: string; readonly clean: string[] } {
  const folder = join(gate.input, name);
  const clean: string[] = [];
  mkdirSync(folder);
  for (let n = 0; n < FILES; n += 1) {
    const path = join(folder, `${n}.txt`);
    writeFileSync(path, n % ONE_INFECTED_IN === 0 ? EICAR : Buffer.from(`${name} ${n} ${'x'.repeat(500)}`));
    if (n % ONE_INFECTED_IN !== 0) clean.push(sha256Of(path));
  }
  return { folder, clean };
}

/** Everything that stands anywhere, by its content: what went on, what is kept, what was never taken. */
async function contents(gate: TestGate): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const add = (hash: string, place: string) => found.set(hash, [...(found.get(hash) ?? []), place]);
  for (const folder of [gate.outbox, gate.input, join(gate.dataDir, 'held')]) {
    for (const name of filesBelow(folder)) add(sha256Of(join(folder, name)), join(folder, name));
  }
  const quarantine = join(gate.dataDir, 'quarantine');
  for (const name of filesBelow(quarantine).filter((each) => each.endsWith('.cart'))) {
    const { header } = await lookInto(Buffer.from(join(quarantine, name)));
    add(header.dropgate_sha256, join(quarantine, name));
  }
  return found;
}

/** The first ones are those of a reduced run. */
const DAMAGES: Record<string, (ledger: string, wal: string) => void> = {
  'every 16th page is broken': (ledger) => void breakPages(ledger, 16),
  'cut to half': (ledger) => truncateSync(ledger, Math.floor(statSync(ledger).size / 8192) * 4096),
  'its -wal is removed': (_ledger, wal) => rmSync(wal),
  'every 5th page is broken': (ledger) => void breakPages(ledger, 5),
  'the first page is broken': (ledger) => writeFileSync(ledger, Buffer.alloc(4096, 'x'), { flag: 'r+' }),
  'cut to nothing': (ledger) => truncateSync(ledger, 0),
  'removed, with its -wal': (ledger, wal) => {
    for (const path of [ledger, wal]) rmSync(path);
  },
  'its -wal is cut to half': (_ledger, wal) => truncateSync(wal, Math.floor(statSync(wal).size / 2)),
};

/** SQLite itself has all that it needs for these: the first page stands in the -wal, and a cut one ends earlier. */
const HEALED = ['the first page is broken', 'its -wal is cut to half'];

describe('a ledger that is damaged while an engine is dead in the middle of its work', () => {
  test.for(Object.keys(DAMAGES).slice(0, amount(1, 8)))(
    '%s: nothing is lost, nothing bad goes on, and people are told',
    { timeout: 120_000 },
    async (damage, { task }) => {
      recordFaults(task, { fault: 'the ledger is damaged while no engine runs', tried: 1 });
      const gate = movingGate();
      const first = addBatch(gate, 'first');
      await runCli(withGate(gate, 'gate', first.folder));
      await runCli(withGate(gate, 'probes')); // and its first backup
      expect(existsSync(join(gate.dataDir, 'backups', 'ledger-newest.db'))).toBe(true);
      const second = addBatch(gate, 'second');
      const killAt = { DROPGATE_FAULT_KILL: `forward:after:${Math.floor(FILES / 2)}` };
      expect(await runCli(withGate(gate, 'gate', second.folder), killAt)).toMatchObject({ signal: 'SIGKILL' });
      const ledger = join(gate.dataDir, 'ledger.db');
      DAMAGES[damage]?.(ledger, `${ledger}-wal`);

      // damage that no start meets is found by the backup beside the work of the first, which ends with 2
      const doctor = () => runCli(withGate(gate, 'doctor', '--json'));
      const met = await doctor();
      if (met.stdout === '') {
        expect(met).toMatchObject({ code: 2, stderr: expect.stringContaining('the ledger') });
        expect(met.stderr).toContain('Start Dropgate again');
      }
      const rescued = met.stdout === '' ? await doctor() : met;
      const found = await contents(gate);
      for (const hash of [...first.clean, ...second.clean]) expect.soft(found.get(hash), hash).toBeDefined();
      for (const name of filesBelow(gate.outbox)) {
        expect.soft(readFileSync(join(gate.outbox, name)).equals(EICAR), name).toBe(false);
      }
      for (const hash of [...first.clean, ...second.clean]) {
        const forwarded = (found.get(hash) ?? []).filter((place) => place.startsWith(gate.outbox));
        expect.soft(forwarded.length, `${forwarded}`).toBeLessThanOrEqual(1);
      }
      expect.soft((await runCli(withGate(gate, 'audit', 'verify'))).stdout).toContain('intact');
      const states = ledgerItems(gate.dataDir).map(({ state }) => state);
      for (const state of states) expect.soft(['forwarded', 'quarantined', 'held', 'skipped']).toContain(state);
      expect.soft(readdirSync(join(gate.dataDir, 'recovered'))).toEqual([]);
      if (!HEALED.includes(damage)) expect.soft(rescued.stdout).toMatch(/"check":"ledger","state":"warning"/);
      // what was damaged is moved aside, never removed
      const aside = readdirSync(gate.dataDir).filter((name) => name.startsWith('damaged-ledger-'));
      if (damage.startsWith('every') || damage === 'cut to half') expect.soft(aside).toHaveLength(1);
      // once: another engine finds nothing left to do
      await runCli(withGate(gate, 'probes'));
      expect.soft(ledgerItems(gate.dataDir).map(({ state }) => state)).toEqual(states);
    },
  );
});

describe('a ledger that is damaged', () => {
  test('under a running gateway: it ends with 2 and says why, and the next one restores it', {
    timeout: 120_000,
  }, async ({ task }) => {
    recordFaults(task, { fault: 'the ledger is damaged under a running gateway', tried: 1 });
    const gate = movingGate();
    const { folder, clean } = addBatch(gate, 'first');
    await runCli(withGate(gate, 'gate', folder));
    await runCli(withGate(gate, 'probes'));
    const gateway = await startGateway(gate);
    // what it has not read yet: the log of custody
    breakPages(join(gate.dataDir, 'ledger.db'), 2);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(2);
    const { code, stderr } = await gateway.ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/the ledger .* is damaged: .*Start Dropgate again/);
    const next = await startGateway(gate);
    expect(next.log()).toContain('its newest sound backup took its place');
    expect((await next.stop()).code).toBe(0);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).stdout).toContain('intact');
    const found = await contents(gate);
    for (const hash of clean) expect.soft(found.get(hash), hash).toHaveLength(1);
  });

  test('and has no backup: exit 2 with the next step, which brings back what was staged', {
    timeout: 120_000,
  }, async ({ task }) => {
    recordFaults(task, { fault: 'the ledger is damaged and has no backup', tried: 1 });
    const gate = movingGate();
    const { folder, clean } = addBatch(gate, 'first');
    await runCli(withGate(gate, 'gate', folder), { DROPGATE_FAULT_KILL: 'forward:after:3' });
    const ledger = join(gate.dataDir, 'ledger.db');
    for (const path of [ledger, `${ledger}-wal`]) writeFileSync(path, 'no database '.repeat(1000));
    const ended = await runCli(withGate(gate, 'probes'));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(
      'there is no sound backup of it. To begin with an empty one, move it out of its folder',
    );
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${ledger}${suffix}`, { force: true });
    await runCli(withGate(gate, 'probes'));
    const found = await contents(gate);
    for (const hash of clean) expect.soft(found.get(hash), hash).toBeDefined();
    expect(filesBelow(join(gate.dataDir, 'held')).length).toBeGreaterThan(0);
    expect(filesBelow(join(gate.dataDir, 'staging')).filter((name) => name.includes('item-'))).toEqual([]);
  });
});
