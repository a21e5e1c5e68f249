import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { TestGate } from '../support/cli';
import { filesBelow, type LedgerItem, ledgerItems, sha256Of } from '../support/ledger-view';
import { quickGate } from '../support/results';
import { EICAR } from '../support/temp-folder';

/** One file for each end there is, of a gate that moves, and how each ends when nothing goes wrong. */
export const SMALL_ENDS = {
  'a.txt': ['forwarded'],
  'sub/b.txt': ['forwarded'],
  'good.gz': ['forwarded'],
  'eicar.com': ['quarantined'],
  'bad.gz': ['quarantined'],
  'cut.gz': ['held'],
  link: ['skipped'],
} as const;

const CONTENTS: Readonly<Record<string, Buffer>> = {
  'a.txt': Buffer.from('hello'),
  'sub/b.txt': Buffer.from('world'),
  'good.gz': gzipSync('packed'),
  'eicar.com': EICAR,
  'bad.gz': gzipSync(EICAR),
  'cut.gz': gzipSync('cut short').subarray(0, 20),
};
const CLEAN = ['a.txt', 'sub/b.txt', 'good.gz'] as const;

/** A gate whose commands start fast, with these files in its input. */
export function smallGate(folder: string): TestGate {
  const gate = quickGate(folder, { source: 'move' });
  fillSmallInput(gate);
  return gate;
}

/** The same gate with an empty input, which its gateway watches. */
export function smallWatchGate(folder: string): TestGate {
  const gate = quickGate(folder, { source: 'move' });
  const settings = JSON.parse(readFileSync(gate.config, 'utf8'));
  const watch = [{ dir: gate.input, settleMs: 50, source: 'move' }];
  writeFileSync(gate.config, JSON.stringify({ ...settings, watch }));
  return gate;
}

export function fillSmallInput(gate: TestGate): void {
  mkdirSync(join(gate.input, 'sub'), { recursive: true });
  for (const [name, bytes] of Object.entries(CONTENTS)) writeFileSync(join(gate.input, name), bytes);
  rmSync(join(gate.input, 'link'), { force: true });
  symlinkSync('/etc/hostname', join(gate.input, 'link'));
}

/**
 * What must be true after whatever happened to a command over that input, before anything else is run: nothing but
 * clean files was forwarded, each once, and each file is where it was or where the ledger says.
 */
export function checkNothingLost(gate: TestGate): void {
  const clean = CLEAN.map((name) => sumOf(name));
  // half-made files lie at the top of the outbox
  const forwarded = filesBelow(gate.outbox)
    .filter((name) => name.includes('/'))
    .map((name) => sha256Of(join(gate.outbox, name)));
  for (const sum of forwarded) expect.soft(clean).toContain(sum);
  expect.soft(new Set(forwarded).size, 'each was forwarded once').toBe(forwarded.length);
  const kept = new Set(keptNames(gate));
  const input = new Set(filesBelow(gate.input).map((name) => sha256Of(join(gate.input, name))));
  for (const name of Object.keys(CONTENTS)) {
    expect.soft(input.has(sumOf(name)) || kept.has(name), `${name} is at its place or kept`).toBe(true);
  }
}

function sumOf(name: string): string {
  return createHash('sha256')
    .update(CONTENTS[name] ?? '')
    .digest('hex');
}

/** Names of the files that are where the ledger says; none when a command ended before there was a ledger. */
function keptNames(gate: TestGate): string[] {
  if (!existsSync(join(gate.dataDir, 'ledger.db'))) return [];
  const isKept = ({ destination }: LedgerItem) => destination !== null && existsSync(destination);
  try {
    return ledgerItems(gate.dataDir)
      .filter(isKept)
      .map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no such table')) return [];
    throw error;
  }
}
