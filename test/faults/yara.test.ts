import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { amount } from '../support/amount';
import { startCli, type TestGate, testGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';
import { checkEnds, checkWorld } from '../support/world-check';
import { ENDLESS_RULE } from '../unit/probes/yara/support';
import { scanningChildren } from './lives';

const INNOCENT = amount(60, 200);
/** Between the innocent ones, by name and by size; its first byte keeps a child busy for ever. */
const CULPRIT = '100-culprit.bin';
const CULPRIT_BYTES = 230 * 1024 ** 2;

function freshGate(timeoutSeconds: number): TestGate {
  const folder = tempFolder();
  const rule = join(folder, 'endless.yar');
  writeFileSync(rule, ENDLESS_RULE);
  return testGate(folder, {
    profiles: { default: { probes: ['yara', 'file-type'], destination: 'outbox', source: 'move' } },
    probes: { yara: { rules: [rule], processes: 2, timeoutSeconds } },
  });
}

/** How each file must end, by its name; every tenth of the innocent ones is EICAR. */
function fillInput(gate: TestGate): Record<string, string[]> {
  const ends: Record<string, string[]> = { [CULPRIT]: ['held'] };
  for (let n = 0; n < INNOCENT; n += 1) {
    const name = `${String(n).padStart(3, '0')}.txt`;
    const isEicar = n % 10 === 0;
    writeFileSync(join(gate.input, name), isEicar ? EICAR : `text ${n}`);
    ends[name] = [isEicar ? 'quarantined' : 'forwarded'];
  }
  writeFileSync(join(gate.input, CULPRIT), 'S');
  truncateSync(join(gate.input, CULPRIT), CULPRIT_BYTES);
  return ends;
}

/** Gates everything, and sends `signal` to each child that works on the culprit. Says how many that were. */
async function gateWith(gate: TestGate, signal: NodeJS.Signals): Promise<number> {
  const command = startCli(withGate(gate, 'gate', gate.input));
  const hit = new Set<number>();
  while (command.exitCode === null && command.signalCode === null) {
    for (const child of scanningChildren(command.pid ?? 0).filter((pid) => !hit.has(pid))) {
      process.kill(child, signal);
      hit.add(child);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await command.ended;
  return hit.size;
}

const FAULTS = [
  // it is not given a third
  { fault: 'killed, twice', signal: 'SIGKILL', timeoutSeconds: 600, children: 2 },
  { fault: 'stands still', signal: 'SIGSTOP', timeoutSeconds: 6, children: 1 },
] as const;
const CASES = FAULTS.flatMap((each) => Array.from({ length: amount(1, 3) }, (_, round) => ({ ...each, round })));

test.for(CASES)(
  'the child of one file $fault: that file is parked, those around it end right (round $round)',
  { timeout: 180_000 },
  async ({ fault, signal, timeoutSeconds, children }, { task }) => {
    recordFaults(task, { fault: `yara: the child of one file ${fault}`, tried: 1, note: `${INNOCENT} other files` });
    const gate = freshGate(timeoutSeconds);
    const ends = fillInput(gate);
    expect(await gateWith(gate, signal)).toBe(children);
    checkEnds(gate, ends);
    await checkWorld(gate);
  },
);
