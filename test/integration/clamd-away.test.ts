import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Clamd } from '../support/clamd';
import { type ClamdPlace, clamavUser, clamdPlace, foreignClamdPlace } from '../support/clamd-places';
import { runCli, runJson, startCli, type TestGate, testGate } from '../support/cli';
import { describeWith } from '../support/components';
import { MARKER } from '../support/corpus';
import { filesBelow, ledgerItems, sha256Of } from '../support/ledger-view';
import { clamavSettings, endsOf, withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

/** Names of files that only clamd knows to be infected. */
const isMarked = (name: string) => name.includes('marked');

function fill(input: string, clean: number, bytesEach: number): void {
  for (let n = 0; n < clean; n += 1) {
    const folder = join(input, `box-${n % 7}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file-${n}.txt`), `${n} `.repeat(bytesEach / 4));
    if (n % 20 === 0) writeFileSync(join(folder, `marked-${n}.txt`), Buffer.concat([Buffer.from(`${n} `), MARKER]));
  }
}

/** Every file ended where it should, with its own bytes; nothing waits any more. */
async function expectAllEnded(gate: TestGate): Promise<void> {
  const names = filesBelow(gate.input);
  const states = new Map(ledgerItems(gate.dataDir).map(({ name, state }) => [name, state]));
  for (const name of names) expect.soft(states.get(name), name).toBe(isMarked(name) ? 'quarantined' : 'forwarded');
  const arrived = new Map(filesBelow(gate.outbox).map((name) => [name.slice(name.indexOf('/') + 1), name]));
  expect.soft([...arrived.keys()].sort()).toEqual(names.filter((name) => !isMarked(name)));
  for (const [name, path] of arrived)
    expect.soft(sha256Of(join(gate.outbox, path)), name).toBe(sha256Of(join(gate.input, name)));
  expect.soft(filesBelow(join(gate.dataDir, 'held'))).toEqual([]);
  expect.soft((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(0);
}

describeWith(['clamd'], 'a gate whose ClamAV is away', () => {
  let place: ClamdPlace;
  let clamd: Clamd | null = null;
  const startClamd = async () => {
    clamd = await place.start();
  };
  const freshGate = (): TestGate => {
    place = clamdPlace();
    return testGate(tempFolder(), clamavSettings(place.socket));
  };
  afterEach(async () => {
    await clamd?.stop();
    clamd = null;
    place.remove();
  });

  test('everything is held, the sentence says what to do, and the next engine lets it go on', async () => {
    const gate = freshGate();
    fill(gate.input, 12, 400);
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(2);
    expect(endsOf(results.items)).toEqual({ 'unverified held': 13 });
    for (const item of results.items) {
      expect.soft(item).toMatchObject({ reason: 'probe_missing', disposition: 'held' });
      expect.soft(item.sentence).toMatch(/^ClamAV could not be reached \(.*\), so nothing proves this file clean\.$/);
      expect.soft(item.sentence).toContain(place.socket);
      expect.soft(item.sentence).toMatch(/start/i);
    }
    expect(filesBelow(gate.outbox)).toEqual([]);
    expect(filesBelow(gate.input)).toHaveLength(13);

    // another command while it is still away changes nothing
    expect((await runCli(withGate(gate, 'probes'))).code).toBe(1);
    const listed = await runCli(withGate(gate, 'quarantine', 'list', '--held'));
    expect(listed.stdout).toContain('13 files');
    expect(filesBelow(gate.outbox)).toEqual([]);

    await startClamd();
    expect((await runCli(withGate(gate, 'probes'))).code).toBe(0);
    await expectAllEnded(gate);
  });

  test('malware that another probe knows is quarantined all the same', async () => {
    const gate = freshGate();
    writeFileSync(join(gate.input, 'virus.com'), EICAR);
    const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
    expect(code).toBe(1);
    expect(endsOf(results.items)).toEqual({ 'infected quarantined': 1 });
  });

  test('a running gateway lets them go on by itself', async () => {
    const gate = freshGate();
    fill(gate.input, 5, 400);
    const gateway = startCli(withGate(gate, 'run'));
    await until('the gateway', async () => (await runCli(withGate(gate, 'gate', gate.input))).code === 2);
    await startClamd();
    const items = () => ledgerItems(gate.dataDir);
    await until('the release', () => items().every(({ state }) => state === 'forwarded' || state === 'quarantined'));
    gateway.kill('SIGTERM');
    expect((await gateway.ended).code).toBe(0);
    await expectAllEnded(gate);
  });

  test('killed while 300 files are gated: no false clean, the rest waits, then all ends well', async () => {
    const gate = freshGate();
    fill(gate.input, 300, 40_000);
    await startClamd();
    const command = startCli(withGate(gate, 'gate', gate.input, '--json'));
    await until('the first files', () => filesBelow(gate.outbox).length > 10, { everyMs: 5 });
    await clamd?.stop('SIGKILL');
    const ended = await command.ended;
    const { items } = JSON.parse(ended.stdout) as { items: Parameters<typeof endsOf>[0] };
    expect(items).toHaveLength(315);
    expect([1, 2]).toContain(ended.code);
    for (const { path, verdict, disposition } of items.filter(({ path }) => isMarked(path))) {
      expect.soft(['infected quarantined', 'unverified held'], path).toContain(`${verdict} ${disposition}`);
    }
    expect(filesBelow(gate.outbox).filter(isMarked)).toEqual([]);
    expect(items.filter(({ disposition }) => disposition !== 'forwarded').length).toBeGreaterThan(15);

    await startClamd();
    expect((await runCli(withGate(gate, 'probes'))).code).toBe(0);
    await expectAllEnded(gate);
  });
});

const user = clamavUser();
describeWith(['clamd'], 'a gate whose clamd is another user', () => {
  test.skipIf(user === null)('bytes that clamd cannot open are streamed to it, and it is said', async () => {
    if (user === null) return;
    const place = foreignClamdPlace(user);
    const clamd = await place.start();
    try {
      const gate = testGate(tempFolder(), clamavSettings(clamd.socket));
      writeFileSync(join(gate.input, 'a.txt'), 'hello');
      writeFileSync(join(gate.input, 'virus.com'), EICAR);
      const { code, results } = await runJson(withGate(gate, 'gate', gate.input, '--probe', 'clamav'));
      expect(code).toBe(1);
      expect(endsOf(results.items)).toEqual({ 'clean forwarded': 1, 'infected quarantined': 1 });
      expect((await runCli(withGate(gate, 'probes'))).stdout).toMatch(/INSTREAM/);
    } finally {
      await clamd.stop();
      place.remove();
    }
  });
});
