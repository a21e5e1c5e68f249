import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronArguments } from '../../scripts/electron.mjs';
import { root } from '../../scripts/runtime.mjs';
import { seriousProblems } from '../support/axe';
import { keepScreenshot } from '../support/screenshots';
import { until } from '../support/until';
import { THEMES, VIEW_ADDRESSES, VIEW_NAMES } from '../support/view-names';
import { describeWindow, findProgram } from '../support/window-components';

/** It loads one TypeScript file, which is told at length. */
const QUIET = '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON';

/** Small windows, French ones too, and a window of 1280 x 800 at 200 %. */
const NARROW = [
  { name: 'small', width: 900, height: 600, language: 'fr' },
  { name: 'zoomed', width: 640, height: 400, language: 'en' },
] as const;

describeWindow('the same page in a current Chromium, over a stub with 100,000 files', () => {
  let server: ChildProcess | null = null;
  let browser: Browser;
  let address = '';

  beforeAll(async () => {
    const env = { ...process.env, NODE_ENV: 'production', DROPGATE_PREVIEW_DIR: join(root, '.cache', 'e2e-page') };
    server = spawn(process.execPath, [QUIET, join(root, 'scripts', 'preview-window.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server.stdout?.on('data', (text: Buffer) => {
      address += text.toString();
    });
    browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? 'chromium',
      args: electronArguments(),
    });
    await until('the page', () => address.endsWith('\n'));
    address = address.trim();
  });

  afterAll(async () => {
    await browser?.close();
    server?.kill();
  });

  /** The window in one of its worlds (test/support/fake-bridge-start.ts), and what went wrong in it. */
  async function open(world: string, viewport: { width: number; height: number }): Promise<[Page, string[]]> {
    const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
    page.setDefaultTimeout(60_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(`${address}?still=1&${world}`);
    return [page, problems];
  }

  async function show(page: Page, view: string): Promise<void> {
    await page.evaluate((hash) => {
      (globalThis as unknown as { location: { hash: string } }).location.hash = hash;
    }, `#/${view}`);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    await page.getByText('Loading').waitFor({ state: 'detached' });
  }

  describe.each(THEMES)('in the %s theme', (theme) => {
    let page: Page;
    let problems: string[];
    beforeAll(async () => {
      [page, problems] = await open(`theme=${theme}`, { width: 1280, height: 800 });
    });
    afterAll(() => page?.close());

    it.each([...VIEW_ADDRESSES, 'results/1'])(
      '%s has nothing that axe calls serious, and breaks no rule of its policy',
      async (view) => {
        await show(page, view);
        await keepScreenshot(page, `chromium-${theme}`, view.replace('/', '-'));
        expect(await seriousProblems(page)).toEqual([]);
        expect(problems).toEqual([]);
      },
    );

    it('neither have the palette and the list of keys', async () => {
      await show(page, 'queue');
      for (const [key, name] of [
        ['Control+k', 'palette'],
        ['?', 'keys'],
      ] as const) {
        await page.keyboard.press(key);
        await page.getByRole('dialog').waitFor();
        await keepScreenshot(page, `chromium-${theme}`, name);
        expect(await seriousProblems(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    });

    it.each([
      ['first-run', 'first=1'],
      ['gate-closed', 'gate=closed'],
      ['engine-failed', 'engine=failed'],
      ['empty', 'items=0&idle=1'],
    ])('neither has the world "%s"', async (name, world) => {
      const [other, wrong] = await open(`theme=${theme}&${world}`, { width: 1280, height: 800 });
      await show(other, name === 'empty' ? 'queue' : 'drop');
      await keepScreenshot(other, `chromium-${theme}`, name);
      expect(await seriousProblems(other)).toEqual([]);
      expect(wrong).toEqual([]);
      await other.close();
    });
  });

  describe.each(NARROW)('$width x $height, $language', ({ name, language, ...viewport }) => {
    let page: Page;
    beforeAll(async () => {
      [page] = await open(`theme=light&language=${language}`, viewport);
    });
    afterAll(() => page?.close());

    it.each(VIEW_ADDRESSES)('%s is no wider than its window', async (view) => {
      await show(page, view);
      await keepScreenshot(page, `chromium-${name}`, view);
      const width = await page.evaluate(
        () =>
          (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement
            .scrollWidth,
      );
      expect(width).toBeLessThanOrEqual(viewport.width);
    });
  });

  describe('the strip above all views', () => {
    const [small] = NARROW;

    it.each([
      ['well', 'reachable=1'],
      ['with a closed gate', 'gate=closed'],
      ['paused', 'paused=1&reachable=1'],
    ])('%s, has its facts in one line of a small French window, none of them cut', async (name, world) => {
      const [page] = await open(`theme=light&language=fr&${world}`, small);
      const facts = page.getByRole('region', { name: 'Sas' }).getByRole('list');
      await facts.getByRole('link').nth(3).waitFor();
      await keepScreenshot(page, 'chromium-small', `strip-${name.replaceAll(' ', '-')}`);
      const tops = await facts.getByRole('listitem').evaluateAll((all) => all.map((one) => one.offsetTop));
      expect(new Set(tops).size).toBe(1);
      const cut = await facts.evaluate((list) =>
        [...list.querySelectorAll('a, a > span:not([class*=sr-only])')]
          .filter((part) => part.clientWidth > 1 && part.scrollWidth > part.clientWidth)
          .map((part) => part.textContent),
      );
      expect(cut).toEqual([]);
      await page.close();
    });

    it('leads from each fact to the view that explains it', async () => {
      const [page] = await open('theme=light&reachable=1', { width: 1280, height: 800 });
      const facts = page.getByRole('region', { name: 'Gate' }).getByRole('list');
      for (const [fact, view] of [
        ['Gate open', 'overview'],
        ['3/3 probes ready', 'probes'],
        ['2 destinations reachable', 'destinations'],
        ['86 moving', 'queue'],
      ] as const) {
        await facts.getByRole('link', { name: fact }).click();
        await page.getByRole('main').getByRole('heading', { name: VIEW_NAMES[view], exact: true }).waitFor();
      }
      await page.close();
    });

    it('says why the gate is closed and tests its probe again; says which destination is away and opens its test', async () => {
      const [page] = await open('theme=light&gate=closed', { width: 1280, height: 800 });
      const strip = page.getByRole('region', { name: 'Gate' });
      await strip.getByText('clamd at /run/clamav/clamd.ctl cannot be reached').waitFor();
      await strip.getByText('17 files wait').waitFor();
      await strip.getByRole('button', { name: 'Copy command' }).click();
      await page.getByText('Copied: /usr/sbin/clamd --config-file=/home/ana/clamav/clamd.conf').waitFor();
      await strip.getByRole('button', { name: 'Test again' }).click();
      await page.getByText('Tested. The gate is still closed').waitFor();
      await strip.getByText('it cannot be reached; check "endpoint"').waitFor();
      await strip.getByRole('button', { name: 'Show destination' }).click();
      await page.getByRole('main').getByRole('button', { name: 'Test connection' }).waitFor();
      await page.close();
    });
  });

  it('is looked at by an axe that does find a button without a name', async () => {
    const [page] = await open('theme=light', { width: 1280, height: 800 });
    await show(page, 'folders');
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: {
          createElement(name: string): unknown;
          querySelector(name: string): { append(node: unknown): void };
        };
      };
      document.querySelector('main').append(document.createElement('button'));
    });
    expect((await seriousProblems(page)).map((problem) => problem.split(':')[0])).toContain('button-name');
    await page.close();
  });

  it('keeps the focus in the table that is sorted by key, and opens the menu of the row that keys chose', async () => {
    const [page] = await open('theme=light', { width: 1280, height: 800 });
    await show(page, 'results');
    const sortByName = page.getByRole('columnheader', { name: 'Name' }).getByRole('button');
    await sortByName.press('Enter');
    await page.locator('[role=columnheader][aria-sort=ascending]').waitFor();
    expect(await sortByName.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
    await page.reload();
    await page.getByRole('grid').getByRole('row').nth(2).waitFor();
    await page.keyboard.press('j');
    await page.locator('[role=row][aria-selected=true]').waitFor();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem').first().waitFor();
    await page.close();
  });

  it.each([
    ['keys', (place: Locator) => place.press('Enter')],
    ['the mouse', (place: Locator) => place.click()],
  ])(
    'gives the focus of an entry that leaves by %s to the next one, and of the last one to the view',
    async (_, use) => {
      const [page] = await open('theme=light', { width: 1280, height: 800 });
      await show(page, 'folders');
      const view = page.getByRole('region', { name: 'Watched folders' });
      const more = view.getByRole('button', { name: /^More for / });
      for (let left = (await more.count()) - 1; left >= 0; left -= 1) {
        await use(more.first());
        await use(page.getByRole('menuitem', { name: 'Stop watching' }));
        await until('the entry has left', async () => (await more.count()) === left);
        await view.locator(left > 0 ? 'li :focus' : ':focus').waitFor();
      }
      await page.close();
    },
  );

  it('gives no focus to anybody who had it nowhere when an entry left', async () => {
    const [page] = await open('theme=light', { width: 1280, height: 800 });
    await show(page, 'folders');
    const view = page.getByRole('region', { name: 'Watched folders' });
    const more = view.getByRole('button', { name: /^More for / });
    const before = await more.count();
    const focused = () => page.evaluate('document.activeElement.tagName');
    await page.evaluate(`
      const call = dropgate.call.bind(dropgate);
      dropgate.call = (...asked) => new Promise((resolve) => { globalThis.answer = resolve; }).then(() => call(...asked));`);
    await more.first().press('Enter');
    await page.getByRole('menuitem', { name: 'Stop watching' }).press('Enter');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await view
      .getByRole('listitem')
      .first()
      .locator('div')
      .first()
      .click({ position: { x: 2, y: 2 } });
    await until('no focus', async () => (await focused()) === 'BODY');
    await page.evaluate('answer()');
    await until('the entry has left', async () => (await more.count()) === before - 1);
    expect(await focused()).toBe('BODY');
    await page.close();
  });

  it('takes a deletion back by Ctrl+Z', async () => {
    const [page] = await open('theme=light&items=3000', { width: 1280, height: 800 });
    await show(page, 'quarantine');
    await page.getByRole('grid').getByRole('row').nth(2).click();
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').getByRole('textbox').fill('not needed');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await page.close();
  });

  it('has a list of keys that the keyboard can scroll where it is longer than the window', async () => {
    const [page] = await open('theme=dark&language=fr', { width: 640, height: 400 });
    await show(page, 'queue');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await page.close();
  });

  it('goes through all views by their keys, 1 to 9', async () => {
    const [page] = await open('theme=light', { width: 1280, height: 800 });
    await page.getByRole('main').getByRole('heading').first().waitFor();
    for (const [at, view] of VIEW_ADDRESSES.slice(0, 9).entries()) {
      await page.keyboard.press(String(at + 1));
      await page.getByRole('main').getByRole('heading', { name: VIEW_NAMES[view], exact: true }).first().waitFor();
    }
    await page.close();
  });
}, ['chromium']);
