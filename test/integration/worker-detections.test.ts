import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { freePort } from '../support/clamd';
import { runJson, testGate } from '../support/cli';
import { call, post, scanBody, TOKEN } from '../support/daemon';
import { EICAR, tempFolder } from '../support/temp-folder';
import { startWorker } from '../support/worker';
import { processesWith } from '../unit/probes/command/support';

vi.setConfig({ testTimeout: 120_000 });

const CLIENT = resolve(import.meta.dirname, '../independent/daemon-client.mjs');

/** A released worker with an api.yml of its own; `folder` holds everything, `own` what the worker keeps. */
async function workerWith(apis: string, args: readonly string[] = []) {
  const folder = tempFolder();
  const dump = join(folder, 'dump');
  mkdirSync(dump);
  writeFileSync(join(folder, 'api.yml'), apis);
  writeFileSync(join(folder, 'token'), `${TOKEN}\n`);
  const daemon = { tokenFile: './token', dumpPath: './dump', retrySeconds: 0, maxAttempts: 2 };
  const settings = { dataDir: './data', probes: { command: { apis: './api.yml' } }, worker: { daemon } };
  writeFileSync(join(folder, 'worker.yaml'), JSON.stringify(settings));
  const port = await freePort();
  const command = ['--config', join(folder, 'worker.yaml'), '--daemon', `127.0.0.1:${port}`, ...args];
  const own = join(folder, 'data', 'worker', `daemon-127.0.0.1-${port}`);
  return { ...(await startWorker(command)), command, folder, own, dump };
}

test('an independent client gets every documented answer from the released worker, and its commands are logged', async () => {
  const { worker, url, own, dump } = await workerWith(`
text/plain: { report: 'true' }
text/x-init: { install: 'false', report: 'true' }
text/x-fail: { scripts: ['false'], report: 'true' }
text/x-wait: { report: sleep 30 }
`);
  writeFileSync(join(dump, 'a.txt'), 'x');
  const { stdout } = await promisify(execFile)(process.execPath, [CLIENT, url, TOKEN, 'a.txt']);
  expect(stdout).toMatch(/\d+ requests answered as documented\n$/);
  worker.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0 });
  expect(readFileSync(join(own, 'logs', 'dump.log'), 'utf8')).toMatch(/^a\.txt\t[0-9a-f-]{36}\ttext\/plain\t/);
  expect(
    readFileSync(join(own, 'logs', 'fail.log'), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(2);
  expect(readdirSync(join(own, 'commands', 'logs', 'text', 'x-fail'))).toEqual([
    expect.stringMatching(/-scripts\.1$/),
    expect.stringMatching(/-scripts\.1_1$/),
  ]);
  expect(readdirSync(join(own, 'copies'))).toEqual([]);
});

test('a gate believes the verdicts of its worker, and holds what it says nothing about', async () => {
  const { worker, url } = await workerWith(`
text/plain:
  report: |
    if grep -q EICAR "$BROAPT_PATH"
    then echo '{"verdict": "found", "findings": [{"name": "Test", "severity": "malicious"}]}'
    else echo '{"verdict": "clean"}'
    fi
  verdict: { json: document }
`);
  const gate = testGate(tempFolder(), {
    probes: { remote: [{ id: 'lab-av', url, tokenEnv: 'LAB_TOKEN', canary: false }] },
    profiles: { default: { probes: ['lab-av'], destination: 'outbox' } },
  });
  writeFileSync(join(gate.input, 'clean.txt'), 'nothing to see\n');
  writeFileSync(join(gate.input, 'virus.txt'), Buffer.concat([Buffer.from('text before it\n'), EICAR]));
  writeFileSync(join(gate.input, 'page.html'), '<!doctype html><html><body>x</body></html>');
  const { results } = await runJson(['gate', ...gate.options, gate.input], { LAB_TOKEN: TOKEN });
  const ends = results.items.map(({ relativePath, verdict, reason }) => [relativePath, verdict, reason]);
  expect(ends.sort()).toEqual([
    ['clean.txt', 'clean', null],
    ['page.html', 'unverified', 'unsupported'],
    ['virus.txt', 'infected', null],
  ]);
  worker.kill('SIGTERM');
  await worker.ended;
});

test('a worker that is killed while it looks at a file lets nothing through, and the next one leaves nothing of it', async () => {
  const { worker, url, command, folder, own, dump } = await workerWith(`
text/plain: { report: sleep 600, verdict: { exit: { 0: clean } } }
text/x-quick: { report: 'true' }
`);
  const gate = testGate(tempFolder(), {
    probes: { remote: [{ id: 'lab-av', url, tokenEnv: 'LAB_TOKEN', canary: false }] },
    profiles: { default: { probes: ['lab-av'], destination: 'outbox' } },
  });
  writeFileSync(join(gate.input, 'a.txt'), 'nothing to see\n');
  const gated = runJson(['gate', ...gate.options, gate.input], { LAB_TOKEN: TOKEN });
  await vi.waitFor(async () => expect(await (await call(url, '/health')).json()).toMatchObject({ running: 1 }), {
    timeout: 60_000,
  });
  await vi.waitFor(() => expect(processesWith(`API_ROOT=${folder}\0`)).not.toEqual([]), { timeout: 60_000 });
  worker.kill('SIGKILL');
  const { code, results } = await gated;
  expect(code).toBe(2);
  expect(results.items).toMatchObject([{ verdict: 'unverified', reason: 'probe_missing', disposition: 'held' }]);
  expect(readdirSync(gate.outbox)).toEqual([]);
  const copies = join(own, 'copies');
  expect(readdirSync(copies)).toHaveLength(1);
  const again = await startWorker(command);
  expect(readdirSync(copies)).toEqual([]);
  writeFileSync(join(dump, 'a.txt'), 'x');
  expect((await post(again.url, scanBody({ mime: 'text/x-quick' }))).status).toBe(200);
  expect(processesWith(`API_ROOT=${folder}\0`)).toEqual([]);
  again.worker.kill('SIGTERM');
  expect(await again.worker.ended).toMatchObject({ code: 0 });
});

test('posted commands run only with the switch, and steer nothing then', async () => {
  const strict = await workerWith('text/plain: { report: "true" }');
  const open = await workerWith('text/plain: { report: "true" }', ['--allow-posted-commands']);
  for (const [{ url, dump, folder, worker }, status, ran] of [
    [strict, 403, false],
    [open, 200, true],
  ] as const) {
    writeFileSync(join(dump, 'a.txt'), 'x');
    const marker = join(folder, 'marker');
    expect((await post(url, scanBody({ report: ['touch', marker], environ: { PATH: folder } }))).status).toBe(403);
    expect((await post(url, scanBody({ report: ['touch', marker], workdir: '../..' }))).status).toBe(403);
    expect(existsSync(marker)).toBe(false);
    expect((await post(url, scanBody({ report: ['touch', marker] }))).status).toBe(status);
    expect(existsSync(marker)).toBe(ran);
    expect(await (await call(url, '/health')).json()).toMatchObject({ state: 'ready', problem: null });
    worker.kill('SIGTERM');
    await worker.ended;
  }
});
