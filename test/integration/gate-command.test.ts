import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reportSchema } from '../../src-main/contract/report';
import type { ResultItem } from '../../src-main/contract/result';
import { type Clamd, startClamd } from '../support/clamd';
import { runCli, type TestGate, testGate } from '../support/cli';
import { describeWith } from '../support/components';
import { makeZip, writeCleanDocuments } from '../support/corpus';
import { HOSTILE_NAMES } from '../support/hostile-names';
import { filesBelow, sha256Of } from '../support/ledger-view';
import { clamavSettings, itemOf, resultsSchema, trueBytes, withGate } from '../support/results';
import { suiteFolder } from '../support/suite-folder';
import { EICAR } from '../support/temp-folder';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const DENIED = Buffer.from('the quarterly figures that must not leave');
const VIRUS = 'ClamAV found EICAR-Test.UNOFFICIAL, which is known malware.';

/** Path with a true-bytes name below a folder. */
const below = (folder: string, name: Buffer) => Buffer.concat([Buffer.from(`${folder}/`), name]);

/** Bytes of the file with a hostile name: its own, so that none can be taken for another. */
const bytesOf = (title: string) => Buffer.from(`harmless bytes under ${title}\n`);

function fillInput(input: string): string[] {
  const clean = writeCleanDocuments(input);
  writeFileSync(join(input, 'virus.com'), EICAR);
  writeFileSync(join(input, 'docs', 'virus.txt'), EICAR);
  writeFileSync(below(input, Buffer.from('virus\n\xff.com', 'latin1')), EICAR);
  writeFileSync(join(input, 'denied.txt'), DENIED);
  makeZip(join(input, 'parcel.zip'), { 'inner/virus.com': EICAR, 'note.txt': 'a note' });
  mkdirSync(join(input, 'odd'));
  for (const { title, bytes } of HOSTILE_NAMES) writeFileSync(below(join(input, 'odd'), bytes), bytesOf(title));
  return clean;
}

describeWith(['clamd', 'python3'], 'gate over documents, malware, denied files and hostile names', () => {
  const folder = suiteFolder();
  let clamd: Clamd;
  let gate: TestGate;
  let clean: string[];
  let code: number | null;
  let submission: string;
  let items: ResultItem[];
  let before: Map<string, string>;

  beforeAll(async () => {
    clamd = await startClamd();
    const deny = join(folder, 'deny.txt');
    writeFileSync(deny, `${createHash('sha256').update(DENIED).digest('hex')}  figures\n`);
    gate = testGate(folder, clamavSettings(clamd.socket, { probes: { 'hash-list': { deny: [deny] } } }));
    clean = fillInput(gate.input);
    before = new Map(filesBelow(gate.input).map((name) => [name, name]));
    const ended = await runCli(withGate(gate, 'gate', gate.input, '--json'));
    code = ended.code;
    const results = resultsSchema.parse(JSON.parse(ended.stdout));
    ({ submission, items } = results);
    expect(ended.stderr).toBe('');
  });
  afterAll(() => clamd.stop());

  test('exits 1 for what is infected, and names every file once', () => {
    expect(code).toBe(1);
    const roots = items.filter(({ parent }) => parent === null);
    expect(roots).toHaveLength(clean.length + 5 + HOSTILE_NAMES.length);
    expect(new Set(roots.map(({ relativePath }) => relativePath)).size).toBe(roots.length);
  });

  test('ordinary documents are clean and lie in the destination under their relative path', () => {
    for (const name of clean) {
      const item = itemOf(items, name);
      expect.soft(item, name).toMatchObject({ verdict: 'clean', reason: null, disposition: 'forwarded', report: null });
      expect.soft(item.sentence, name).toMatch(/^All 5 required probes.* looked at the whole file/);
      expect.soft(item.destination, name).toBe(join(gate.outbox, submission, name));
      expect.soft(sha256Of(join(gate.outbox, submission, name)), name).toBe(item.sha256);
      expect.soft(sha256Of(join(gate.input, name)), name).toBe(item.sha256);
    }
  });

  test('hostile names: the verdict is that of the bytes and of the disguise, the shown name is escaped', () => {
    for (const { title, shown, verdict } of HOSTILE_NAMES) {
      const item = itemOf(items, `odd/${shown}`);
      expect.soft(item.verdict, title).toBe(verdict);
      expect.soft(item.path, title).toContain(shown);
      expect.soft(item.sha256, title).toBe(createHash('sha256').update(bytesOf(title)).digest('hex'));
    }
  });

  test('hostile names: a clean file arrives under exactly its own bytes', () => {
    for (const { title, bytes, shown } of HOSTILE_NAMES.filter(({ verdict }) => verdict === 'clean')) {
      const item = itemOf(items, `odd/${shown}`);
      expect.soft(item.disposition, title).toBe('forwarded');
      const destination = trueBytes(item.destination, item.destinationBytes);
      expect.soft(destination, title).toEqual(below(join(gate.outbox, submission, 'odd'), bytes));
      expect.soft(readFileSync(destination), title).toEqual(bytesOf(title));
    }
  });

  test('malware: infected by the words of ClamAV, quarantined, with a child for each member of an archive', () => {
    for (const name of ['virus.com', 'docs/virus.txt', 'virus\\n\\xff.com']) {
      expect.soft(itemOf(items, name), name).toMatchObject({
        verdict: 'infected',
        disposition: 'quarantined',
        sentence: VIRUS,
      });
    }
    const parcel = itemOf(items, 'parcel.zip');
    expect.soft(parcel).toMatchObject({ verdict: 'infected', disposition: 'quarantined' });
    const members = items.filter(({ parent }) => parent === parcel.id);
    expect.soft(members.map(({ path, verdict }) => [path, verdict])).toEqual(
      expect.arrayContaining([
        [`${parcel.path}!/inner/virus.com`, 'infected'],
        [`${parcel.path}!/note.txt`, 'clean'],
      ]),
    );
    expect.soft(members.map(({ disposition, destination }) => disposition ?? destination)).toEqual([null, null]);
  });

  test('a file of the deny list: infected, and the sentence says why', () => {
    const item = itemOf(items, 'denied.txt');
    expect(item).toMatchObject({ verdict: 'infected', disposition: 'quarantined' });
    expect(item.sentence).toMatch(/found deny-list:figures, so this file is on a deny list\.$/);
  });

  test('quarantine: a read-only .cart and a report that parses and names the same bytes', () => {
    const quarantined = items.filter(({ disposition }) => disposition === 'quarantined');
    expect(quarantined).toHaveLength(5 + HOSTILE_NAMES.filter(({ verdict }) => verdict !== 'clean').length);
    for (const item of quarantined) {
      const cart = trueBytes(item.destination, item.destinationBytes);
      expect.soft(cart.subarray(-5).toString(), item.path).toBe('.cart');
      expect.soft(lstatSync(cart).mode & 0o777, item.path).toBe(0o400);
      expect.soft(readFileSync(cart).subarray(0, 4).toString(), item.path).toBe('CART');
      const text = readFileSync(trueBytes(item.report, item.reportBytes), 'utf8');
      const report = reportSchema.parse(JSON.parse(text));
      const { sha256, sha1, md5 } = item;
      expect.soft(report.item.hashes, item.path).toEqual({ sha256, sha1, md5 });
      expect.soft(report.verdict.sentence, item.path).toBe(item.sentence);
      expect.soft(report).toMatchObject({ disposition: 'quarantined', submission: { guid: submission } });
    }
  });

  test('nothing else stands in the destination, and the sources are as they were', () => {
    const forwarded = items.filter(({ disposition }) => disposition === 'forwarded');
    const places = forwarded.map((item) => trueBytes(item.destination, item.destinationBytes).toString());
    expect(
      filesBelow(gate.outbox)
        .map((name) => join(gate.outbox, name))
        .sort(),
    ).toEqual(places.sort());
    expect(filesBelow(gate.input)).toEqual([...before.keys()]);
    expect(sha256Of(join(gate.input, 'virus.com'))).toBe(createHash('sha256').update(EICAR).digest('hex'));
  });

  test('the custody log is intact, and names every one of them', async () => {
    const audit = await runCli(withGate(gate, 'audit', 'verify', '--json'));
    expect(audit.code).toBe(0);
    expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, problems: [] });
    expect(existsSync(join(gate.dataDir, 'ledger.db'))).toBe(true);
  });
});
