import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow, windowCommand, windowEnvironment } from '../support/electron-window';
import { lives } from '../support/lives';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';

let folder = '';
let window: TestWindow | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dropgate-window-'));
});

afterEach(async () => {
  await window?.close();
  window = null;
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Parameters<typeof startWindow>[1] = {}): Promise<TestWindow> {
  window = await startWindow(folder, options);
  return window;
}

/** Collects what the page hears from now on, below `heard` of the page. */
async function listen({ page }: TestWindow): Promise<() => Promise<{ event: string; data: unknown }[]>> {
  await page.evaluate(() => {
    const heard: unknown[] = [];
    const scope = globalThis as unknown as {
      heard: unknown[];
      dropgate: { on(hear: (event: string, data: unknown) => void): void };
    };
    scope.heard = heard;
    scope.dropgate.on((event, data) => heard.push({ event, data }));
  });
  return () => page.evaluate(() => (globalThis as unknown as { heard: { event: string; data: unknown }[] }).heard);
}

describeWindow('the window in a real Electron', () => {
  it('starts an engine, shows its page, gates a file, and lets the engine end when it is closed', async () => {
    const file = join(folder, 'clean.txt');
    writeFileSync(file, 'nothing bad');
    const { page, engine, running, close } = await open();
    const pid = await running();
    expect(page.url()).toMatch(/^dropgate:\/\/app\//);
    await until('a page with content', async () => (await page.locator('#root').textContent()) !== '');
    const { submission } = await engine('gate', {
      paths: [Buffer.from(file).toString('base64')],
      profile: null,
      probes: null,
      force: false,
    });
    await until('the end of the file', async () => (await engine('progress', { submission })).ended);
    expect((await engine('progress', { submission })).summary.clean).toBe(1);
    await close();
    window = null;
    await until('the end of the engine', () => !lives(pid));
    expect(existsSync(join(folder, 'data', 'engine.sock'))).toBe(false);
    expect(readdirSync(join(folder, 'data', 'cleared'))).toHaveLength(1);
  });

  it('starts a killed engine again, answers calls meanwhile with errors, and tells the page', async () => {
    const opened = await open();
    const pid = await opened.running();
    const heard = await listen(opened);
    process.kill(pid, 'SIGKILL');
    await until('news of the restart', async () =>
      (await heard()).some(({ event, data }) => event === 'engine' && (data as { kind: string }).kind === 'restarting'),
    );
    await until('another engine', async () => {
      const state = await opened.shell('engine-state', {});
      return state.kind === 'running' && state.pid !== pid;
    });
    expect((await opened.engine('hello', {})).pid).not.toBe(pid);
  });

  it('joins an engine that runs already, and leaves it running', async () => {
    const cli = join(process.env.DROPGATE_ENTRIES ?? '', 'cli.js');
    const env = windowEnvironment(folder, { DROPGATE_NODE: undefined });
    const gateway = spawn(process.execPath, [cli, 'run', '--ndjson', '--data-dir', join(folder, 'data')], { env });
    try {
      await until('the gateway', () => existsSync(join(folder, 'data', 'engine.sock')));
      const { running, shell, close } = await open();
      expect(await running()).toBe(gateway.pid);
      expect(await shell('engine-state', {})).toMatchObject({ kind: 'running', joined: true });
      await close();
      window = null;
      expect(lives(gateway.pid ?? 0)).toBe(true);
    } finally {
      const ended = new Promise((resolve) => gateway.once('exit', resolve));
      gateway.kill('SIGTERM');
      await ended;
    }
  });

  it('hands the files of a second start to the first window', async () => {
    const file = join(folder, 'second über.txt');
    writeFileSync(file, 'x');
    const opened = await open();
    await opened.running();
    const heard = await listen(opened);
    const { executablePath, args } = windowCommand();
    const second = spawn(executablePath, [...args, '--data-dir', join(folder, 'data'), file], {
      env: windowEnvironment(folder),
      cwd: folder,
    });
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
    const expected = { event: 'paths', data: { paths: [Buffer.from(file).toString('base64')] } };
    await until('the files', async () => (await heard()).some(({ event }) => event === 'paths'));
    expect(await heard()).toContainEqual(expected);
  });

  it('ends without an error while its engine drains and still tells, with a tray', async () => {
    const files = Array.from({ length: 300 }, (_, index) => {
      const file = join(folder, `${index}.txt`);
      writeFileSync(file, `${index}`);
      return Buffer.from(file).toString('base64');
    });
    const bus = `unix:path=${join(folder, 'no-bus')}`;
    const { running, engine, close, log } = await open({ env: { DBUS_SESSION_BUS_ADDRESS: bus } });
    await running();
    await engine('gate', { paths: files, profile: null, probes: null, force: false });
    await close();
    window = null;
    expect(log()).not.toContain('unexpected error');
  });

  it('prints a report as PDF, only where a person chose to', async () => {
    const { app, answer, shell, running } = await open();
    await running();
    const target = join(folder, 'report.pdf');
    const path = Buffer.from(target).toString('base64');
    const html =
      '<!doctype html><style>@page { size: A5 }</style><h1>Report</h1><script>document.body.remove()</script>';
    expect(await answer('shell', 'save-pdf', { path, html })).toMatchObject({ ok: false, error: { code: 'PROTOCOL' } });
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath, bookmark: '' });
    }, target);
    expect(await shell('choose-save', { name: 'report.pdf' })).toEqual({ path });
    await shell('save-pdf', { path, html });
    expect(existsSync(target)).toBe(true);
  });

  it('says why an engine cannot start', async () => {
    writeFileSync(join(folder, 'dropgate.yaml'), 'no-such-key: 1\n');
    const { shell, answer } = await open({ args: ['--config', join(folder, 'dropgate.yaml')] });
    await until('the failure', async () => (await shell('engine-state', {})).kind === 'failed', { seconds: 30 });
    expect(await shell('engine-state', {})).toMatchObject({ problem: expect.stringContaining('no-such-key') });
    expect(await answer('engine', 'hello', {})).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
  });
});
