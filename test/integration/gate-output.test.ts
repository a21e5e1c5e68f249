import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { resultItemSchema, summarySchema } from '../../src-main/contract/result';
import { type Ended, runCli, runJson, startCli, type TestGate } from '../support/cli';
import { describeWith } from '../support/components';
import { makeZip } from '../support/corpus';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { endsOf, itemOf, quickGate, withGate } from '../support/results';
import { suiteFolder } from '../support/suite-folder';
import { EICAR, tempFolder } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const freshGate = (profile: object = {}) => quickGate(tempFolder(), profile);

const gateAll = (gate: TestGate, ...more: string[]) => runCli(withGate(gate, 'gate', gate.input, ...more));

describe('exit codes of gate', () => {
  test('0 when all is clean, and for an empty folder', async () => {
    const gate = freshGate();
    expect((await gateAll(gate)).code).toBe(0);
    writeFileSync(join(gate.input, 'a.txt'), 'hello');
    expect((await gateAll(gate)).code).toBe(0);
  });

  test('1 when something is infected, also where something else is unverified', async () => {
    const gate = freshGate();
    writeFileSync(join(gate.input, 'virus.com'), EICAR);
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input, join(gate.input, 'missing.txt')));
    expect(code).toBe(1);
    expect(endsOf(results.items)).toEqual({ 'infected quarantined': 1, 'unverified held': 1 });
  });

  test('2 when a file is missing: it is named, and nothing is forwarded for it', async () => {
    const gate = freshGate();
    const { code, results } = await runJson(withGate(gate, 'gate', join(gate.input, 'missing.txt')));
    expect(code).toBe(2);
    expect(itemOf(results.items, 'missing.txt')).toMatchObject({ verdict: 'unverified', reason: 'unreadable' });
    expect(itemOf(results.items, 'missing.txt').sentence).toContain('does not exist');
    expect(filesBelow(gate.outbox)).toEqual([]);
  });

  test('2 and no document for an unknown profile, an unknown probe, no path', async () => {
    const gate = freshGate();
    for (const [args, words] of [
      [['gate', gate.input, '--profile', 'nope'], 'there is no profile "nope"; the profiles are: default'],
      [['gate', gate.input, '--probe', 'nope'], 'there is no probe "nope"; the probes are: clamav'],
      [['gate'], 'missing required argument'],
    ] as const) {
      const ended = await runCli(withGate(gate, ...args));
      expect.soft(ended).toMatchObject({ code: 2, stdout: '' });
      expect.soft(ended.stderr).toContain(words);
    }
  });
});

describe('what gate prints', () => {
  const folder = suiteFolder();
  let gate: TestGate;

  beforeAll(() => {
    gate = quickGate(folder);
    for (let n = 1; n <= 30; n += 1) writeFileSync(join(gate.input, `clean-${n}.txt`), `file ${n}`);
    mkdirSync(join(gate.input, 'sub'));
    writeFileSync(join(gate.input, 'sub', 'virus\u001b[31m\n.com'), EICAR);
  });

  test('--ndjson: the submission, every item, the summary, one document a line', async () => {
    const ended = await gateAll(gate, '--ndjson');
    const events = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events[0]).toMatchObject({ event: 'submission', schema: 'dropgate-results/1' });
    expect(z.guid().safeParse(events[0]?.submission).success).toBe(true);
    const items = events.slice(1, -1).map(({ event, item }) => {
      expect(event).toBe('item');
      return resultItemSchema.parse(item);
    });
    expect(items).toHaveLength(31);
    expect(events.at(-1)?.event).toBe('summary');
    expect(summarySchema.parse(events.at(-1)?.summary)).toMatchObject({ clean: 30, infected: 1, failed: 0 });
  });

  const hasNoControls = ({ stdout, stderr }: Ended) => !/[\u0000-\u0009\u000b-\u001f\u007f]/.test(stdout + stderr);

  test('the table on a pipe has no colours, and no control character of a name', async () => {
    const ended = await gateAll(gate);
    expect(hasNoControls(ended)).toBe(true);
    expect(ended.stdout).toContain('virus\\x1b[31m\\n.com  quarantined');
    expect(ended.stdout).toContain('so this file is on a deny list.');
    expect(ended.stdout).toMatch(/30 clean, 0 suspicious, 1 infected, 0 unverified - .* in /);
    expect(ended.stderr).toBe('');
  });

  test('of many clean files the table lists some, and all of them with --all', async () => {
    const some = await gateAll(gate);
    expect(some.stdout.match(/clean-\d+\.txt/g)?.length).toBeLessThan(30);
    expect(some.stdout).toContain('more clean files (--all lists them)');
    const all = await gateAll(gate, '--all');
    expect(all.stdout.match(/clean-\d+\.txt/g)).toHaveLength(30);
  });

  test('--quiet says nothing on standard error', async () => {
    expect(await gateAll(gate, '--quiet')).toMatchObject({ code: 1, stderr: '' });
  });

  test('a reader that goes away ends the command, and what was taken is not lost', async () => {
    const child = startCli(withGate(gate, 'gate', gate.input, '--ndjson'));
    child.stdout?.once('data', () => child.stdout?.destroy());
    await child.ended;
    await runCli(withGate(gate, 'quarantine', 'list'));
    const open = ledgerItems(gate.dataDir).filter(({ state }) => !['forwarded', 'quarantined'].includes(state));
    expect(open).toEqual([]);
  });
});

describe('gate with source: move', () => {
  test('what has ended is gone from where it came, folders stay', async () => {
    const gate = freshGate({ source: 'move' });
    mkdirSync(join(gate.input, 'sub'));
    writeFileSync(join(gate.input, 'a.txt'), 'hello');
    writeFileSync(join(gate.input, 'sub', 'virus.com'), EICAR);
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(1);
    expect(endsOf(results.items)).toEqual({ 'clean forwarded': 1, 'infected quarantined': 1 });
    expect(filesBelow(gate.input)).toEqual([]);
  });

  test('a file that was replaced meanwhile stays: it is another one', async () => {
    const gate = freshGate({ source: 'move' });
    const path = join(gate.input, 'a.txt');
    writeFileSync(path, 'first');
    // it ends between the verdict and the disposition; the next command carries it out
    const ended = await runCli(withGate(gate, 'gate', gate.input), { DROPGATE_FAULT_KILL: 'decide:after' });
    expect(ended.signal).toBe('SIGKILL');
    writeFileSync(path, 'second, and longer');
    await runCli(withGate(gate, 'probes'));
    expect(ledgerItems(gate.dataDir).map(({ state }) => state)).toEqual(['forwarded']);
    expect(filesBelow(gate.input)).toEqual(['a.txt']);
    const { results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(endsOf(results.items)).toEqual({ 'clean forwarded': 1 });
    expect(filesBelow(gate.outbox)).toHaveLength(2);
    expect(filesBelow(gate.input)).toEqual([]);
  });
});

describeWith(['zip', 'python3'], 'gate over what no probe can open', () => {
  test('an encrypted archive is held, never clean; one with a password of the profile is opened', async () => {
    const gate = freshGate({ passwords: ['open sesame'] });
    for (const [name, password] of [
      ['closed.zip', 'unknown'],
      ['opened.zip', 'open sesame'],
    ] as const) {
      writeFileSync(join(gate.dataDir, '..', 'secret.txt'), `words of ${name}`);
      execFileSync('zip', ['-q', '-j', '-P', password, join(gate.input, name), join(gate.dataDir, '..', 'secret.txt')]);
    }
    makeZip(join(gate.input, 'plain.zip'), { 'a.txt': 'a' });
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(2);
    expect(itemOf(results.items, 'closed.zip')).toMatchObject({
      verdict: 'unverified',
      reason: 'encrypted',
      disposition: 'held',
    });
    expect(itemOf(results.items, 'opened.zip')).toMatchObject({ verdict: 'clean', disposition: 'forwarded' });
    expect(itemOf(results.items, 'plain.zip')).toMatchObject({ verdict: 'clean', disposition: 'forwarded' });
  });
});
