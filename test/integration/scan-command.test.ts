import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { ResultItem } from '../../src-main/contract/result';
import { runJson, startCli, writeSettings } from '../support/cli';
import { describeWith } from '../support/components';
import { makeZip } from '../support/corpus';
import { filesBelow } from '../support/ledger-view';
import { endsOf, itemOf, quickGate, resultsSchema, withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const NOBODY = 65_534;

/** A gate of its own, and a temporary folder that nobody else uses. */
function freshScan() {
  const folder = tempFolder();
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const gate = quickGate(folder);
  const scan = (...args: string[]) => runJson(withGate(gate, 'scan', ...args), { TMPDIR: temporary });
  return { gate, input: gate.input, temporary, scan };
}

const childrenOf = (items: readonly ResultItem[], parent: ResultItem) =>
  items.filter((item) => item.parent === parent.id);

describe('scan looks and moves nothing', () => {
  test('verdicts without dispositions; sources, data folder and temporary folder as they were', async () => {
    const { gate, input, temporary, scan } = freshScan();
    writeFileSync(join(input, 'a.txt'), 'hello');
    writeFileSync(join(input, 'virus.com'), EICAR);
    const { code, results } = await scan(input);
    expect(code).toBe(1);
    expect(resultsSchema.parse(results).summary).toMatchObject({ clean: 1, infected: 1, unverified: 0 });
    expect(endsOf(results.items)).toEqual({ 'clean nowhere': 1, 'infected nowhere': 1 });
    expect(results.items.map(({ destination, report }) => destination ?? report)).toEqual([null, null]);
    expect(filesBelow(input)).toEqual(['a.txt', 'virus.com']);
    expect(filesBelow(gate.dataDir).filter((name) => !name.startsWith('indexes/'))).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('needs no lock: it runs beside a living engine, several at once', async () => {
    const { gate, input, scan } = freshScan();
    writeFileSync(join(input, 'a.txt'), 'hello');
    const gateway = startCli(withGate(gate, 'run', '--ndjson'));
    await new Promise((resolve) => gateway.stdout?.once('data', resolve));
    const codes = await Promise.all([scan(input), scan(input), scan(input)]);
    expect(codes.map(({ code }) => code)).toEqual([0, 0, 0]);
    gateway.kill('SIGTERM');
    expect((await gateway.ended).code).toBe(0);
  });

  test('a relative path, a folder by ".", a file twice: each file once', async () => {
    const { input, scan } = freshScan();
    writeFileSync(join(input, 'a.txt'), 'hello');
    const { code, results } = await scan(join(input, '..', 'in', 'a.txt'), input, join(input, 'a.txt'));
    expect(code).toBe(0);
    expect(results.items.map(({ path }) => path)).toEqual([join(input, 'a.txt')]);
  });
});

describe('what scan cannot look at is never clean', () => {
  test('a file that grows while it is read: unverified(changed)', async () => {
    const { gate, input } = freshScan();
    const path = join(input, 'growing.log');
    writeFileSync(path, 'the first line\n');
    truncateSync(path, 300 * 1024 * 1024);
    const command = startCli(withGate(gate, 'scan', path, '--json'));
    const growing = setInterval(() => appendFileSync(path, 'another line\n'), 5);
    const ended = await command.ended.finally(() => clearInterval(growing));
    expect(ended.code).toBe(2);
    const { items } = resultsSchema.parse(JSON.parse(ended.stdout));
    expect(itemOf(items, 'growing.log')).toMatchObject({ verdict: 'unverified', reason: 'changed' });
  });

  test('a link in a folder is listed and not followed; named itself it is followed', async () => {
    const { input, scan } = freshScan();
    writeFileSync(join(input, 'virus.com'), EICAR);
    mkdirSync(join(input, 'sub'));
    symlinkSync(join(input, 'virus.com'), join(input, 'sub', 'link'));
    symlinkSync('/', join(input, 'sub', 'root'));
    const walked = await scan(join(input, 'sub'));
    expect(walked.code).toBe(0);
    expect(walked.results.items.map(({ relativePath, verdict }) => [relativePath, verdict])).toEqual([
      ['link', 'skipped'],
      ['root', 'skipped'],
    ]);
    expect(walked.results.summary).toMatchObject({ skipped: 2, clean: 0 });
    const named = await scan(join(input, 'sub', 'link'));
    expect(named.code).toBe(1);
    expect(named.results.items[0]).toMatchObject({ path: join(input, 'virus.com'), verdict: 'infected' });
  });

  test('a FIFO and a device are refused with a reason, and nobody waits for them', async () => {
    const { input, scan } = freshScan();
    execFileSync('mkfifo', [join(input, 'pipe')]);
    const { code, results } = await scan(join(input, 'pipe'), '/dev/null', input);
    expect(code).toBe(2);
    for (const name of ['pipe', 'null']) {
      const item = itemOf(results.items, name);
      expect.soft(item, name).toMatchObject({ verdict: 'unverified', reason: 'unsupported' });
      expect.soft(item.sentence, name).toMatch(/not a regular file/);
    }
  });

  test('a missing path: named, exit 2, and the others are scanned', async () => {
    const { input, scan } = freshScan();
    writeFileSync(join(input, 'a.txt'), 'hello');
    const { code, results } = await scan(join(input, 'a.txt'), join(input, 'b.txt'));
    expect(code).toBe(2);
    expect(itemOf(results.items, 'a.txt').verdict).toBe('clean');
    expect(itemOf(results.items, 'b.txt')).toMatchObject({ verdict: 'unverified', reason: 'unreadable' });
  });

  test('an unreadable file and an unreadable folder: named, exit 2', async () => {
    const { input, scan, gate, temporary } = freshScan();
    writeFileSync(join(input, 'a.txt'), 'hello');
    writeFileSync(join(input, 'secret.txt'), 'mine', { mode: 0o000 });
    mkdirSync(join(input, 'closed'), { mode: 0o000 });
    const asRoot = process.getuid?.() === 0;
    if (!asRoot) {
      const { results } = await scan(input);
      expect(itemOf(results.items, 'secret.txt').reason).toBe('unreadable');
      return;
    }
    execFileSync('chmod', ['-R', 'o+rX', join(gate.dataDir, '..')]);
    execFileSync('chmod', ['o-rwx', join(input, 'secret.txt'), join(input, 'closed')]);
    execFileSync('chown', [String(NOBODY), temporary]);
    const nobody = { uid: NOBODY, gid: NOBODY };
    const scanning = startCli(withGate(gate, 'scan', input, '--json'), { TMPDIR: temporary, HOME: temporary }, nobody);
    const ended = await scanning.ended;
    expect(ended.code).toBe(2);
    const { items } = resultsSchema.parse(JSON.parse(ended.stdout));
    expect(itemOf(items, 'a.txt').verdict).toBe('clean');
    expect(itemOf(items, 'secret.txt')).toMatchObject({ verdict: 'unverified', reason: 'unreadable' });
    expect(itemOf(items, 'closed')).toMatchObject({ verdict: 'unverified', reason: 'unreadable' });
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('a file beyond limits.fileBytes, an archive with too many members', async () => {
    const { gate, input } = freshScan();
    const profile = {
      probes: ['hash-list', 'file-type', 'archive'],
      destination: 'outbox',
      limits: { fileBytes: '1KiB', archiveFiles: 2 },
    };
    writeSettings(gate.config, gate, { profiles: { default: profile } });
    writeFileSync(join(input, 'large.txt'), 'x'.repeat(2000));
    makeZip(join(input, 'many.zip'), { a: '1', b: '2', c: '3' });
    const { code, results } = await runJson(withGate(gate, 'scan', input));
    expect(code).toBe(2);
    for (const name of ['large.txt', 'many.zip']) {
      expect.soft(itemOf(results.items, name), name).toMatchObject({ verdict: 'unverified', reason: 'limit_exceeded' });
    }
    expect(itemOf(results.items, 'large.txt').sentence).toContain('limits.fileBytes');
  });
});

describeWith(['zip', '7zz', 'python3'], 'scan looks into archives', () => {
  test('members are items with a parent, down to the archive in the archive', async () => {
    const { input, scan } = freshScan();
    const inner = join(input, 'inner.zip');
    makeZip(inner, { 'deep/virus.com': EICAR });
    makeZip(join(input, 'outer.zip'), { 'inner.zip': readFileSync(inner), 'note.txt': 'hello' });
    rmSync(inner);
    const { code, results } = await scan(input);
    expect(code).toBe(1);
    const outer = itemOf(results.items, 'outer.zip');
    const [innerItem] = childrenOf(results.items, outer).filter(({ relativePath }) => relativePath === 'inner.zip');
    if (innerItem === undefined) throw new Error('the inner archive is no item');
    const [virus] = childrenOf(results.items, innerItem);
    expect(virus).toMatchObject({ path: `${outer.path}!/inner.zip!/deep/virus.com`, verdict: 'infected' });
    expect(outer.sentence).toMatch(/^The member .*inner\.zip is infected: The member .*virus\.com is infected/);
  });

  test('an encrypted zip, a damaged one and an unknown container are unverified, each with its reason, and a 7z is opened', async () => {
    const { input, scan } = freshScan();
    const plain = join(input, 'plain.txt');
    writeFileSync(plain, 'words '.repeat(100));
    execFileSync('zip', ['-q', '-j', '-P', 'unknown', join(input, 'closed.zip'), plain]);
    execFileSync('7zz', ['a', '-bso0', '-bsp0', join(input, 'seven.7z'), plain]);
    writeFileSync(join(input, 'old.ace'), Buffer.concat([Buffer.alloc(7), Buffer.from('**ACE**'), Buffer.alloc(50)]));
    makeZip(join(input, 'cut.zip'), { 'a.txt': 'words '.repeat(1000), 'b.txt': 'more' });
    truncateSync(join(input, 'cut.zip'), 60);
    const { code, results } = await scan(input);
    expect(code).toBe(2);
    expect.soft(itemOf(results.items, 'closed.zip')).toMatchObject({ verdict: 'unverified', reason: 'encrypted' });
    expect.soft(itemOf(results.items, 'old.ace')).toMatchObject({ verdict: 'unverified', reason: 'unsupported' });
    expect.soft(itemOf(results.items, 'seven.7z')).toMatchObject({ verdict: 'clean', reason: null });
    expect.soft(results.items.filter(({ relativePath }) => relativePath === 'plain.txt')).toHaveLength(2);
    expect.soft(itemOf(results.items, 'cut.zip').verdict).toBe('unverified');
    expect.soft(itemOf(results.items, 'plain.txt').verdict).toBe('clean');
  });
});

describe('scan of many files', () => {
  test('3,000 files in nested folders: one document that parses, every file once, nothing left behind', async () => {
    const { input, temporary, scan } = freshScan();
    for (let n = 0; n < 3000; n += 1) {
      const folder = join(input, `f${n % 30}`, `g${n % 7}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${n}.txt`), `file ${n}`);
    }
    const { code, results } = await scan(input);
    expect(code).toBe(0);
    expect(resultsSchema.parse(results).summary).toMatchObject({ clean: 3000, unverified: 0 });
    expect(new Set(results.items.map(({ relativePath }) => relativePath)).size).toBe(3000);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
