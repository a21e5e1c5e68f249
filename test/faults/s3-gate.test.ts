import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { amount } from '../support/amount';
import { runCli, startCli, type TestGate, testGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { filesBelow, type LedgerItem, ledgerItems } from '../support/ledger-view';
import { withGate } from '../support/results';
import { mend, orderFault, REQUEST_KINDS, type RequestKind, S3_FAULTS, WITH_BODY } from '../support/s3-faults';
import { checksDigests, honoursConditions, listsUploads } from '../support/s3-rules';
import { BUCKET, type S3Server, startS3Server } from '../support/s3-server';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkDecided, checkWorld } from '../support/world-check';

const KINDS: readonly RequestKind[] = ['look', 'put', 'create', 'part', 'complete'];
const ALL = KINDS.flatMap((kind) =>
  S3_FAULTS.filter((fault) => fault !== 'damaged body' || WITH_BODY.includes(kind)).map((fault) => ({ kind, fault })),
);
const CASES = ALL.filter((_, index) => index % amount(12, 1) === 3 % amount(12, 1));

const FILES = ['a.txt', 'b.txt', 'large.bin'];

function fill(gate: TestGate): void {
  for (const name of FILES) writeFileSync(join(gate.input, name), name);
  writeFileSync(join(gate.input, 'large.bin'), randomBytes(9 * 1024 ** 2));
}

describe('the released command in front of an S3 server in trouble', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
    server.proxy.faculties = [checksDigests, honoursConditions, listsUploads(server.proxy)];
  });
  afterAll(() => server.stop());

  function freshGate(): TestGate {
    const gate = testGate(tempFolder(), {
      profiles: { default: { probes: ['hash-list', 'file-type'], destination: 'inbound', source: 'move' } },
      destinations: { inbound: { kind: 's3', bucket: BUCKET, endpoint: server.endpoint, pathStyle: true } },
    });
    fill(gate);
    return gate;
  }

  /** The bucket holds what was forwarded, whole, and nothing else of these submissions; no upload is left open. */
  async function checkBucket(gate: TestGate, items: readonly LedgerItem[]): Promise<void> {
    const forwarded = items.filter(({ state }) => state === 'forwarded');
    expect.soft(forwarded.map(({ name }) => name).sort()).toEqual(FILES);
    const keys = forwarded.map(({ destination }) => `${destination}`.replace(`s3://${BUCKET}/`, ''));
    const submission = keys[0]?.split('/')[0] ?? 'none';
    const there = (await server.keys()).filter((key) => key.startsWith(submission));
    expect.soft(there.sort()).toEqual(keys.sort());
    for (const item of forwarded) {
      const bytes = await server.read(`${item.destination}`.replace(`s3://${BUCKET}/`, ''));
      expect.soft(createHash('sha256').update(bytes).digest('hex'), item.name).toBe(item.sha256);
      checkDecided(gate, item);
    }
    expect.soft([...server.proxy.uploads]).toEqual([]);
    const journals = filesBelow(gate.dataDir).filter((name) => name.includes('s3-upload-'));
    expect.soft(journals).toEqual([]);
    expect.soft(readdirSync(gate.input)).toEqual([]);
  }

  test.for(CASES)(
    '$fault at every $kind: files wait, and the next engine delivers each, once',
    {
      timeout: 180_000,
    },
    async ({ kind, fault }, { task }) => {
      recordFaults(task, { fault: 'S3 behind the released command', tried: 1, note: 'then a new engine' });
      const gate = freshGate();
      const ordered = orderFault(server.proxy, { fault, applies: REQUEST_KINDS[kind], at: 0, lasting: true });
      const command = startCli(withGate(gate, 'gate', gate.input));
      if (fault === 'stall in the body') {
        // nobody waits for a server so long: the engine dies in the middle of its requests
        await until('the stall', () => ordered.hits() > 0);
        command.kill('SIGKILL');
      }
      await command.ended;
      expect(ordered.hits(), 'the fault happened').toBeGreaterThan(0);
      mend(server.proxy);
      await runCli(withGate(gate, 'probes'));
      expect(ledgerItems(gate.dataDir).map(({ name, state }) => `${name} ${state}`)).toEqual(
        expect.arrayContaining(FILES.map((name) => `${name} forwarded`)),
      );
      await checkWorld(gate, checkBucket);
    },
  );
});
