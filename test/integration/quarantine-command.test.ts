import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { IPC_CALLS } from '../../src-main/contract/ipc-schema';
import type { ResultItem } from '../../src-main/contract/result';
import { runCli, runJson, type TestGate, testGate } from '../support/cli';
import { describeWith } from '../support/components';
import { filesBelow } from '../support/ledger-view';
import { itemOf, trueBytes, withGate } from '../support/results';
import { suiteFolder } from '../support/suite-folder';
import { tempFolder } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const REASON = ['--reason', 'false alarm, ticket 4711'];
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Content that the deny list names, one for each thing that is done to it. */
const NAMES = ['restore', 'delete', 'export', 'damage', 'denied'] as const;
const bytesOf = (name: string) => Buffer.from(`denied bytes to ${name}\n`.repeat(50));

/** No YARA, no ClamAV: here the review is the matter. The disguise probe finds what an exception may cover. */
const PROFILE = { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox' };

function reviewGate(folder: string): TestGate {
  const deny = join(folder, 'deny.txt');
  writeFileSync(deny, NAMES.map((name) => `${sha256(bytesOf(name))}  ${name}\n`).join(''));
  const settings = { profiles: { default: PROFILE }, probes: { 'hash-list': { deny: [deny] } } };
  const gate = testGate(folder, settings);
  for (const name of NAMES) writeFileSync(join(gate.input, `${name}.bin`), bytesOf(name));
  writeFileSync(join(gate.input, 'photo\u202egnp.txt'), 'a disguised name');
  return gate;
}

describe('review of what is kept', () => {
  const folder = suiteFolder();
  let gate: TestGate;
  let items: ResultItem[];
  const id = (name: string) => itemOf(items, `${name}.bin`).id;
  const quarantine = (...args: string[]) => runCli(withGate(gate, 'quarantine', ...args));

  beforeAll(async () => {
    gate = reviewGate(folder);
    ({ items } = (await runJson(withGate(gate, 'gate', gate.input))).results);
    expect(items.map(({ disposition }) => disposition)).toEqual(Array(6).fill('quarantined'));
  });

  test('list: everything with its reason, as a table, as one document, one a line', async () => {
    const table = await quarantine('list');
    expect(table).toMatchObject({ code: 0, stderr: '' });
    for (const name of NAMES) expect(table.stdout).toContain(`${name}.bin`);
    expect(table.stdout).toContain('so this file is on a deny list.');
    expect(table.stdout).toContain('photo\\u{202e}gnp.txt');
    expect(table.stdout).toContain('6 files');
    const json = JSON.parse((await quarantine('list', '--json')).stdout) as { schema: string; items: unknown[] };
    expect(json.schema).toBe('dropgate-quarantine/1');
    expect(IPC_CALLS['kept-list'].result.shape.items.parse(json.items)).toHaveLength(6);
    expect((await quarantine('list', '--ndjson', '--held')).stdout).toBe('');
  });

  test('show: verdict, findings, hashes, report and the custody log of one file', async () => {
    const shown = await quarantine('show', id('restore'), '--json');
    const { item, report, custody } = IPC_CALLS['kept-show'].result.parse(JSON.parse(shown.stdout));
    expect(item).toMatchObject({ sha256: sha256(bytesOf('restore')), disposition: 'quarantined' });
    expect(report?.item.hashes?.sha256).toBe(item.sha256);
    expect(custody.map(({ event }) => event)).toEqual(expect.arrayContaining(['received', 'quarantined']));
    const text = (await quarantine('show', id('restore'))).stdout;
    expect(text).toContain('finding: hash-list: deny-list:restore (malicious)');
    expect(text).toContain(`sha256 ${item.sha256}`);
  });

  test('restore: needs a reason, never overwrites, gives back the very bytes, and is logged', async () => {
    const target = join(folder, 'back', 'restored.bin');
    mkdirSync(join(folder, 'back'));
    const without = await quarantine('restore', id('restore'), target);
    expect(without).toMatchObject({ code: 2, stdout: '' });
    expect(without.stderr).toContain('--reason');
    const blank = await quarantine('restore', id('restore'), target, '--reason', '  ');
    expect(blank.code).toBe(2);
    expect(blank.stderr).toContain('a reason is needed');
    writeFileSync(target, 'somebody else wrote this');
    const occupied = await quarantine('restore', id('restore'), target, ...REASON);
    expect(occupied.code).toBe(2);
    expect(occupied.stderr).toMatch(/exists/);
    expect(readFileSync(target, 'utf8')).toBe('somebody else wrote this');

    const restored = await quarantine('restore', id('restore'), `${join(folder, 'back')}/`, ...REASON);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(folder, 'back', 'restore.bin'))).toEqual(bytesOf('restore'));
    expect(existsSync(itemOf(items, 'restore.bin').destination ?? '')).toBe(false);
    const again = await quarantine('restore', id('restore'), join(folder, 'twice'), ...REASON);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('restore.bin is released');
    expect(filesBelow(join(folder, 'back'))).toEqual(['restore.bin', 'restored.bin']);
  });

  test('delete: needs a reason, removes the bytes, keeps the history', async () => {
    expect((await quarantine('delete', id('delete'))).code).toBe(2);
    expect((await quarantine('delete', id('delete'), ...REASON)).stdout).toBe(`deleted ${id('delete')}\n`);
    expect(existsSync(itemOf(items, 'delete.bin').destination ?? '')).toBe(false);
    expect((await quarantine('list')).stdout).not.toContain('delete.bin');
    expect((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(0);
  });

  test('verify and restore of damaged bytes: an error, and nothing is written', async () => {
    const cart = itemOf(items, 'damage.bin').destination ?? '';
    const bytes = readFileSync(cart);
    const insideContent = Number(bytes.readBigUInt64LE(bytes.length - 16)) - 10; // the trailer says where the footer is
    bytes[insideContent] = (bytes[insideContent] ?? 0) ^ 0xff;
    chmodSync(cart, 0o600);
    writeFileSync(cart, bytes);
    const verified = await quarantine('verify');
    expect(verified.code).toBe(2);
    expect(verified.stdout).toMatch(new RegExp(`^damaged ${id('damage')}: `, 'm'));
    expect(verified.stdout).toMatch(/, 1 damaged/);
    const target = join(folder, 'damaged.bin');
    const restored = await quarantine('restore', id('damage'), target, ...REASON);
    expect(restored.code).toBe(2);
    expect(restored.stderr).toMatch(/damaged|not those/);
    expect(existsSync(target)).toBe(false);
    expect((await quarantine('list')).stdout).toContain('damage.bin');
  });

  test('except: the same content is clean next time; what the deny list names is not', async () => {
    const disguised = itemOf(items, 'photo\\u{202e}gnp.txt');
    expect(disguised.verdict).toBe('suspicious');
    for (const kept of [disguised.id, id('denied')]) {
      const ended = await quarantine('except', kept, '--probe', 'file-type', 'hash-list', ...REASON);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
    }
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(1);
    const now = itemOf(results.items, 'photo\\u{202e}gnp.txt');
    expect(now).toMatchObject({ verdict: 'clean', disposition: 'forwarded' });
    expect(now.sentence).toContain('an analyst has excepted (false alarm, ticket 4711)');
    expect(readFileSync(trueBytes(now.destination, now.destinationBytes), 'utf8')).toBe('a disguised name');
    expect(itemOf(results.items, 'denied.bin')).toMatchObject({ verdict: 'infected', disposition: 'quarantined' });
  });

  test('mistakes: a clear message, exit 2, no stack trace', async () => {
    for (const [args, words] of [
      [['show', '999999'], 'nothing held or quarantined has the id 999999; "dropgate quarantine list" shows'],
      [['show', 'abc'], 'abc is not an id; "dropgate quarantine list" shows them'],
      [['delete', '-1', ...REASON], '-1 is not an id'],
      [['rescan', id('denied')], 'is quarantined, not held'],
      [['except', id('denied'), '--probe', 'nope', ...REASON], 'there is no probe "nope"'],
      [['except', id('denied'), '--probe', 'yara', '--days', '0.5', ...REASON], 'a whole number of days is needed'],
      [['export', id('denied'), join(folder, 'no', 'such', 'x.zip')], 'does not exist'],
      [['restore', id('denied'), `${join(folder, 'nowhere')}/`, ...REASON], 'does not exist'],
    ] as const) {
      const ended = await quarantine(...args);
      expect.soft(ended.code, args.join(' ')).toBe(2);
      expect.soft(ended.stderr, args.join(' ')).toContain(words);
      expect.soft(ended.stderr, args.join(' ')).not.toMatch(/\n\s+at /);
    }
  });
});

describeWith(['7zz'], 'export of what is kept', () => {
  test('an AES zip with the original bytes and the report; never over another file', async () => {
    const folder = tempFolder();
    const gate = reviewGate(folder);
    const { results } = await runJson(withGate(gate, 'gate', gate.input));
    const { id } = itemOf(results.items, 'export.bin');
    const target = join(folder, 'for-colleagues.zip');
    const exported = await runCli(withGate(gate, 'quarantine', 'export', id, target));
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(exported.stdout).toContain('password: infected');
    expect(lstatSync(target).mode & 0o077).toBe(0);
    execFileSync('7zz', ['x', '-pinfected', '-bso0', '-bsp0', `-o${join(folder, 'out')}`, target]);
    expect(readFileSync(join(folder, 'out', 'export.bin'))).toEqual(bytesOf('export'));
    expect(filesBelow(join(folder, 'out')).some((name) => name.endsWith('report.json'))).toBe(true);
    expect(() => execFileSync('7zz', ['t', '-pwrong', target], { stdio: 'ignore' })).toThrow();
    expect((await runCli(withGate(gate, 'quarantine', 'export', id, target))).code).toBe(2);
    expect((await runCli(withGate(gate, 'quarantine', 'list'))).stdout).toContain('export.bin');
  });

  test('a held file is exported, verified, scanned again on demand, and restored', async () => {
    const folder = tempFolder();
    const profile = { ...PROFILE, probes: [...PROFILE.probes, 'clamav'] };
    const away = { clamav: { socket: join(folder, 'none.sock') } };
    const gate = testGate(folder, { profiles: { default: profile }, probes: away });
    writeFileSync(join(gate.input, 'held.txt'), 'held back');
    const { results } = await runJson(withGate(gate, 'gate', gate.input));
    const { id, disposition } = itemOf(results.items, 'held.txt');
    expect(disposition).toBe('held');
    expect((await runCli(withGate(gate, 'quarantine', 'verify', id))).stdout).toContain('1 file checked, 0 damaged');
    const target = join(folder, 'held.zip');
    expect((await runCli(withGate(gate, 'quarantine', 'export', id, target))).code).toBe(0);
    execFileSync('7zz', ['x', '-pinfected', '-bso0', '-bsp0', `-o${join(folder, 'out')}`, target]);
    expect(readFileSync(join(folder, 'out', 'held.txt'), 'utf8')).toBe('held back');
    expect((await runCli(withGate(gate, 'quarantine', 'rescan', id))).code).toBe(0);
    expect((await runCli(withGate(gate, 'quarantine', 'list'))).stdout).toContain('held.txt');
    const restored = join(folder, 'restored.txt');
    expect((await runCli(withGate(gate, 'quarantine', 'restore', id, restored, ...REASON))).code).toBe(0);
    expect(readFileSync(restored, 'utf8')).toBe('held back');
    // the bytes are gone, the report stays as history
    expect(filesBelow(join(gate.dataDir, 'held')).map((name) => basename(name))).toEqual(['held.txt.report.json']);
  });
});
