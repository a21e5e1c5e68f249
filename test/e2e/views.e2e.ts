import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/axe';
import { writeDrop } from '../support/dropped-files';
import { startWindow, type TestWindow } from '../support/electron-window';
import { keepScreenshot } from '../support/screenshots';
import { until } from '../support/until';
import { THEMES, VIEW_ADDRESSES, VIEW_NAMES } from '../support/view-names';
import { describeWindow } from '../support/window-components';
import { goTo, openForWork, rowOf } from '../support/window-hands';

describeWindow('every view over a real engine', () => {
  let folder = '';
  let window: TestWindow;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-views-'));
    const given = await writeDrop(join(folder, 'given'));
    window = await startWindow(folder);
    await openForWork(window);
    const paths = given.map((path) => Buffer.from(path).toString('base64'));
    const { submission } = await window.engine('gate', { paths, profile: null, probes: null, force: false });
    await until('the end of the files', async () => (await window.engine('progress', { submission })).ended);
  });

  afterAll(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(THEMES)('in the %s theme', (theme) => {
    beforeAll(async () => {
      await window.shell('set-preferences', { theme });
      await window.page.reload();
      await window.page.locator(`html[data-theme=${theme}]`).waitFor();
    });

    it.each(VIEW_ADDRESSES)('%s has nothing that axe calls serious', async (view) => {
      const { page } = window;
      await goTo(page, VIEW_NAMES[view]);
      await page.getByText('Loading').waitFor({ state: 'detached' });
      await keepScreenshot(page, `electron-${theme}`, view);
      expect(await seriousProblems(page)).toEqual([]);
    });

    it('neither has the page of a file', async () => {
      const { page } = window;
      await goTo(page, 'Results');
      await rowOf(page, 'eicar.com').dblclick();
      await page.getByRole('region', { name: 'File', exact: true }).getByText('Time line').waitFor();
      await keepScreenshot(page, `electron-${theme}`, 'item');
      expect(await seriousProblems(page)).toEqual([]);
    });
  });
});
