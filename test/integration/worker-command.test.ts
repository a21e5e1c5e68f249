import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import type { ResultItem } from '../../src-main/contract/result';
import { settingsSchema } from '../../src-main/contract/settings';
import { runCli, runJson, testGate } from '../support/cli';
import { startTestDaemon, TOKEN } from '../support/daemon';
import { EICAR, tempFolder } from '../support/temp-folder';
import { startWorker } from '../support/worker';

vi.setConfig({ testTimeout: 120_000 });

describe('dropgate worker', () => {
  test('listens on loopback, asks for its token, and drains at SIGTERM', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'token'), `${TOKEN}\n`);
    const settings = { dataDir: join(folder, 'data'), worker: { daemon: { tokenFile: './token' } } };
    writeFileSync(join(folder, 'worker.yaml'), JSON.stringify(settings));
    const { worker, url } = await startWorker(['--config', join(folder, 'worker.yaml'), '--daemon', '127.0.0.1:0']);
    expect((await fetch(`${url}/api`)).status).toBe(401);
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect(await (await fetch(`${url}/api`, { headers })).text()).toMatch(/^BroAPT Daemon API Usage:/);
    expect(await (await fetch(`${url}/api/v1.0/list`, { headers })).json()).toEqual([]);
    worker.kill('SIGTERM');
    const { code, stdout, stderr } = await worker.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/"event":"stopped"/);
    expect(stderr).not.toContain(TOKEN);
  });

  test('the variables of the original daemon are honoured, also the address that others reach: refused without a token', async () => {
    const folder = tempFolder();
    const options = ['--data-dir', join(folder, 'data'), '--daemon'];
    const refused = await runCli(['worker', ...options], { SERVER_HOST: '0.0.0.0', SERVER_PORT: '0' });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/0\.0\.0\.0 is reached by others without a token; write worker\.daemon\.tokenFile/);
    const { worker, url } = await startWorker(options, { SERVER_HOST: '127.0.0.1', SERVER_PORT: '0' });
    expect((await fetch(`${url}/api`)).status).toBe(200);
    worker.kill('SIGINT');
    expect(await worker.ended).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('without a tokenFile every user'),
    });
  });

  test('one that cannot start ends, and leaves its address', async () => {
    const dataDir = join(tempFolder(), 'data');
    const { worker, url } = await startWorker(['--data-dir', dataDir, '--daemon', '127.0.0.1:0']);
    worker.kill('SIGTERM');
    await worker.ended;
    const address = new URL(url).host;
    mkdirSync(join(dataDir, 'worker', `daemon-${address.replace(':', '-')}`, 'copies', 'a folder'), {
      recursive: true,
    });
    const refused = await runCli(['worker', '--data-dir', dataDir, '--daemon', address]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('EISDIR') });
  });

  test('with nothing to offer it says what to write', async () => {
    const ended = await runCli(['worker', '--data-dir', tempFolder()]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/--daemon HOST:PORT, or worker\.daemon/);
  });
});

test('docs/workers.md shows options and keys that there are', async () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/workers.md'), 'utf8');
  const { stdout } = await runCli(['worker', '--help']);
  const options = [...page.matchAll(/dropgate worker (--[a-z-]+)|`(--[a-z-]+)`/g)].map(
    ([, one, other]) => one ?? other,
  );
  expect(options).toEqual(['--config', '--daemon', '--allow-posted-commands']);
  for (const option of options) expect(stdout).toContain(option);
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => settingsOf(text));
  expect(blocks).toHaveLength(3);
  for (const block of blocks) expect(() => settingsSchema.parse(block)).not.toThrow();
});

/** Without `probes.command`, which has a page of its own. */
function settingsOf(text: string): unknown {
  const { probes: { command: _command, ...probes } = {}, ...rest } = parse(text);
  return { ...rest, probes };
}

describe('a gate with a remote probe', () => {
  const SCANNER = { report: ['grep', '-q', 'EICAR', '{FILE}'], verdicts: { 0: 'malicious', 1: 'clean' } } as const;

  function remoteGate(url: string, remote: Record<string, unknown> = {}) {
    const gate = testGate(join(tempFolder()), {
      probes: { remote: [{ id: 'lab-av', url, tokenEnv: 'LAB_TOKEN', ...remote }] },
      profiles: { default: { probes: ['file-type', 'lab-av'], destination: 'outbox' } },
    });
    mkdirSync(gate.input, { recursive: true });
    writeFileSync(join(gate.input, 'clean.txt'), 'nothing to see\n');
    writeFileSync(join(gate.input, 'virus.txt'), EICAR);
    return gate;
  }
  const env = { LAB_TOKEN: TOKEN };
  const verdicts = (items: readonly ResultItem[]) =>
    Object.fromEntries(items.map(({ relativePath, verdict, reason }) => [relativePath, [verdict, reason]]));

  test('forwards what its daemon proves clean and quarantines what it finds', async () => {
    const { url } = await startTestDaemon({ 'text/plain': SCANNER, 'application/octet-stream': SCANNER });
    const gate = remoteGate(url);
    const { code, results } = await runJson(['gate', ...gate.options, gate.input], env);
    expect(verdicts(results.items)).toEqual({ 'clean.txt': ['clean', null], 'virus.txt': ['infected', null] });
    expect(code).toBe(1);
    expect(results.items.map(({ disposition }) => disposition).sort()).toEqual(['forwarded', 'quarantined']);
    const probes = await runCli(['probes', ...gate.options, '--canary', '--json'], env);
    const listed = JSON.parse(probes.stdout) as { probes: { id: string; health: { state: string } }[] };
    expect(listed.probes.find(({ id }) => id === 'lab-av')).toMatchObject({
      kind: 'remote',
      required: true,
      health: { state: 'ready' },
      canary: { kind: 'found' },
    });
  });

  test('holds everything while its daemon is away, refuses its token, or proves nothing', async () => {
    const away = await startTestDaemon({});
    await away.daemon.close(0);
    const mute = await startTestDaemon({
      'text/plain': { report: 'true' },
      'application/octet-stream': { report: 'true' },
    });
    for (const [url, environment, remote, reason] of [
      [away.url, env, {}, 'probe_missing'],
      [mute.url, { LAB_TOKEN: 'another' }, {}, 'probe_missing'],
      [mute.url, env, {}, 'probe_missing'], // its test file was not found: the gate is closed,
      [mute.url, env, { canary: false }, 'probe_error'],
    ] as const) {
      const gate = remoteGate(url, remote);
      const { code, results } = await runJson(['gate', ...gate.options, gate.input], environment);
      expect(code).toBe(2);
      expect(verdicts(results.items)['clean.txt']).toEqual(['unverified', reason]);
      expect(readdirSync(gate.outbox)).toEqual([]);
    }
  });

  test('a profile may only name probes that there are, and names are used once', async () => {
    const gate = testGate(tempFolder(), {
      probes: {
        remote: [
          { id: 'yara', url: 'http://127.0.0.1:1' },
          { id: 'lab', url: 'ftp://x' },
        ],
      },
      profiles: { default: { probes: ['lab-av'] } },
    });
    const { code, stderr } = await runCli(['scan', ...gate.options, gate.input]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/probes\.remote\.1\.url: /);
    expect(existsSync(gate.dataDir)).toBe(false);
  });
});
