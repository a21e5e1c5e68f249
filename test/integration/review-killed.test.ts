import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli, runJson } from '../support/cli';
import { filesBelow } from '../support/ledger-view';
import { quickGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';

/** Kept bytes, without the reports, which are history and stay. */
const kept = (dataDir: string) =>
  ['quarantine', 'held'].flatMap((name) => filesBelow(join(dataDir, name))).filter((name) => !name.endsWith('.json'));

it.each([
  { step: 'delete:after', file: 'virus.com', args: ['delete', '1'] },
  { step: 'release:after', file: 'virus.com', args: ['restore', '1', 'back'] },
])('bytes of $file leave no trace when the engine dies at $step', async ({ step, file, args }) => {
  const folder = tempFolder();
  const gate = quickGate(folder);
  writeFileSync(join(gate.input, file), EICAR);
  await runJson(['gate', gate.input, ...gate.options]);
  expect(kept(gate.dataDir)).toHaveLength(1);
  mkdirSync(join(folder, 'out'));
  const target = join(folder, 'out', 'back');
  const command = ['quarantine', ...args.map((each) => (each === 'back' ? target : each))];
  const died = await runCli([...command, '--reason', 'test', ...gate.options], { DROPGATE_FAULT_KILL: step });
  expect(died.signal).toBe('SIGKILL');
  expect(kept(gate.dataDir)).toHaveLength(1);
  const list = await runCli(['quarantine', 'list', ...gate.options]);
  expect(list.stdout).toContain('nothing is quarantined or held');
  expect(kept(gate.dataDir)).toEqual([]);
  expect(existsSync(target)).toBe(args[0] === 'restore');
  if (args[0] === 'restore') expect(readFileSync(target)).toEqual(EICAR);
  expect((await runCli(['audit', 'verify', ...gate.options])).code).toBe(0);
});
