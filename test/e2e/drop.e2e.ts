import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLEAN_IN_FOLDER, FOLDER, unzip, writeDrop } from '../support/dropped-files';
import { startWindow, type TestWindow } from '../support/electron-window';
import { EICAR } from '../support/temp-folder';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';
import {
  actOnPage,
  answerDialogs,
  goTo,
  holdFilesOver,
  openForWork,
  rowOf,
  watchFileManager,
} from '../support/window-hands';

const ALL = 8;

describeWindow('a drop of clean, infected and encrypted files and a folder', () => {
  let folder = '';
  let window: TestWindow;
  let told = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-drop-'));
    const paths = await writeDrop(join(folder, 'given'));
    window = await startWindow(folder);
    await openForWork(window);
    const held = await holdFilesOver(window.page, paths);
    const overlay = window.page.getByText(/^Drop \d+ files$/);
    await overlay.waitFor();
    told = (await overlay.locator('..').textContent()) ?? '';
    await held.drop();
    await window.page.getByText(/^Taken: /).waitFor();
    await until('the end of every file', async () => (await window.engine('items', ended())).total === ALL);
  });

  afterAll(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ended = () => ({ query: { open: false }, offset: 0, limit: 100 });

  it('says before it is let go what it would do', () => {
    expect(told).toContain('Drop 4 files');
    expect(told).toContain('default profile');
    expect(told).toContain('Clean files go to');
  });

  it('is told in Drop while it is on its way, with its counts at the end, and leaves the queue empty', async () => {
    const { page } = window;
    const latest = page.getByRole('region', { name: 'Latest' }).getByRole('listitem').first();
    await latest.getByText(`${ALL} of ${ALL} files`).waitFor();
    await goTo(page, 'Queue');
    await page.getByText('Nothing is on its way.').waitFor();
  });

  it('stands in Results with a verdict for each file, names as they are', async () => {
    const { page } = window;
    await goTo(page, 'Results');
    for (const name of ['letter.txt', ...CLEAN_IN_FOLDER])
      await rowOf(page, name).filter({ hasText: 'Clean' }).waitFor();
    for (const name of ['eicar.com', 'böse.com']) await rowOf(page, name).filter({ hasText: 'Infected' }).waitFor();
    await rowOf(page, 'secret.zip').filter({ hasText: 'Unverified' }).waitFor();
  });

  it('forwards the clean files, byte for byte and nothing else', () => {
    const cleared = join(folder, 'data', 'cleared');
    const [submission = ''] = readdirSync(cleared);
    const root = join(cleared, submission);
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map(({ name }) => name).filter((name) => !name.endsWith('.report.json'));
    expect(names.sort()).toEqual(['letter.txt', ...CLEAN_IN_FOLDER].sort());
    expect(readFileSync(join(root, FOLDER, 'résumé.txt'), 'utf8')).toBe('the content of résumé.txt\n');
  });

  it('opens the page of a file with the verdict, why, what each probe said and when, and its report', async () => {
    const { app, page } = window;
    const shown = await watchFileManager(app);
    await goTo(page, 'Results');
    await rowOf(page, 'eicar.com').dblclick();
    const file = page.getByRole('region', { name: 'File', exact: true });
    for (const text of ['Infected', 'Findings', 'Probes', 'Time line', 'Quarantined'])
      await file.getByText(text).first().waitFor();
    await actOnPage(page, 'Show report in its folder');
    await until('the report in the file manager', async () => (await shown()).length > 0);
    const [path = ''] = await shown();
    expect(path).toMatch(/eicar\.com\.report\.json$/);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ item: { name: { display: 'eicar.com' } } });
  });

  it('saves the report of a file as a page to read, and as a PDF', async () => {
    const { app, page } = window;
    await goTo(page, 'Results');
    await rowOf(page, 'secret.zip').dblclick();
    for (const [format, magic] of [
      ['HTML', '<!doctype html>'],
      ['PDF', '%PDF-'],
    ] as const) {
      const target = join(folder, `secret.${format.toLowerCase()}`);
      await answerDialogs(app, { save: target });
      await actOnPage(page, 'Export report…');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: format }).check();
      await dialog.getByRole('button', { name: 'Choose where…' }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(readFileSync(target).subarray(0, magic.length).toString().toLowerCase()).toBe(magic.toLowerCase());
    }
  });

  it('restores a quarantined file with a reason, its own bytes, and never over another file', async () => {
    const { app, page } = window;
    const occupied = join(folder, 'mine.txt');
    const free = join(folder, 'restored.com');
    writeFileSync(occupied, 'mine');
    await goTo(page, 'Quarantine');
    await rowOf(page, 'eicar.com').dblclick();
    await answerDialogs(app, { save: occupied });
    await actOnPage(page, 'Restore…');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Restore', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('asked for by the test');
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await dialog.getByRole('alert').filter({ hasText: 'mine.txt' }).waitFor();
    expect(readFileSync(occupied, 'utf8')).toBe('mine');

    await answerDialogs(app, { save: free });
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('Restored: eicar.com').waitFor();
    expect(readFileSync(free).equals(EICAR)).toBe(true);
    const { rows } = await window.engine('items', { query: { dispositions: ['released'] }, offset: 0, limit: 10 });
    expect(rows.map(({ name }) => name)).toEqual(['eicar.com']);
  });

  it('exports a quarantined file as a zip with password and report, and leaves it where it is', async () => {
    const { app, page } = window;
    const target = join(folder, 'exported.zip');
    await answerDialogs(app, { save: target });
    await goTo(page, 'Quarantine');
    await rowOf(page, 'böse.com').dblclick();
    await actOnPage(page, 'Export zip (password: infected)…');
    await page.getByText(/^Exported: böse\.com/).waitFor();
    const members = await unzip(target, 'infected');
    expect(members.get('böse.com')?.equals(EICAR)).toBe(true);
    expect(JSON.parse(String(members.get('report.json')))).toMatchObject({ item: { name: { display: 'böse.com' } } });
    await goTo(page, 'Quarantine');
    await rowOf(page, 'böse.com').waitFor();
    expect(existsSync(target)).toBe(true);
  });
});
