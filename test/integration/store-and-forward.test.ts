import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { UploadJournal } from '../../src-main/sinks/s3/journal';
import { amount } from '../support/amount';
import { runCli, type TestGate, testGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow } from '../support/ledger-view';
import { withGate } from '../support/results';
import { answers } from '../support/s3-rules';
import { BUCKET, startS3Server } from '../support/s3-server';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkWorld } from '../support/world-check';

vi.setConfig({ testTimeout: 300_000 });

const FILES = amount(40, 2000);
const QUICK_FILES = 50;
/** The places of a lane, twice: so many files may pass one another on their way. */
const MAY_PASS = 32;

interface TwoWays extends TestGate {
  /** Files in `slow` go to the destination under test, those in `quick` to one that is always there. */
  readonly slow: string;
  readonly quick: string;
  readonly slowOut: string;
  readonly quickOut: string;
}

/** A gate with two watched folders and two destinations; the first is a folder unless another one is given. */
function twoWays(destination?: Record<string, unknown>): TwoWays {
  const root = tempFolder();
  const [slow, quick] = [join(root, 'in', 'slow'), join(root, 'in', 'quick')];
  const [slowOut, quickOut] = [join(root, 'outbox', 'slow'), join(root, 'outbox', 'quick')];
  for (const folder of [slow, quick, slowOut, quickOut]) mkdirSync(folder, { recursive: true });
  const probes = ['hash-list', 'file-type'];
  const watched = { settleMs: 100, recursive: true, source: 'move' };
  const gate = testGate(root, {
    profiles: { default: { probes, destination: 'slow' }, quick: { probes, destination: 'quick' } },
    destinations: {
      slow: destination ?? { kind: 'folder', dir: slowOut },
      quick: { kind: 'folder', dir: quickOut },
    },
    watch: [
      { dir: slow, profile: 'default', ...watched },
      { dir: quick, profile: 'quick', ...watched },
    ],
  });
  return { ...gate, slow, quick, slowOut, quickOut };
}

function fill(folder: string, files: number): void {
  for (let n = 0; n < files; n += 1) writeFileSync(join(folder, `${String(n).padStart(5, '0')}.txt`), `file ${n}`);
}

/** The first column of what the ledger says while its engine runs. */
function ask(gate: TestGate, sql: string): unknown[] {
  const db = new Sqlite(join(gate.dataDir, 'ledger.db'), { readonly: true });
  try {
    return db.prepare(sql).pluck().all();
  } finally {
    db.close();
  }
}

const waiting = (gate: TestGate) => ask(gate, 'SELECT id FROM item WHERE waiting_for IS NOT NULL').length;
const unsettled = (gate: TestGate) => ask(gate, 'SELECT id FROM item WHERE settled_at IS NULL').length;

/** While nothing arrives at the one destination, files for the other one do. */
async function expectOtherGoesOn(gate: TwoWays): Promise<void> {
  fill(gate.quick, QUICK_FILES);
  await until('the files of the other destination', () => filesBelow(gate.quickOut).length === QUICK_FILES);
}

/** All files of the first way arrived, each once, and none far from its turn. */
function expectInOrder(gate: TwoWays): void {
  const ids = ask(
    gate,
    `SELECT item_id FROM custody WHERE event = 'forwarded' AND item_id IN
       (SELECT item.id FROM item JOIN submission ON submission.id = submission_id WHERE plan ->> 'destination' = 'slow')
     ORDER BY seq`,
  ).map(Number);
  expect(ids).toHaveLength(FILES);
  const turns = [...new Set(ids)].sort((one, other) => one - other);
  expect(turns).toHaveLength(FILES);
  expect(ids.filter((id, index) => Math.abs(turns.indexOf(id) - index) > MAY_PASS)).toEqual([]);
}

test('a folder that is renamed away: files wait, also through a SIGKILL, and arrive in order when it is back', async ({
  task,
}) => {
  recordFaults(task, { fault: 'a folder destination away, SIGKILL while files wait', tried: FILES });
  const gate = twoWays();
  const first = await startGateway(gate);
  renameSync(gate.slowOut, `${gate.slowOut}-away`);
  symlinkSync('not-mounted', gate.slowOut); // or the next engine would make the folder
  fill(gate.slow, FILES);
  await until('all to wait', () => waiting(gate) === FILES);
  await expectOtherGoesOn(gate);
  const doctor = await runCli(withGate(gate, 'doctor'));
  expect(doctor.stdout).toMatch(new RegExp(`^failed +destination slow.*${FILES} files wait, the oldest since 20`, 'm'));
  first.process.kill('SIGKILL');
  await first.ended;
  expect(waiting(gate)).toBe(FILES);

  const second = await startGateway(gate);
  await until('a vain knock', () => second.log().includes('waiting for destination slow'));
  unlinkSync(gate.slowOut);
  renameSync(`${gate.slowOut}-away`, gate.slowOut);
  await until('all files', () => unsettled(gate) === 0);
  expect((await second.stop()).code).toBe(0);
  expectInOrder(gate);
  await checkWorld(gate);
});

test('an S3 server that is down, then hangs, then works: the other destination goes on, all arrive in order', async ({
  task,
}) => {
  recordFaults(task, { fault: 'an S3 destination down, then hanging', tried: FILES });
  const server = await startS3Server();
  try {
    server.proxy.rules = [answers('reset', () => true)];
    const { endpoint } = server;
    const gate = twoWays({ kind: 's3', bucket: BUCKET, endpoint, pathStyle: true });
    const gateway = await startGateway(gate);
    fill(gate.slow, FILES / 2);
    await until('half to wait', () => waiting(gate) === FILES / 2);
    let hanging = true;
    const requests = server.proxy.seen.length;
    server.proxy.rules = [async () => (hanging ? 'hang' : null)];
    for (let n = FILES / 2; n < FILES; n += 1) writeFileSync(join(gate.slow, `${n}.txt`), `file ${n}`);
    await until('a request that hangs', () => server.proxy.seen.length > requests);
    await expectOtherGoesOn(gate);
    await until('the rest to wait', () => waiting(gate) === FILES);
    hanging = false;
    await gateway.stop();
    const next = await startGateway(gate);
    await until('all files', () => unsettled(gate) === 0);
    expect((await next.stop()).code).toBe(0);
    expectInOrder(gate);
    expect(await server.keys()).toHaveLength(Math.min(FILES, 1000)); // a listing has no more
    expect(filesBelow(gate.slow)).toEqual([]);
    expect((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(0);
  } finally {
    await server.stop();
  }
});

test('an S3 server that does not answer, and has left-overs of a dead engine, keeps no engine from its work', async () => {
  const server = await startS3Server();
  try {
    server.proxy.rules = [async () => 'hang'];
    const gate = twoWays({ kind: 's3', bucket: BUCKET, endpoint: server.endpoint, pathStyle: true });
    const indexes = join(gate.dataDir, 'indexes');
    mkdirSync(indexes, { recursive: true });
    const owner = createHash('sha256').update(gate.dataDir).digest('hex').slice(0, 16);
    await new UploadJournal(indexes, 'slow', owner).begin(BUCKET, 'guid/a');
    const gateway = await startGateway(gate);
    await expectOtherGoesOn(gate);
    expect(server.proxy.seen.length).toBeGreaterThan(0);
    expect(gateway.log()).not.toContain('left-overs');
    expect((await gateway.stop()).code).toBe(0);
    expect(gateway.log()).toContain('left-overs');
  } finally {
    await server.stop();
  }
});
