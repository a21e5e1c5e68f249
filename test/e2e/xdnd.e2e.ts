import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../../scripts/runtime.mjs';
import { startWindow, type TestWindow } from '../support/electron-window';
import { until } from '../support/until';
import { describeWindow, findProgram } from '../support/window-components';
import { goTo, openForWork, rowOf } from '../support/window-hands';

const NAMES = ['dragged für.txt', '引きずる.txt'];

function xdotool(...args: readonly (string | number)[]): void {
  execFileSync('xdotool', args.map(String));
}

describeWindow('a true drag from another program of the desktop', () => {
  let folder = '';
  let window: TestWindow;
  let source: ChildProcess | null = null;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-drag-'));
    window = await startWindow(folder);
    await openForWork(window);
    await window.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 160, y: 0, width: 1000, height: 700 }),
    );
  });

  afterEach(async () => {
    source?.kill();
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows what a drop would do while the files hang over the window, and takes them', async () => {
    const { page } = window;
    const paths = NAMES.map((name) => join(folder, name));
    for (const path of paths) writeFileSync(path, `content of ${path}\n`);
    const script = join(root, 'test', 'support', 'drag-source.py');
    source = spawn(findProgram('python3') ?? 'python3', [script, ...paths], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    source.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    await until('the drag source', () => said.includes('READY'));

    xdotool('mousemove', 60, 60, 'mousedown', 1);
    for (let x = 70; x <= 660; x += 20) xdotool('mousemove', x, 60 + (x - 60) / 2);
    const overlay = page.getByText(/^Drop \d+ files?$/);
    await until('the overlay, and an answer to the drag source', async () => {
      xdotool('mousemove_relative', '--', 1, 1); // a target that just learned of the drag answers the next move
      return said.includes('ACCEPTED') && (await overlay.isVisible());
    });
    expect(said).not.toContain('END');
    xdotool('mouseup', 1);
    await until('the end of the drag', () => said.includes('END'));
    expect(said).not.toContain('REFUSED');
    await goTo(page, 'Results');
    for (const name of NAMES) await rowOf(page, name).filter({ hasText: 'Clean' }).waitFor();
  });
}, ['xdotool', 'gtk']);
