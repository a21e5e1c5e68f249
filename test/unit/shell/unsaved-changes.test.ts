import { EventEmitter } from 'node:events';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { UnsavedChanges } from '../../../src-main/shell/unsaved-changes';
import { wordsOf } from '../../../src-main/shell/words';

/** As much of a window as is asked of one. */
class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter();
  closed = false;

  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    this.closed = !prevented;
  }
  show(): void {}
  isDestroyed(): boolean {
    return this.closed;
  }
}

/** `answers`: which button is pressed; without one the question stands until it is withdrawn. */
function watched(...answers: number[]) {
  const asked: MessageBoxOptions[] = [];
  const showMessageBox = async (_window: unknown, options: MessageBoxOptions) => {
    asked.push(options);
    const answer = answers.shift();
    if (answer === undefined) await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
    return { response: answer ?? 0, checkboxChecked: false };
  };
  const dialog = { showMessageBox } as ConstructorParameters<typeof UnsavedChanges>[0];
  const changes = new UnsavedChanges(dialog, () => wordsOf('en'));
  const window = new FakeWindow();
  changes.watch(window as unknown as BrowserWindow);
  return { changes, window, asked };
}

describe('changes that are not saved', () => {
  it('are no matter where there are none', async () => {
    const { changes, window, asked } = watched();
    expect(await changes.mayGo()).toBe(true);
    window.close();
    expect(window.closed).toBe(true);
    expect(asked).toEqual([]);
  });

  it('hold their window open, with the safe answer as the default, until they are let go', async () => {
    const { changes, window, asked } = watched(0, 1);
    changes.set(true);
    window.close();
    expect(await changes.mayGo()).toBe(false); // the same question
    expect(window.closed).toBe(false);
    expect(asked).toMatchObject([{ defaultId: 0, cancelId: 0, buttons: ['Keep editing', 'Close without saving'] }]);
    window.close();
    expect(await changes.mayGo()).toBe(true);
    await new Promise(setImmediate);
    expect(window.closed).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('are no question any more once they are saved', async () => {
    const { changes, asked } = watched();
    changes.set(true);
    const may = changes.mayGo();
    changes.set(false);
    expect(await may).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('go with the page that held them', async () => {
    const { changes, window } = watched();
    changes.set(true);
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    expect(await changes.mayGo()).toBe(true);
  });
});
