import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, statfsSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { runCli, runJson, testGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { withGate } from '../support/results';
import { cannotMount, mountSmallDisk } from '../support/small-disk';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkWorld } from '../support/world-check';

vi.setConfig({ testTimeout: 300_000 });

const MIB = 1024 ** 2;
const DISK = 64 * MIB;
const FILES = 60;
const FILE_BYTES = 2 * MIB;

const why = cannotMount();
describe.skipIf(why !== null)(`a small disk${why === null ? '' : ` (needs ${why})`}`, () => {
  /** A gate whose data folder is a disk of 64 MiB, and whose destination is away. */
  function gateOnSmallDisk(settings: Record<string, unknown> = {}) {
    const root = tempFolder();
    mountSmallDisk(join(root, 'data'), DISK);
    const gate = testGate(root, {
      profiles: { default: { probes: ['hash-list', 'file-type'], destination: 'outbox' } },
      watch: [{ dir: join(root, 'in'), settleMs: 100, source: 'move' }],
      ...settings,
    });
    rmSync(gate.outbox, { recursive: true });
    symlinkSync('not-mounted', gate.outbox);
    return gate;
  }

  function comeBack(outbox: string): void {
    unlinkSync(outbox);
    mkdirSync(outbox);
  }

  test('is never full while the destination is away: intake pauses, goes on by itself, and all arrive', async ({
    task,
  }) => {
    recordFaults(task, { fault: 'a full disk of 64 MiB, the destination away', tried: FILES });
    const gate = gateOnSmallDisk();
    const gateway = await startGateway(gate);
    for (let n = 0; n < FILES; n += 1) {
      const name = `${String(n).padStart(3, '0')}.txt`;
      writeFileSync(join(gate.input, `${name}.part`), `${'x'.repeat(FILE_BYTES - 10)} ${n}`);
      renameSync(join(gate.input, `${name}.part`), join(gate.input, name));
    }
    const paused = await gateway.event({ event: 'intake', paused: true });
    expect(paused.reason).toContain('have to stay free');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const { bavail, bsize } = statfsSync(gate.dataDir);
    expect(bavail * bsize).toBeGreaterThan(DISK / 20);
    writeFileSync(join(gate.input, 'late.txt'), 'late');

    comeBack(gate.outbox);
    await gateway.event({ event: 'intake', paused: false });
    await until('all files', () => filesBelow(gate.outbox).length === FILES + 1);
    expect((await gateway.stop()).code).toBe(0);
    expect(gateway.log()).not.toMatch(/ENOSPC|no space left|disk is full/);
    expect(ledgerItems(gate.dataDir).every(({ state }) => state === 'forwarded')).toBe(true);
    await checkWorld(gate);
  });

  test('a command ends with 2 all the same, and the next engine takes what it named', async () => {
    const gate = gateOnSmallDisk({ watch: [] });
    for (let n = 0; n < FILES; n += 1) writeFileSync(join(gate.input, `${n}.txt`), `${'x'.repeat(FILE_BYTES)} ${n}`);
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(2);
    expect(results.summary).toMatchObject({ clean: 0, failed: FILES });
    expect(results.items.filter(({ problem }) => problem?.includes('have to stay free')).length).toBeGreaterThan(10);
    comeBack(gate.outbox);
    const gateway = await startGateway(gate);
    await until('all files', () => filesBelow(gate.outbox).length === FILES);
    expect((await gateway.stop()).code).toBe(0);
  });

  test('an archive whose members find no room waits, is not held, and leaves none of them', async () => {
    const gate = gateOnSmallDisk({ watch: [], profiles: { default: { probes: ['archive'], destination: 'outbox' } } });
    comeBack(gate.outbox);
    const archive = join(gate.input, 'a.zip');
    const write = `import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as made:
    for n in range(20): made.writestr(f'{n}.bin', os.urandom(2 * 1024 ** 2))`;
    execFileSync('python3', ['-c', write, archive]);
    const { code, results } = await runJson(withGate(gate, 'gate', archive));
    expect([code, results.items.map(({ problem }) => problem)]).toEqual([
      2,
      ['there is no room on the disk for what it unpacks to'],
    ]);
    expect(filesBelow(join(gate.dataDir, 'staging')).filter((name) => name.includes('child-'))).toEqual([]);
    execFileSync('mount', ['-o', `remount,size=${4 * DISK}`, gate.dataDir]);
    await runCli(withGate(gate, 'probes'));
    expect(ledgerItems(gate.dataDir).filter(({ parent }) => parent === null)).toMatchObject([{ state: 'forwarded' }]);
    expect(ledgerItems(gate.dataDir)).toHaveLength(21);
  });

  test('a file larger than all copies may be is held, and says why', async () => {
    const gate = gateOnSmallDisk({ watch: [], staging: { maxBytes: '1MiB' } });
    comeBack(gate.outbox);
    writeFileSync(join(gate.input, 'large.txt'), 'x'.repeat(FILE_BYTES));
    writeFileSync(join(gate.input, 'small.txt'), 'x');
    const { results } = await runJson(withGate(gate, 'gate', gate.input));
    const [large, small] = results.items.toSorted((one, other) => ((one.size ?? 9e9) < (other.size ?? 9e9) ? 1 : -1));
    expect(large).toMatchObject({ verdict: 'unverified', reason: 'limit_exceeded', disposition: 'held' });
    expect(small).toMatchObject({ verdict: 'clean', disposition: 'forwarded' });
  });
});
