import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli';
import { filesBelow } from '../support/ledger-view';
import { withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { checkEnds, checkWorld } from '../support/world-check';
import { SMALL_ENDS, smallGate } from './small-life';

test('a staged copy that cannot be removed is left to the next start; the command ends', {
  timeout: 60_000,
}, async () => {
  const gate = smallGate(tempFolder());
  const counted = tempFolder();
  const fault = { DROPGATE_FAULT_FILES: 'rm:1:EIO:/item-', DROPGATE_FAULT_FILES_COUNTED: counted };
  const ended = await runCli(withGate(gate, 'gate', gate.input), fault);
  expect(ended.code).toBe(1);
  expect(readdirSync(counted)).toContain('1');
  expect(filesBelow(gate.input)).toEqual([]);
  await runCli(withGate(gate, 'probes'));
  checkEnds(gate, SMALL_ENDS);
  await checkWorld(gate);
});
