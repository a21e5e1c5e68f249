import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runCli } from '../support/cli';
import { describeWith } from '../support/components';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { quickGate, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

/** More than two pages of members. */
const MEMBERS = 600;
const PROGRAM = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for n in range(${MEMBERS}): z.writestr('member-%d.txt' % n, 'text %d ' % n * 20)
`;

describeWith(['python3'], 'an archive of many members whose engine is killed while it is unpacked', () => {
  it.each([
    { steps: ['adopt:after'] },
    { steps: ['adopt:after:2'] },
    { steps: ['adopt:before:2'] },
    { steps: ['adopt:after', 'requeue:before'] },
    { steps: ['adopt:after:2', 'requeue:after'] },
  ])('at $steps has each member once, and leaves nothing behind', async ({ steps }) => {
    const gate = quickGate(tempFolder());
    mkdirSync(gate.input, { recursive: true });
    execFileSync('python3', ['-c', PROGRAM, join(gate.input, 'many.zip')]);
    const commands = [withGate(gate, 'gate', gate.input), withGate(gate, 'quarantine', 'list')];
    for (const [index, step] of steps.entries()) {
      const died = await runCli(commands[index] ?? [], { DROPGATE_FAULT_KILL: step });
      expect(died.signal, step).toBe('SIGKILL');
    }
    await runCli(withGate(gate, 'quarantine', 'list'));

    const items = ledgerItems(gate.dataDir);
    expect(items.filter(({ parent }) => parent === null).map(({ state }) => state)).toEqual(['forwarded']);
    const members = items.filter(({ parent }) => parent !== null);
    expect(new Set(members.map(({ name }) => name)).size).toBe(MEMBERS);
    expect(members).toHaveLength(MEMBERS);
    expect(members.filter(({ state }) => state !== 'decided')).toEqual([]);
    expect(filesBelow(gate.outbox)).toHaveLength(1);
    const staged = filesBelow(join(gate.dataDir, 'staging')).filter((name) => !name.startsWith('canary/'));
    expect(staged).toEqual([]);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(0);
  });
});
