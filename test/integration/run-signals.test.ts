import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { resultItemSchema } from '../../src-main/contract/result';
import { runCli, type TestGate, testGate, writeSettings } from '../support/cli';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { EICAR, tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

const PROFILE = { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox' };

const watched = (...dirs: string[]) => ({
  profiles: { default: PROFILE },
  watch: dirs.map((dir) => ({ dir, settleMs: 100, source: 'move' })),
});

function freshGate(): TestGate & { one: string; two: string } {
  const folder = tempFolder();
  const one = join(folder, 'in', 'one');
  const two = join(folder, 'in', 'two');
  for (const dir of [one, two]) mkdirSync(dir, { recursive: true });
  return { ...testGate(folder, watched(one)), one, two };
}

const arrivals = (gate: TestGate, name: string) =>
  filesBelow(gate.outbox).filter((path) => path.endsWith(`/${name}`)).length;
const arrival = (gate: TestGate, name: string) => until(`the arrival of ${name}`, () => arrivals(gate, name) === 1);

describe('dropgate run and its signals', () => {
  test('SIGHUP takes over a new folder, and the work goes on', async () => {
    const gate = freshGate();
    const gateway = await startGateway(gate);
    writeFileSync(join(gate.one, 'before.txt'), 'before');
    await arrival(gate, 'before.txt');
    writeSettings(gate.config, gate, watched(gate.one, gate.two));
    gateway.process.kill('SIGHUP');
    writeFileSync(join(gate.one, 'meanwhile.txt'), 'meanwhile');
    writeFileSync(join(gate.two, 'new-folder.txt'), 'new');
    await gateway.event({ event: 'reloaded' });
    await arrival(gate, 'new-folder.txt');
    await arrival(gate, 'meanwhile.txt');
    expect(await gateway.stop()).toMatchObject({ code: 0 });
    expect(filesBelow(gate.outbox)).toHaveLength(3);
  });

  test('SIGHUP with a wrong configuration: the old one stays, and the event names the key', async () => {
    const gate = freshGate();
    const gateway = await startGateway(gate);
    writeSettings(gate.config, gate, { ...watched(gate.one), watch: [{ dir: gate.one, settleMs: 'soon' }] });
    gateway.process.kill('SIGHUP');
    const failed = await gateway.event({ event: 'reload-failed' });
    expect(failed.problem).toMatch(/watch\.0\.settleMs: is the text "soon"; write a/);
    writeFileSync(join(gate.one, 'after.txt'), 'after');
    await arrival(gate, 'after.txt');
    const ended = await gateway.stop();
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('watch.0.settleMs');
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  test('SIGTERM and SIGINT drain: what was taken ends, 0, the last event is stopped', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const gate = freshGate();
      const gateway = await startGateway(gate);
      for (let n = 0; n < 50; n += 1) writeFileSync(join(gate.one, `${n}.txt`), `file ${n}`);
      await until('a first file', () => filesBelow(gate.outbox).length > 0, { everyMs: 5 });
      gateway.process.kill(signal);
      const ended = await gateway.ended;
      expect(ended.code, signal).toBe(0);
      expect(gateway.events().at(-1)).toEqual({ event: 'stopped' });
      expect(ledgerItems(gate.dataDir).filter(({ state }) => state !== 'forwarded')).toEqual([]);
    }
  });

  test('a wrong configuration at the start: each mistake with its key, exit 2, no stack trace', async () => {
    const gate = freshGate();
    writeSettings(gate.config, gate, { ...watched(gate.one), wotch: [], profiles: { default: { probes: ['clamv'] } } });
    const ended = await runCli(['run', ...gate.options]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('wotch: unknown key; did you mean "watch"?');
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('a watched folder that goes away', () => {
  test('removed and made again, missing at the start: it is said, and picked up without a restart', async () => {
    const gate = freshGate();
    rmSync(gate.one, { recursive: true });
    const gateway = await startGateway(gate);
    const missing = await gateway.event({ event: 'watch', dir: gate.one, kind: 'missing' });
    expect(missing.problem).toContain(gate.one);
    for (const round of ['first', 'second']) {
      const before = gateway.events().length;
      const next = join(gate.one, '..', `.${round}`);
      mkdirSync(join(next, 'sub'), { recursive: true });
      writeFileSync(join(next, 'sub', `${round}.txt`), round);
      renameSync(next, gate.one);
      await arrival(gate, `${round}.txt`);
      await gateway.event({ event: 'watch', kind: 'returned' }, before - 1);
      rmSync(gate.one, { recursive: true });
      await gateway.event({ event: 'watch', kind: 'missing' }, before);
    }
    expect((await gateway.stop()).code).toBe(0);
    expect(filesBelow(gate.outbox).map((path) => path.slice(path.indexOf('/')))).toEqual(
      expect.arrayContaining(['/sub/first.txt', '/sub/second.txt']),
    );
  });
});

describe('what the gateway prints and logs', () => {
  const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const PASSWORD = 'correct-horse-battery';

  test('events and log lines are JSON with submission and item; no secret is in them, nor in a report', async () => {
    const gate = freshGate();
    const endpoint = `http://uploader:${PASSWORD}@127.0.0.1:9/`;
    const cloud = { kind: 's3', bucket: 'inbound', region: 'eu-west-1', endpoint, pathStyle: true };
    const settings = watched(gate.one);
    writeSettings(gate.config, gate, {
      ...settings,
      profiles: { default: PROFILE, cloud: { ...PROFILE, destination: 'cloud' } },
      destinations: { outbox: { kind: 'folder', dir: gate.outbox }, cloud },
      watch: [...settings.watch, { dir: gate.two, settleMs: 100, profile: 'cloud' }],
    });
    const gateway = await startGateway(gate, {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: SECRET,
    });
    writeFileSync(join(gate.two, 'upload.txt'), 'for the cloud');
    writeFileSync(join(gate.one, 'a.txt'), 'hello');
    writeFileSync(join(gate.one, 'photo\u202egnp.txt'), EICAR);
    const quarantined = await gateway.event({ event: 'item' });
    await until('two files', () => gateway.events().filter(({ event }) => event === 'item').length === 2);
    for (const { submission, item } of gateway.events().filter(({ event }) => event === 'item')) {
      expect(submission).toMatch(/^[0-9a-f-]{36}$/);
      resultItemSchema.parse(item);
    }
    expect(quarantined.event).toBe('item');
    await until('the word of a vain upload', () => gateway.log().includes('a file waits and is tried again'));
    const ended = await gateway.stop();
    const log = ended.stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const [waiting] = log.filter(({ level }) => level === 'warn');
    expect(waiting).toMatchObject({ submission: expect.any(String), item: expect.any(String) });
    expect(waiting?.problem).toMatch(/^waiting for destination cloud: .*cannot be reached/);
    const ends = log.filter(({ msg }) => msg === 'file ended');
    expect(ends).toHaveLength(2);
    for (const line of ends) {
      expect(line).toMatchObject({ level: 'info', submission: expect.any(String), item: expect.any(String) });
    }
    const reports = filesBelow(gate.dataDir).filter((name) => name.endsWith('.report.json'));
    const texts = reports.map((name) => readFileSync(join(gate.dataDir, name), 'utf8'));
    expect(reports).toHaveLength(1);
    for (const text of [ended.stdout, ended.stderr, ...texts]) {
      for (const secret of [SECRET, PASSWORD, 'AKIAIOSFODNN7EXAMPLE']) expect(text).not.toContain(secret);
    }
  });
});
