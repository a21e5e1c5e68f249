import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { type DesktopNews, type SessionDesktop, startDesktop } from '../support/session-desktop';
import { EICAR } from '../support/temp-folder';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';
import { openForWork } from '../support/window-hands';

/** Shorter than a watched folder's own rhythm of sweeps (60 s), of which the last was just before. */
const BEFORE_THE_NEXT_SWEEP = { seconds: 45 };

/** A burst is told 2.5 s after its end: twice that and more. */
const TOLD_BY_THEN_MS = 6_000;

/** Loaded before the engine's own code: its folders' events never come, which is left behind as a file. */
const DEAF = `
const fs = require('node:fs');
const watch = fs.watch;
fs.watch = (path, options) => {
  fs.writeFileSync(__filename + '.used', '');
  return watch(path, options);
};`;

describeWindow('on a desktop with its session services', () => {
  let folder = '';
  let desktop: SessionDesktop;
  let window: TestWindow;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-session-'));
    desktop = await startDesktop(folder, { keyStore: false });
  });

  afterEach(async () => {
    await window?.close();
    await desktop.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(options: Parameters<typeof startWindow>[1] = {}): Promise<void> {
    window = await startWindow(folder, { ...options, env: { ...desktop.env, ...options.env } });
    await openForWork(window);
    await window.shell('set-preferences', { notifications: true });
  }

  /** Gates files of this content; their submission. */
  async function gate(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return Buffer.from(join(folder, name)).toString('base64');
    });
    const given = await window.engine('gate', { paths, profile: null, probes: null, force: false });
    return given.submission;
  }

  const hasEnded = async (submission: string) => (await window.engine('progress', { submission })).ended;
  const labels = async () => (await desktop.menu()).map(({ label }) => label);
  const theMenuSays = (label: string) =>
    until(`"${label}" in the tray's menu`, async () => (await labels()).includes(label));
  const theWindow = <Answer>(ask: 'isVisible' | 'isFocused' | 'hide' | 'blur' | 'focus') =>
    window.app.evaluate(({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name]() as Answer, ask);

  it('shows gate, counts and acts in the tray, whose pause pauses the engine', async () => {
    await open();
    const { engine, page } = window;
    await theMenuSays('Gate open');
    const infected = await gate({ 'eicar.com': EICAR });
    await until('the end of the file', () => hasEnded(infected));
    await theMenuSays('1 file to review');

    await desktop.press('Pause the gate');
    await theMenuSays('Gate paused');
    expect(await engine('status', {})).toMatchObject({ paused: true });
    const waiting = await gate({ 'waits.txt': 'until the gate is resumed' });
    await theMenuSays('1 file in work');
    await desktop.press('Resume the gate');
    await until('the end of the file that waited', () => hasEnded(waiting));
    await theMenuSays('0 files in work');

    await theWindow('hide');
    await desktop.press('Open Dropgate');
    await until('the window', () => theWindow<boolean>('isVisible'));
    await theWindow('hide');
    await desktop.clickTray();
    await until('the window', () => theWindow<boolean>('isVisible'));
    await desktop.press('1 file to review');
    await page.getByRole('heading', { name: 'Quarantine', exact: true }).first().waitFor();
  });

  it('gives one notice for a burst with EICAR in it, none while the window has focus, and its click shows what helps', async () => {
    await open();
    const { app, page } = window;
    await theWindow('focus');
    await until('the focus', () => theWindow<boolean>('isFocused'));
    const seen = await gate({ 'seen.com': EICAR });
    await until('the end of the file that is seen', () => hasEnded(seen));
    await new Promise((resolve) => setTimeout(resolve, TOLD_BY_THEN_MS));
    await theWindow('blur');
    await until('a window without focus', async () => !(await theWindow<boolean>('isFocused')));
    const clean = Array.from({ length: 40 }, (_, at) => [`clean-${at}.txt`, `${at}`] as const);
    await gate({ ...Object.fromEntries(clean), 'eicar.com': EICAR, 'second eicar.com': EICAR });
    await until('the notice', () => desktop.news('notification').length > 0);
    const [notice, ...others] = desktop.news('notification');
    expect(notice).toMatchObject({ title: '2 files need you', body: '2 infected' });
    expect(others).toEqual([]);

    await collectGarbage(app); // a person may click much later
    await desktop.clickNotice(notice?.id);
    await page.getByRole('heading', { name: 'Quarantine', exact: true }).first().waitFor();
  });

  it('moves a bar on the task bar while files are gated, under the name of its desktop entry, and takes it away', async () => {
    await open();
    const many = Array.from({ length: 600 }, (_, at) => [`${at}.txt`, `${at}\n`.repeat(2000)] as const);
    const submission = await gate(Object.fromEntries(many));
    await until('the end of every file', () => hasEnded(submission));
    await until('the end of the bar', () => desktop.news('progress').findLast(isAboutShowing)?.shown === false);
    const told = desktop.news('progress');
    expect(told.some(({ value }) => typeof value === 'number' && value > 0 && value < 1)).toBe(true);
    expect(told.some(({ shown }) => shown === true)).toBe(true);
    expect(new Set(told.map(({ application }) => application))).toEqual(
      new Set(['application://org.dropgate.Dropgate.desktop']),
    );
  });

  it('looks through watched folders when the computer woke, also where no file event came', async () => {
    const watched = join(folder, 'in');
    mkdirSync(watched);
    writeFileSync(join(watched, 'before.txt'), 'there at the start');
    const configuration = join(folder, 'dropgate.yaml');
    writeFileSync(configuration, '');
    const deaf = join(folder, 'deaf.cjs');
    writeFileSync(deaf, DEAF);
    await open({ args: ['--config', configuration] });
    await window.app.evaluate((_electron, file) => {
      process.env.NODE_OPTIONS = `--require ${file}`;
    }, deaf);
    writeFileSync(configuration, 'watch:\n  - { dir: ./in, settleMs: 200 }\n');
    await window.shell('engine-restart', {});
    // by the folder, not by the page: with the computer, Chromium puts the connection of the tests to sleep
    const taken = (name: string) =>
      readdirSync(join(folder, 'data', 'cleared'), { recursive: true, encoding: 'utf8' }).some((path) =>
        path.endsWith(name),
      );
    await until('the file of the first sweep', () => taken('before.txt'));
    expect(existsSync(`${deaf}.used`)).toBe(true);
    writeFileSync(join(watched, 'meanwhile.txt'), 'put there while the computer slept');
    await desktop.prepareForSleep(true);
    await desktop.prepareForSleep(false);
    await until('the file that came meanwhile', () => taken('meanwhile.txt'), BEFORE_THE_NEXT_SWEEP);
  });
}, ['session services']);

const isAboutShowing = ({ shown }: DesktopNews) => typeof shown === 'boolean';

async function collectGarbage(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const load = process.mainModule?.require;
    if (load === undefined) throw new Error('the application cannot be asked to collect its garbage');
    load('node:v8').setFlagsFromString('--expose-gc');
    for (let times = 0; times < 3; times += 1) load('node:vm').runInNewContext('gc')();
  });
}
