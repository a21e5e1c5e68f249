import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { reportSchema } from '../../src-main/contract/report';
import { type ResultItem, resultItemSchema } from '../../src-main/contract/result';
import { amount } from '../support/amount';
import { runCli, type TestGate } from '../support/cli';
import { describeWith } from '../support/components';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { hostileNames, WAYS_OUT } from '../support/hostile-names';
import { quickGate, resultsSchema, trueBytes, withGate } from '../support/results';
import { BUCKET, type S3Server, startS3Server } from '../support/s3-server';
import { suiteFolder } from '../support/suite-folder';
import { tempFolder } from '../support/temp-folder';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const NAMES = hostileNames();
/** Controls, marks that reorder, and what has no width: never shown as they are. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\u{e0000}-\u{e007f}]/u;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const contentOf = (kind: 'good' | 'bad', name: Buffer) => Buffer.from(`${kind}: ${name.toString('base64')}`);
const inFolder = (folder: string, name: Buffer) => Buffer.concat([Buffer.from(`${folder}/`), name]);
const pathOf = (item: ResultItem) => trueBytes(item.relativePath, item.relativePathBytes);

/** Probes that judge the bytes alone: here a name must change nothing. */
const PROBES = { probes: ['hash-list', 'archive'] };

/** Every name twice: in `good` with harmless bytes, in `bad` with bytes that are denied. */
function fill(gate: TestGate, deny: string): void {
  for (const kind of ['good', 'bad'] as const) {
    mkdirSync(join(gate.input, kind));
    for (const name of NAMES) writeFileSync(inFolder(join(gate.input, kind), name), contentOf(kind, name));
  }
  writeFileSync(deny, NAMES.map((name) => `${sha256(contentOf('bad', name))}\n`).join(''));
}

async function gated(gate: TestGate) {
  const { stdout, stderr } = await runCli(withGate(gate, 'gate', gate.input, '--json'));
  expect(stderr).toBe('');
  return resultsSchema.parse(JSON.parse(stdout));
}

/** The item of a name below `good` or `bad`, found by its true bytes. */
function finder(items: readonly ResultItem[]) {
  const byPath = new Map(items.map((item) => [pathOf(item).toString('latin1'), item]));
  return (kind: 'good' | 'bad', name: Buffer) => {
    const item = byPath.get(inFolder(kind, name).toString('latin1'));
    if (item === undefined) throw new Error(`no item has the name ${JSON.stringify(name.toString())}`);
    return item;
  };
}

describeWith(['python3'], `${NAMES.length} hostile names`, () => {
  const folder = suiteFolder();
  let gate: TestGate;
  let submission: string;
  let items: ResultItem[];
  let find: ReturnType<typeof finder>;

  beforeAll(async () => {
    gate = quickGate(folder, PROBES);
    fill(gate, join(folder, 'deny.txt'));
    ({ submission, items } = await gated(gate));
    find = finder(items);
  });

  test('each is its own item, shown without anything that hides, and without loss', ({ task }) => {
    recordFaults(task, { fault: 'a hostile name of a file', tried: NAMES.length });
    expect(NAMES.length).toBeGreaterThanOrEqual(200);
    expect(items).toHaveLength(NAMES.length * 2);
    expect(
      new Set(items.map(({ relativePath, relativePathBytes }) => `${relativePath} ${relativePathBytes}`)).size,
    ).toBe(items.length);
    for (const { relativePath, path } of items) expect.soft(`${relativePath}${path}`).not.toMatch(HIDDEN);
  });

  test('harmless bytes arrive under exactly their name', () => {
    for (const name of NAMES) {
      const item = find('good', name);
      expect
        .soft(item)
        .toMatchObject({ verdict: 'clean', disposition: 'forwarded', sha256: sha256(contentOf('good', name)) });
      const destination = trueBytes(item.destination, item.destinationBytes);
      expect.soft(destination.subarray(-name.length - 1)).toEqual(inFolder('', name));
      expect.soft(readFileSync(destination)).toEqual(contentOf('good', name));
    }
    expect(readdirSync(join(gate.outbox, submission, 'good'))).toHaveLength(NAMES.length);
    expect(readdirSync(join(gate.outbox, submission))).toEqual(['good']);
  });

  test('denied bytes are quarantined, each with its own report under its name', () => {
    const places = new Set<string>();
    for (const name of NAMES) {
      const item = find('bad', name);
      expect.soft(item).toMatchObject({ verdict: 'infected', disposition: 'quarantined' });
      const cart = trueBytes(item.destination, item.destinationBytes);
      const sidecar = trueBytes(item.report, item.reportBytes);
      places.add(cart.toString('latin1'));
      expect.soft(sidecar.subarray(0, -'.report.json'.length)).toEqual(cart.subarray(0, -'.cart'.length));
      const report = reportSchema.parse(JSON.parse(readFileSync(sidecar, 'utf8')));
      expect.soft(trueBytes(report.item.name.display, report.item.name.bytes)).toEqual(name);
      expect.soft(report.item.hashes?.sha256).toBe(sha256(contentOf('bad', name)));
    }
    expect(places.size).toBe(NAMES.length);
  });

  test('the review lists them without anything that hides, and gives back bytes and name', async ({ task }) => {
    const gateway = await startGateway(gate);
    const listed = await runCli(withGate(gate, 'quarantine', 'list', '--json'));
    const kept = z.object({ items: z.array(resultItemSchema) }).parse(JSON.parse(listed.stdout)).items;
    const table = (await runCli(withGate(gate, 'quarantine', 'list'))).stdout;
    expect(table.replaceAll('\n', '')).not.toMatch(HIDDEN);
    expect(new Set(kept.map((item) => pathOf(item).toString('latin1')))).toEqual(
      new Set(NAMES.map((name) => inFolder('bad', name).toString('latin1'))),
    );
    const step = Math.ceil(NAMES.length / amount(4, NAMES.length));
    const some = NAMES.filter((_name, index) => index % step === 0);
    recordFaults(task, { fault: 'a hostile name restored', tried: some.length });
    for (const name of some) {
      const back = tempFolder();
      const ended = await runCli(
        withGate(gate, 'quarantine', 'restore', find('bad', name).id, back, '--reason', 'test'),
      );
      expect.soft(ended).toMatchObject({ code: 0, stderr: '' });
      expect.soft(ended.stdout.trimEnd()).not.toMatch(HIDDEN);
      expect.soft(readdirSync(back, { encoding: 'buffer' })).toEqual([name]);
      expect.soft(readFileSync(inFolder(back, name))).toEqual(contentOf('bad', name));
    }
    expect((await gateway.stop()).code).toBe(0);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).stdout).toContain('intact');
  });
});

describeWith(['python3'], 'hostile names elsewhere', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  test('keys of S3: each name has its own, with its bytes', async ({ task }) => {
    const some = NAMES.filter((_name, index) => index % amount(8, 1) === 0);
    recordFaults(task, { fault: 'a hostile name in a key of S3', tried: some.length });
    const inbound = { kind: 's3', bucket: BUCKET, prefix: 'clean/', endpoint: server.endpoint, pathStyle: true };
    const gate = quickGate(tempFolder(), { ...PROBES, destination: 'inbound' }, { destinations: { inbound } });
    mkdirSync(join(gate.input, 'good'));
    for (const name of some) writeFileSync(inFolder(join(gate.input, 'good'), name), contentOf('good', name));
    const { items, submission } = await gated(gate);
    const keys = new Set<string>();
    for (const item of items) {
      const name = pathOf(item);
      expect.soft(item, item.relativePath).toMatchObject({ disposition: 'forwarded' });
      const place = trueBytes(item.destination, item.destinationBytes).toString();
      const key = place.slice(`s3://${BUCKET}/`.length);
      expect.soft(key.startsWith(`clean/${submission}/`), key).toBe(true);
      expect.soft(await server.read(key)).toEqual(contentOf('good', name.subarray('good/'.length)));
      const { 'dropgate-path': path } = await server.metadata(key);
      expect
        .soft(path === undefined ? Buffer.from(key.slice(`clean/${submission}/`.length)) : Buffer.from(path, 'base64'))
        .toEqual(name);
      keys.add(key);
    }
    expect(keys.size).toBe(some.length);
  });

  test('members of archives: shown as they are, and those that lead out are found', async ({ task }) => {
    const texts = NAMES.flatMap((name) => (decodes(name) ? [name.toString()] : []));
    recordFaults(task, { fault: 'a hostile name of a member', tried: texts.length + WAYS_OUT.length });
    const folder = tempFolder();
    const gate = quickGate(folder, PROBES);
    zipEach(gate.input, [...WAYS_OUT, ...texts]);
    const { items } = await gated(gate);
    const nameOfMember = new Map(items.map((item) => [item.parent, pathOf(item)]));
    for (const item of items.filter(({ parent }) => parent === null)) {
      const number = Number(item.relativePath.split('.')[0]);
      const name = [...WAYS_OUT, ...texts][number] ?? '';
      if (number < WAYS_OUT.length)
        expect.soft(item, name).toMatchObject({ verdict: 'infected', disposition: 'quarantined' });
      else expect.soft(nameOfMember.get(item.id)?.toString(), item.sentence ?? '').toContain(name);
    }
    for (const { path } of items) expect.soft(path).not.toMatch(HIDDEN);
    expect(readdirSync(folder).sort()).toEqual(['data', 'deny.txt', 'dropgate.yaml', 'in', 'outbox']);
  });
});

const ZIPS = `
import json, os, sys, zipfile
for number, name in enumerate(json.load(sys.stdin)):
    with zipfile.ZipFile(os.path.join(sys.argv[1], f"{number}.zip"), "w") as archive:
        member = zipfile.ZipInfo("member")
        member.filename = name
        archive.writestr(member, f"member {number}")
`;

/** A zip with one member for each name, `0.zip`, `1.zip` ... */
function zipEach(folder: string, names: readonly string[]): void {
  execFileSync('python3', ['-c', ZIPS, folder], { input: JSON.stringify(names) });
}

const decodes = (name: Buffer) => Buffer.from(name.toString()).equals(name);
