import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';
import { holdFilesOver, openForWork } from '../support/window-hands';

const FILES = 1200;
const KILLED_AFTER = 30;

describeWindow('an engine that is killed while it scans', () => {
  let folder = '';
  let window: TestWindow;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-killed-'));
    window = await startWindow(folder);
    await openForWork(window);
  });

  afterEach(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is told in the window, comes back, and every file ends once', async () => {
    const { page, engine, shell, running } = window;
    const given = join(folder, 'many');
    mkdirSync(given);
    for (let at = 0; at < FILES; at += 1) writeFileSync(join(given, `file-${at}.txt`), `${at}\n`.repeat(2000));
    const pid = await running();
    await (await holdFilesOver(page, [given])).drop();
    const settled = async () =>
      (await engine('submissions', { offset: 0, limit: 1, open: false })).rows[0]?.settled ?? 0;
    await until('some files that ended', async () => (await settled()) >= KILLED_AFTER);
    expect(await settled()).toBeLessThan(FILES);

    const banner = page.getByText(/^The engine ended \(.+\) and is being started again/);
    const told = banner.waitFor();
    process.kill(pid, 'SIGKILL');
    await told;
    await until('another engine', async () => {
      const state = await shell('engine-state', {});
      return state.kind === 'running' && state.pid !== pid;
    });
    await banner.waitFor({ state: 'hidden' });
    await until('the end of every file', async () => (await settled()) === FILES, { seconds: 300 });

    const cleared = join(folder, 'data', 'cleared');
    const names = readdirSync(cleared, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.report.json'))
      .map(({ name }) => name);
    expect(names).toHaveLength(FILES);
    expect(new Set(names).size).toBe(FILES);
    const { ids } = await engine('item-ids', { query: { dispositions: ['forwarded'] } });
    expect(ids).toHaveLength(FILES);
    for (const id of ids) {
      const { custody } = await engine('item-page', { id, language: 'en' });
      expect(custody.filter(({ event }) => event === 'forwarded')).toHaveLength(1);
    }
    expect(await engine('audit-verify', {})).toMatchObject({ ok: true, problems: [] });
  });
});
