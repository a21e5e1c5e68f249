import type { BrowserWindow, Dialog } from 'electron';
import type { Words } from './words';

const KEEP = 0;
const DISCARD = 1;

/** Changes that are nowhere but in the window's page: nobody closes it, or ends the application, without being asked. */
export class UnsavedChanges {
  private unsaved = false;
  private asking: Promise<boolean> | null = null;
  private question = new AbortController();
  private window: BrowserWindow | null = null;
  private readonly dialog: Pick<Dialog, 'showMessageBox'>;
  private readonly words: () => Words;

  constructor(dialog: Pick<Dialog, 'showMessageBox'>, words: () => Words) {
    this.dialog = dialog;
    this.words = words;
  }

  /** What the page tells. What was just saved is no question any more: it is withdrawn. */
  set(unsaved: boolean): void {
    this.unsaved = unsaved;
    if (!unsaved) this.question.abort();
  }

  /** From now on this is the window that holds them. */
  watch(window: BrowserWindow): void {
    this.window = window;
    window.on('close', (event) => {
      if (!this.unsaved) return;
      event.preventDefault();
      void this.mayGo().then((may) => {
        if (may && !window.isDestroyed()) window.close();
      });
    });
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.set(false); // they went with the page
    });
  }

  /** Resolves with true when nothing is unsaved, or the person lets it go. Asked twice at a time, it asks them once. */
  mayGo(): Promise<boolean> {
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  private async ask(): Promise<boolean> {
    const { window } = this;
    if (!this.unsaved || window === null || window.isDestroyed()) return true;
    window.show();
    this.question = new AbortController();
    const { unsaved, unsavedHelp, keepEditing, closeUnsaved } = this.words();
    const { response } = await this.dialog.showMessageBox(window, {
      type: 'warning',
      message: unsaved,
      detail: unsavedHelp,
      buttons: [keepEditing, closeUnsaved],
      defaultId: KEEP,
      cancelId: KEEP,
      noLink: true,
      signal: this.question.signal,
    });
    if (this.unsaved && response !== DISCARD) return false;
    this.unsaved = false;
    return true;
  }
}
