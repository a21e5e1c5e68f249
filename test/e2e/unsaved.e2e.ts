import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';
import { goTo, openForWork } from '../support/window-hands';

/** Electron's own modules as far as these tests use them. */
interface System {
  readonly app: { quit(): void };
  readonly BrowserWindow: { getAllWindows(): { close(): void }[] };
  readonly dialog: { showMessageBox: () => Promise<{ response: number }> };
}

/** A question that stands until it is answered or withdrawn. */
interface Asking {
  readonly dialog: {
    showMessageBox: (window: unknown, question: { signal: AbortSignal }) => Promise<{ response: number }>;
  };
}

const KEEP = 0;
const CLOSE = 1;

describeWindow('changes that are not saved', () => {
  let folder = '';
  let window: TestWindow;
  let depth: Locator;
  let question: Locator;
  const written = () => readFileSync(join(folder, 'dropgate.yaml'), 'utf8');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-unsaved-'));
    writeFileSync(join(folder, 'dropgate.yaml'), '');
    window = await startWindow(folder, { args: ['--config', join(folder, 'dropgate.yaml')] });
    await openForWork(window);
    const { page } = window;
    depth = page.getByLabel('Archive depth');
    question = page.getByRole('dialog', { name: 'Save the changes first?' });
    await goTo(page, 'Profiles');
    await page.getByRole('button', { name: 'Edit default' }).click();
    await depth.fill('7');
  });

  afterEach(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** From now on the system's question is answered so, and counted. */
  async function answerNext(response: number): Promise<void> {
    await window.app
      .evaluate((electron, given) => {
        const scope = globalThis as unknown as { asked: number };
        scope.asked = 0;
        (electron as unknown as System).dialog.showMessageBox = async () => {
          scope.asked += 1;
          return { response: given };
        };
      }, response)
      .catch(() => undefined); // it has ended
  }
  const closeWindows = () =>
    window.app.evaluate((electron) =>
      (electron as unknown as System).BrowserWindow.getAllWindows().forEach((each) => {
        each.close();
      }),
    );
  const asked = () => window.app.evaluate(() => (globalThis as unknown as { asked: number }).asked);

  it('are asked about when the form is left, for another view and for its list; staying keeps them', async () => {
    const { page } = window;
    const leaving = [
      () => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Overview' }).click(),
      () => page.getByRole('button', { name: 'Back' }).click(),
    ];
    for (const leave of leaving) {
      await leave();
      await question.waitFor();
      await question.getByRole('button', { name: 'Stay here' }).click();
      await question.waitFor({ state: 'detached' });
      expect(await depth.inputValue()).toBe('7');
    }
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Overview' }).click();
    await question.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
    await until('a limit that is written', () => written().includes('archiveDepth: 7'));
  });

  it('are gone only when the person says so', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Back' }).click();
    await question.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'Edit default' }).click();
    expect(await depth.inputValue()).not.toBe('7');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Edit default' }).waitFor();
    expect(await question.count()).toBe(0);
    expect(written()).not.toContain('archiveDepth');
  });

  it('hold the window and the application open for a person who goes on with them', async () => {
    await answerNext(KEEP);
    await closeWindows();
    await until('the question', async () => (await asked()) === 1);
    await window.app.evaluate((electron) => (electron as unknown as System).app.quit());
    await until('the question again', async () => (await asked()) === 2);
    expect(await depth.inputValue()).toBe('7');
    await window.engine('hello', {});
  });

  it('are asked about once when the application ends, and not at all once they are saved', async () => {
    await window.page.getByRole('button', { name: 'Save', exact: true }).click();
    await until('a limit that is written', () => written().includes('archiveDepth: 7'));
    await window.page.getByText('Changes are not saved yet.').waitFor({ state: 'detached' });
    await answerNext(KEEP);
    const ended = window.app.waitForEvent('close');
    await window.app.evaluate((electron) => (electron as unknown as System).app.quit());
    await ended;
  });

  it('are no question any more when they are saved while it is asked', async () => {
    await window.app.evaluate((electron) => {
      const { dialog } = electron as unknown as Asking;
      dialog.showMessageBox = (_window, { signal }) =>
        new Promise((resolve) => {
          (globalThis as unknown as { asked: number }).asked = 1;
          signal.addEventListener('abort', () => resolve({ response: 0 }));
        });
    });
    await closeWindows();
    await until('the question', async () => (await asked()) === 1);
    const ended = window.app.waitForEvent('close');
    await window.page.getByRole('button', { name: 'Save', exact: true }).click({ noWaitAfter: true });
    await ended;
    expect(written()).toContain('archiveDepth: 7');
  });

  it('go with a window that is closed without them', async () => {
    await answerNext(CLOSE);
    const ended = window.app.waitForEvent('close');
    await closeWindows();
    await ended;
    expect(written()).not.toContain('archiveDepth');
  });
});
