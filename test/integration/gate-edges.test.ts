import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runCli, runJson, startCli, testGate } from '../support/cli';
import { startGateway } from '../support/gateway';
import { filesBelow } from '../support/ledger-view';
import { quickGate, resultsSchema } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

/** More than the engine names ahead of the work, so that the walk waits. */
const MANY = 6000;
/** A user without rights. */
const NOBODY = 65_534;

function fill(folder: string, files: number): void {
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < files; number += 1) writeFileSync(join(folder, `${number}.txt`), `file ${number}\n`);
}

it('leaves its own folders alone when they lie in the folder that is gated, also with source: move', async () => {
  const gate = quickGate(tempFolder(), { source: 'move' });
  const root = join(gate.input, '..');
  writeFileSync(join(gate.input, 'a.txt'), 'a text\n');
  const first = await runJson(['gate', root, ...gate.options]);
  expect(first.results.items.find(({ relativePath }) => relativePath === 'in/a.txt')?.disposition).toBe('forwarded');
  const skipped = first.results.items.filter(({ verdict }) => verdict === 'skipped');
  expect(skipped.map(({ relativePath }) => relativePath).sort()).toEqual(['data', 'dropgate.yaml', 'outbox']);
  expect(existsSync(gate.config)).toBe(true);
  expect(existsSync(join(gate.dataDir, 'ledger.db'))).toBe(true);
  expect(filesBelow(gate.outbox).filter((name) => name.includes('ledger'))).toEqual([]);
});

it.each(['data', 'data/held', 'outbox', 'dropgate.yaml'])(
  'refuses to gate its own %s when it is named',
  async (name) => {
    const gate = quickGate(tempFolder(), { source: 'move' });
    mkdirSync(join(gate.dataDir, 'held'), { recursive: true });
    const ended = await runCli(['gate', join(gate.input, '..', name), ...gate.options]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('belongs to Dropgate itself');
  },
);

it('leaves the configuration alone that the command was started with, also under a link and a live gateway with another', async () => {
  const gate = quickGate(tempFolder(), { source: 'move' });
  const gateway = await startGateway(gate);
  const own = join(gate.input, 'own.yaml');
  copyFileSync(gate.config, join(gate.input, 'true.yaml'));
  symlinkSync('true.yaml', own);
  writeFileSync(join(gate.input, 'a.txt'), 'a text\n');
  try {
    const { results } = await runJson(['gate', gate.input, '--config', own]);
    const ends = results.items.map(({ relativePath, verdict }) => `${relativePath} ${verdict}`).sort();
    expect(ends).toEqual(['a.txt clean', 'own.yaml skipped', 'true.yaml skipped']);
  } finally {
    await gateway.stop();
  }
  expect(existsSync(own)).toBe(true);
});

it('never takes its configuration from a watched folder, and says so', async () => {
  const folder = tempFolder();
  const watch = { watch: [{ dir: folder, settleMs: 50, source: 'move', recursive: false }] };
  const gate = testGate(folder, { profiles: { default: { probes: ['file-type'], destination: 'outbox' } }, ...watch });
  const gateway = await startGateway(gate);
  try {
    writeFileSync(join(folder, 'a.txt'), 'a text\n');
    await until('the file', () => filesBelow(gate.outbox).length > 0);
    await until('the word', () => gateway.log().includes('the configuration that Dropgate runs with'));
  } finally {
    await gateway.stop();
  }
  expect(existsSync(gate.config)).toBe(true);
  expect(filesBelow(gate.outbox)).toHaveLength(1);
});

it('ends on SIGTERM while it is still naming files, and the next start finishes what was taken', async () => {
  const gate = quickGate(tempFolder());
  fill(gate.input, MANY);
  const command = startCli(['gate', gate.input, '--ndjson', ...gate.options]);
  await new Promise<void>((resolve) => command.stdout?.once('data', () => resolve()));
  command.kill('SIGTERM');
  const { code, signal } = await command.ended;
  expect({ code, signal }).toEqual({ code: 2, signal: null });
  expect((await runCli(['quarantine', 'list', ...gate.options])).code).toBe(0);
  const [submission = ''] = readdirSync(gate.outbox);
  const arrived = readdirSync(join(gate.outbox, submission));
  expect(arrived.filter((name) => name.startsWith('.'))).toEqual([]);
  for (const name of arrived) expect(readFileSync(join(gate.outbox, submission, name), 'utf8')).toMatch(/^file \d+\n$/);
});

it.each(['scan', 'gate'])('a %s whose reader is gone never says that all was clean', async (command) => {
  const gate = quickGate(tempFolder());
  fill(gate.input, 500);
  const { DROPGATE_ENTRIES: entries = '' } = process.env;
  const args = [join(entries, 'cli.js'), command, gate.input, '--json', ...gate.options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
});

/** A gate with `source: move` and `count` files whose folder does not let them be removed, and who runs it. */
function unremovable(count: number) {
  const folder = tempFolder();
  const gate = quickGate(folder, { source: 'move' });
  fill(gate.input, count);
  mkdirSync(gate.dataDir);
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  for (const path of [gate.dataDir, gate.outbox]) if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
  chmodSync(folder, 0o755);
  chmodSync(gate.input, 0o555);
  const gateAll = (...more: string[]) =>
    startCli(['gate', gate.input, ...more, ...gate.options], { HOME: gate.dataDir }, user).ended;
  return { ...gate, gateAll };
}

it('says that a moved source could not be removed, and removes it with the next start', async () => {
  const gate = unremovable(1);
  const { code, stdout } = await gate.gateAll('--json');
  const { items, summary } = resultsSchema.parse(JSON.parse(stdout));
  expect({ code, failed: summary.failed, verdict: items[0]?.verdict }).toEqual({
    code: 2,
    failed: 1,
    verdict: 'clean',
  });
  expect(items[0]?.problem).toContain('its source could not be removed');
  expect(filesBelow(gate.input)).toHaveLength(1);
  chmodSync(gate.input, 0o755);
  expect((await runCli(['quarantine', 'list', ...gate.options])).code).toBe(0);
  expect(filesBelow(gate.input)).toEqual([]);
  expect(filesBelow(gate.outbox)).toHaveLength(1);
});

it('the table says of delivered files whose source stays that they were delivered, each with the cause', async () => {
  const gate = unremovable(300);
  const { code, stdout } = await gate.gateAll();
  expect(code).toBe(2);
  expect(stdout).toContain(
    '300 clean, 0 suspicious, 0 infected, 0 unverified, 300 delivered whose source could not be',
  );
  expect(stdout).not.toContain('not delivered');
  expect(stdout.match(/its source could not be removed: EACCES/g)).toHaveLength(300);
});
