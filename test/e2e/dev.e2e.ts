import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findElectron } from '../../scripts/electron.mjs';
import { root } from '../../scripts/runtime.mjs';
import { attachToPage, type DevtoolsPage } from '../support/devtools';
import { windowEnvironment } from '../support/electron-window';
import { lives } from '../support/lives';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';

const COPIED = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'electron.vite.config.ts',
  'scripts',
  'resources',
  'src-main',
  'src-renderer',
];

describeWindow('npm run dev', () => {
  let folder = '';
  let checkout = '';
  let dev: ChildProcess;
  let page: DevtoolsPage | null = null;
  let said = '';

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-dev-'));
    checkout = join(folder, 'checkout');
    for (const name of COPIED) cpSync(join(root, name), join(checkout, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    said = '';
    const electron = (await findElectron()).path;
    dev = spawn(
      process.execPath,
      [join(checkout, 'scripts', 'dev.mjs'), '--data-dir', join(folder, 'data'), '--remote-debugging-port=0'],
      { env: windowEnvironment(folder, { DROPGATE_ELECTRON: electron }), cwd: checkout },
    );
    for (const stream of [dev.stdout, dev.stderr]) stream?.on('data', (text: Buffer) => (said += text.toString()));
  });

  afterEach(async () => {
    page?.close();
    if (dev.exitCode === null && dev.signalCode === null) {
      dev.kill('SIGTERM');
      await once(dev, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Waits until an expression is true in the page. */
  const pageSays = (what: string, expression: string) =>
    until(what, async () => (await page?.value(expression)) === true);

  async function findPage(): Promise<DevtoolsPage> {
    let found: DevtoolsPage | null = null;
    await until('a page', async () => {
      if (dev.exitCode !== null) throw new Error(`npm run dev ended with ${dev.exitCode}:\n${said}`);
      const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said)?.[1];
      if (port !== undefined) found = await attachToPage(Number(port));
      return found !== null;
    });
    if (found === null) throw new Error('there is no page');
    return found;
  }

  it('shows changes of views and styles in the page that is open, and ends with its engine when it is interrupted', async () => {
    page = await findPage();
    await pageSays('the first view', "document.body.innerText.includes('First steps')");
    await page.value('globalThis.sameAsBefore = true');

    appendFileSync(join(checkout, 'src-renderer', 'styles.css'), 'body { outline: 7px solid red; }\n');
    await pageSays('the new style', "getComputedStyle(document.body).outlineWidth === '7px'");
    const view = join(checkout, 'src-renderer', 'views', 'first-run', 'FirstRunView.tsx');
    writeFileSync(view, readFileSync(view, 'utf8').replace('className=', 'data-changed className='));
    await pageSays('the new view', "document.querySelector('[data-changed]') !== null");
    expect(await page.value('globalThis.sameAsBefore')).toBe(true);

    const asked = "window.dropgate.call('shell', 'engine-state', {}).then(({ result }) => result.pid ?? 0)";
    await until('a running engine', async () => Number(await page?.value(asked)) > 0);
    const engine = Number(await page.value(asked));
    const ended = once(dev, 'exit');
    dev.kill('SIGINT');
    await ended;
    await until('the end of the engine', () => !lives(engine));
  });
});
