import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { describeWindow } from '../support/window-components';
import { answerDialogs, goTo, openForWork, rowOf } from '../support/window-hands';

const CONFIGURATION = '# written by hand\nprofiles:\n  default: { source: keep } # originals stay\n';

describeWindow('a watched folder', () => {
  let folder = '';
  let window: TestWindow;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-watched-'));
    writeFileSync(join(folder, 'dropgate.yaml'), CONFIGURATION);
    window = await startWindow(folder, { args: ['--config', join(folder, 'dropgate.yaml')] });
    await openForWork(window);
  });

  afterEach(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is added in its form, written beside the comments of a hand, and takes what appears in it', async () => {
    const { app, page } = window;
    const watched = join(folder, 'Eingang für alle');
    mkdirSync(watched);
    await answerDialogs(app, { open: watched });
    await goTo(page, 'Watched folders');
    await page.getByRole('button', { name: 'Add folder…' }).first().click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const entry = page
      .getByRole('list', { name: 'Watched folders' })
      .getByRole('listitem')
      .filter({ hasText: watched });
    await entry.getByText('Watching').waitFor();
    const written = readFileSync(join(folder, 'dropgate.yaml'), 'utf8');
    expect(written).toContain('# written by hand');
    expect(written).toContain('# originals stay');
    expect(written).toContain(watched);

    writeFileSync(join(watched, 'took über.txt'), 'came in by itself');
    await goTo(page, 'Results');
    await rowOf(page, 'took über.txt').filter({ hasText: 'Clean' }).waitFor();
  });
});
