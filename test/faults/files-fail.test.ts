import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amount } from '../support/amount';
import { runCli } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { checkEnds, checkWorld } from '../support/world-check';
import { checkNothingLost, SMALL_ENDS, smallGate } from './small-life';

const OPERATIONS = ['write', 'fsync', 'rename', 'open', 'link', 'mkdir', 'rm'] as const;
const ERRNOS = ['EIO', 'ENOSPC', 'EACCES', 'EMFILE'] as const;
const KILL = 'SIGKILL';

interface Fault {
  readonly operation: string;
  readonly effect: string;
  readonly number: number;
  /** No call of a run without faults has a higher number. */
  readonly last: boolean;
}

/** What a command without faults asks of the file system, `write /tmp/...` and so on. */
async function callsOfOneRun(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-count-'));
  try {
    const gate = smallGate(folder);
    const counted = mkdtempSync(join(folder, 'counted-'));
    await runCli(withGate(gate, 'gate', gate.input), armed('*:0:none', counted));
    return readdirSync(counted).map((name) => readFileSync(join(counted, name), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function armed(fault: string, counted: string): NodeJS.ProcessEnv {
  return { DROPGATE_FAULT_FILES: fault, DROPGATE_FAULT_FILES_COUNTED: counted };
}

/** Every call of an operation, each with one effect. */
function faultsOf(operation: string, effect: string): Fault[] {
  const count = CALLS.filter((call) => operation === '*' || call.startsWith(`${operation} `)).length;
  return Array.from({ length: count }, (_, index) => ({
    operation,
    effect,
    number: index + 1,
    last: index + 1 === count,
  }));
}

/** So many of them, evenly, the first and the last among them. */
function some(faults: readonly Fault[], most: number): Fault[] {
  const step = (faults.length - 1) / (Math.min(most, faults.length) - 1);
  const chosen = new Set(Array.from({ length: most }, (_, index) => Math.round(index * step)));
  return faults.filter((_, index) => chosen.has(index));
}

/**
 * A run with one fault, checked, then one that finishes what it left, then one over what it did not take. Whether the
 * fault was reached.
 */
async function live({ operation, effect, number }: Fault, ends: Record<string, readonly string[]>): Promise<boolean> {
  const gate = smallGate(tempFolder());
  const counted = tempFolder();
  const fault = `${operation}:${number}:${effect}`;
  const failed = await runCli(withGate(gate, 'gate', gate.input), armed(fault, counted));
  const call = join(counted, String(number));
  const reached = existsSync(call);
  const told = `${fault} ${reached ? readFileSync(call, 'utf8') : 'not reached'}\n${failed.stderr}`;
  // a child may be the one that is killed: then the command ends by itself
  expect.soft(reached && effect === KILL ? [KILL, null] : [null], told).toContain(failed.signal);
  expect
    .soft(failed.code === 2 && `${failed.stdout}${failed.stderr}` === '', `ended with 2 and no word: ${told}`)
    .toBe(false);
  checkNothingLost(gate);
  await runCli(withGate(gate, 'probes'));
  checkNothingLost(gate);
  const sound = await runCli(withGate(gate, 'gate', gate.input));
  expect.soft([0, 1, 2], `the second run: ${sound.stderr}`).toContain(sound.code);
  checkEnds(gate, ends);
  await checkWorld(gate);
  return reached;
}

/** Until a run does not come so far, beginning with this one. */
async function liveFrom(fault: Fault, ends: Record<string, readonly string[]>): Promise<number> {
  for (let tried = 0; ; tried += 1) {
    const reached = await live({ ...fault, number: fault.number + tried }, ends);
    if (!reached || !fault.last) return tried + 1;
  }
}

const CALLS = await callsOfOneRun();
/** A file whose bytes could not be read or probed may be held, for a person to decide; never lost, never let through. */
const FAILED_ENDS = Object.fromEntries(Object.entries(SMALL_ENDS).map(([name, ends]) => [name, [...ends, 'held']]));

describe('the released command, when the file system fails', () => {
  const faults = OPERATIONS.flatMap((operation) => ERRNOS.flatMap((effect) => faultsOf(operation, effect)));
  test.for(some(faults, amount(4, faults.length)).slice(0, amount(2, faults.length)))(
    '$operation number $number fails with $effect: nothing is lost or let through, and the next command finishes it',
    { timeout: 600_000 },
    async (fault, { task }) => {
      recordFaults(task, { fault: 'the n-th call of the file system fails', tried: 1 });
      await liveFrom(fault, FAILED_ENDS);
    },
  );
});

describe('the released command, killed between two effects on files', () => {
  const faults = faultsOf('*', KILL);
  test.for(some(faults, amount(4, faults.length)).slice(0, amount(2, faults.length)))(
    'killed at call $number: every file ends where it should, once',
    { timeout: 600_000 },
    async (fault, { task }) => {
      recordFaults(task, { fault: 'SIGKILL of the command at a call of the file system', tried: 1 });
      await liveFrom(fault, SMALL_ENDS);
    },
  );
});
