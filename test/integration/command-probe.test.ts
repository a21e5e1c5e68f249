import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runCli, runJson, startCli, type TestGate, testGate } from '../support/cli';
import { withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';
import { processesWith } from '../unit/probes/command/support';

vi.setConfig({ testTimeout: 120_000 });

const REPORT = {
  report: 'grep -q EICAR-STANDARD "$BROAPT_PATH" && exit 10; test $? -eq 1',
  verdict: { exit: { 0: 'clean', 10: { name: 'EICAR by grep', severity: 'malicious' } } },
};

/** A gate that requires the command probe beside the file type. */
function commandGate(definitions: Record<string, unknown>): TestGate {
  const folder = tempFolder();
  writeFileSync(join(folder, 'api.yml'), JSON.stringify(definitions));
  return testGate(folder, {
    profiles: { default: { probes: ['file-type', 'command'], destination: 'outbox' } },
    probes: { command: { apis: './api.yml', maxAttempts: 1 } },
  });
}

function put(gate: TestGate, name: string, content: string | Buffer): string {
  const path = join(gate.input, name);
  mkdirSync(gate.input, { recursive: true });
  writeFileSync(path, content);
  return path;
}

test('probes and doctor show it like any other, with its canary', async () => {
  const gate = commandGate({ canary: 'eicar', 'text/*': REPORT });
  const probes = await runCli(withGate(gate, 'probes', '--canary'));
  expect(probes.code).toBe(0);
  expect(probes.stdout).toMatch(
    /^command +ready +required +command 1, definitions \w+, canary found, definitions: text\/\*/m,
  );
  const doctor = await runCli(withGate(gate, 'doctor'));
  expect(doctor.stdout).toMatch(/^ok +probe command +command 1/m);
});

test('a canary that the definitions overlook, and definitions with a mistake, keep the gate closed', async () => {
  const blind = commandGate({ canary: 'eicar', '*/*': { report: ['true'], verdict: { exit: { 0: 'clean' } } } });
  const overlooked = await runCli(withGate(blind, 'probes', '--canary'));
  expect(overlooked).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Commands overlooked its own test file'),
  });
  const broken = commandGate({ 'text/plain': { report: 'x', scriptz: 'y', verdict: 'clean' } });
  const mistaken = await runCli(withGate(broken, 'doctor'));
  expect(mistaken.code).toBe(2);
  expect(mistaken.stdout).toMatch(
    /^failed +probe command .*api\.yml: text\/plain\..*; .* \(and 1 more in this file\)$/m,
  );
});

test('gate: clean goes on, what is found is quarantined, and a type without a definition is held', async () => {
  const gate = commandGate({ 'text/*': REPORT });
  put(gate, 'clean.txt', 'nothing of that kind');
  put(gate, 'evil.txt', EICAR);
  put(gate, 'a.gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'));
  const { code, results } = await runJson(withGate(gate, 'gate', gate.input));
  expect(code).toBe(1);
  const ends = results.items.map(({ relativePath, verdict, reason, disposition }) => [
    relativePath,
    verdict,
    reason,
    disposition,
  ]);
  expect(ends.sort()).toEqual([
    ['a.gif', 'unverified', 'unsupported', 'held'],
    ['clean.txt', 'clean', null, 'forwarded'],
    ['evil.txt', 'infected', null, 'quarantined'],
  ]);
  const evil = results.items.find(({ relativePath }) => relativePath === 'evil.txt');
  expect(evil?.findings).toMatchObject([{ probe: 'command', name: 'EICAR by grep', severity: 'malicious' }]);
  const logs = readdirSync(join(gate.dataDir, 'commands', 'logs', 'text', 'plain'));
  expect(logs.length).toBeGreaterThanOrEqual(2);
  expect(readdirSync(join(gate.dataDir, 'commands', 'runs'))).toEqual([]);
});

test('a definition that says what it accepts leaves other types to others; one without verdict never proves a file', async () => {
  const gif = Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1');
  const choosy = commandGate({ accepts: ['text/*'], 'text/*': REPORT });
  expect((await runJson(withGate(choosy, 'gate', put(choosy, 'a.gif', gif)))).results.items).toMatchObject([
    { verdict: 'clean', disposition: 'forwarded' },
  ]);
  const speechless = commandGate({ '*/*': { report: ['true'] } });
  const { code, results } = await runJson(withGate(speechless, 'gate', put(speechless, 'a.txt', 'hello')));
  expect(code).toBe(2);
  expect(results.items).toMatchObject([{ verdict: 'unverified', reason: 'probe_error', disposition: 'held' }]);
});

test('a file with a name of shell words is looked at, and nothing of its name is run', async () => {
  const gate = commandGate({ '*/*': REPORT });
  const names = [
    '$(touch marker).txt',
    '; touch marker;.txt',
    '`touch marker`.txt',
    '--help.txt',
    'a\ntouch marker\n.txt',
  ];
  for (const name of names) put(gate, name, 'content');
  const { results } = await runJson(withGate(gate, 'gate', gate.input));
  expect(results.summary).toMatchObject({ clean: names.length });
  for (const folder of [process.cwd(), gate.input, gate.dataDir])
    expect(existsSync(join(folder, 'marker'))).toBe(false);
});

test('an engine killed while a command runs: the file ends with the next one, and no process stays', async () => {
  const wait = 'test ! -e "$API_ROOT/slow" || { touch "$API_ROOT/started"; sleep 600 & sleep 600; }';
  const gate = commandGate({ '*/*': { scripts: [wait], report: ['true'], verdict: { exit: { 0: 'clean' } } } });
  const root = dirname(gate.config);
  writeFileSync(join(root, 'slow'), '');
  const killed = startCli(withGate(gate, 'gate', put(gate, 'a.txt', 'content')));
  await vi.waitFor(() => expect(existsSync(join(root, 'started'))).toBe(true), 60_000);
  killed.kill('SIGKILL');
  expect((await killed.ended).signal).toBe('SIGKILL');
  rmSync(join(root, 'slow'));
  expect((await runJson(withGate(gate, 'gate', put(gate, 'b.txt', 'other')))).code).toBe(0);
  const arrived = readdirSync(gate.outbox, { recursive: true, encoding: 'utf8' }).map((path) => basename(path));
  expect(arrived).toEqual(expect.arrayContaining(['a.txt', 'b.txt']));
  expect(processesWith(`API_ROOT=${root}\0`)).toEqual([]);
  expect(readdirSync(join(gate.dataDir, 'commands', 'runs'))).toEqual([]);
});
