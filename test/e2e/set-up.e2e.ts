import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';
import { goTo, openForWork } from '../support/window-hands';

describeWindow('what is set up in the window', () => {
  let folder = '';
  let window: TestWindow;
  const written = () => readFileSync(join(folder, 'dropgate.yaml'), 'utf8');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-set-up-'));
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'dropgate.yaml'), 'watch:\n  - dir: ./in # the only one\n');
    window = await startWindow(folder, { args: ['--config', join(folder, 'dropgate.yaml')] });
    await openForWork(window);
  });

  afterEach(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('pauses a folder so that it stays paused, resumes it, and takes it out', async () => {
    const { page } = window;
    await goTo(page, 'Watched folders');
    const list = page.getByRole('list', { name: 'Watched folders' });
    await list.getByText('Watching').waitFor();
    await list.getByRole('button', { name: /^Pause / }).click();
    await list.getByText('Paused', { exact: true }).waitFor();
    await until('a pause that is kept', async () => written().includes('paused: true'));
    await list.getByRole('button', { name: /^Resume / }).click();
    await list.getByText('Watching').waitFor();
    await until('a pause that is over', async () => !written().includes('paused'));
    expect(written()).toContain('# the only one');
    await list.getByRole('button', { name: /^More for / }).click();
    await page.getByRole('menuitem', { name: 'Stop watching' }).click();
    await page.getByText('No folder is watched.').waitFor();
    // the keyboard goes on in the view, and does not begin at the page's top
    await page.getByRole('region', { name: 'Watched folders' }).locator(':focus').waitFor();
  });

  it('tests each probe with its test file, and says of a wrong limit at its field what to write', async () => {
    const { page } = window;
    await goTo(page, 'Probes');
    await page.getByRole('button', { name: 'Test all' }).click();
    await page
      .getByText(/^Found its test file in/)
      .first()
      .waitFor();
    await goTo(page, 'Profiles');
    await page.getByRole('button', { name: 'Edit default' }).click();
    await page.getByLabel('Archive depth').fill('0');
    await page.getByText(/more than 0/).waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await page.getByLabel('Archive depth').fill('5');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await until('a limit that is written', async () => written().includes('archiveDepth: 5'));
    expect(written()).toContain('# the only one');
  });
});
