import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { describeWindow } from '../support/window-components';
import { goTo, holdFilesOver, openForWork, rowOf } from '../support/window-hands';

describeWindow('a submission on its way', () => {
  let folder = '';
  let given = '';
  let window: TestWindow;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-queue-'));
    given = join(folder, 'given');
    mkdirSync(given);
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(given, name), `content of ${name}\n`);
    window = await startWindow(folder);
    await openForWork(window);
  });

  afterEach(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('came in by hand, and opens with all of its files, those that have not ended too', async () => {
    const { page, engine } = window;
    await (await holdFilesOver(page, [given])).drop();
    await page.getByText(/^Taken: /).waitFor();
    await engine('pause', { dir: null, paused: true });
    writeFileSync(join(given, 'c.txt'), 'waits');
    const paths = [Buffer.from(given).toString('base64')];
    const waiting = { paths, profile: null, probes: null, force: false, from: 'window' } as const;
    const { submission } = await engine('gate', waiting);
    await goTo(page, 'Queue');
    await rowOf(page, given).filter({ hasText: '0 of 3' }).dblclick();
    await expect.poll(() => page.evaluate('location.hash')).toBe(`#/results/submission/${submission}`);
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await rowOf(page, name).filter({ hasText: 'Waiting' }).waitFor();
    await rowOf(page, 'a.txt').dblclick();
    const file = page.getByRole('region', { name: 'File', exact: true });
    await file.getByText(`By hand: ${given}`).waitFor();

    await goTo(page, 'Results');
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await rowOf(page, 'c.txt').waitFor({ state: 'detached' });
    expect(await page.evaluate('location.hash')).toBe('#/results');
    await engine('pause', { dir: null, paused: false });
    await rowOf(page, 'c.txt').filter({ hasText: 'Clean' }).waitFor();
  });
});
