import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amount } from '../support/amount';
import { testGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkWorld } from '../support/world-check';

const FILES = 4;
/** How long a probe has for a file, and how long everything is stopped: longer. */
const SECONDS = amount(12, 15);
const STOPPED_MS = amount(14_000, 20_000);
/** By then a probe has begun with one of them. */
const BEGUN_MS = 200;
/** A second or so for each file that begins with S. */
const SLOW_RULE =
  'rule slow { condition: uint8(0) == 0x53 and for all i in (0..100000000) : (uint8(0) == 0x53 and i != 100000000) }';

/** A process and all that it started, the oldest first. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    } catch {
      parents.delete(Number(name)); // it ended meanwhile
    }
  }
  const pids = [pid];
  for (const member of pids) for (const [child, parent] of parents) if (parent === member) pids.push(child);
  return pids;
}

describe.skipIf(process.platform !== 'linux')('a gateway that is stopped with all its children and goes on', () => {
  test('no file ends for the time that went by meanwhile, and what came meanwhile is found', {
    timeout: 300_000,
  }, async ({ task }) => {
    recordFaults(task, { fault: 'SIGSTOP of gateway and probes for longer than a file may take', tried: 1 });
    const folder = tempFolder();
    const rules = join(folder, 'slow.yar');
    writeFileSync(rules, SLOW_RULE);
    const limits = { seconds: SECONDS };
    const gate = testGate(folder, {
      profiles: { default: { probes: ['yara'], destination: 'outbox', source: 'move', limits } },
      probes: { yara: { rules: [rules] } },
      watch: [{ dir: join(folder, 'in'), settleMs: 50, source: 'move' }],
    });
    const gateway = await startGateway(gate);
    writeFileSync(join(gate.input, 'first.txt'), 'so that the probe is ready');
    await gateway.event({ event: 'item' });
    for (let n = 0; n < FILES; n += 1) writeFileSync(join(gate.input, `${n}.txt`), `Slow ${n}`);
    const inState = (wanted: string) => ledgerItems(gate.dataDir).filter(({ state }) => state === wanted).length;
    await until('all files in work', () => inState('scanning') === FILES);
    await new Promise((resolve) => setTimeout(resolve, BEGUN_MS));
    const pids = family(gateway.process.pid ?? 0);
    expect(pids.length).toBeGreaterThan(1);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    expect(inState('scanning'), 'some files are in work').toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
    writeFileSync(join(gate.input, 'meanwhile.txt'), 'came while it slept');
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    await until('every file', () => filesBelow(gate.input).length === 0);
    await gateway.stop();
    const reports = filesBelow(join(gate.dataDir, 'held')).filter((name) => name.endsWith('.report.json'));
    const held = reports.map((name) => JSON.parse(readFileSync(join(gate.dataDir, 'held', name), 'utf8')).verdict);
    expect(held).toEqual([]);
    expect(inState('forwarded')).toBe(FILES + 2);
    expect(gateway.log()).toContain('goes on after it was stopped');
    await checkWorld(gate);
  });
});
