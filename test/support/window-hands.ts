import type { ElectronApplication, Locator, Page } from 'playwright';
import type { TestWindow } from './electron-window';

/** What a person does with the window: drags files over it, goes to a view, answers the system's dialogs. */

/** Electron's own modules as far as tests replace parts of them. */
interface Replaceable {
  readonly dialog: {
    showSaveDialog: () => Promise<{ canceled: boolean; filePath: string }>;
    showOpenDialog: () => Promise<{ canceled: boolean; filePaths: string[] }>;
  };
  readonly shell: { showItemInFolder: (path: string) => void };
}

/** Enough for the slowest machine; nothing is measured with it. */
const PATIENCE_MS = 100_000;

/** Goes past the first steps, as somebody does who has used the window before. */
export async function openForWork(window: TestWindow): Promise<void> {
  const { page, shell, running } = window;
  page.setDefaultTimeout(PATIENCE_MS);
  await running();
  await shell('set-preferences', { firstRunDone: true, language: 'en', notifications: false });
  await page.reload();
  await page.getByText('Gate open').waitFor();
}

/** Files that are held over the window's middle, as the browser's own protocol tells it of a true drag. */
export async function holdFilesOver(page: Page, paths: readonly string[]): Promise<{ drop(): Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => {
    const scope = globalThis as unknown as { innerWidth: number; innerHeight: number };
    return { width: scope.innerWidth, height: scope.innerHeight };
  });
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  await send('dragEnter');
  await send('dragOver');
  return {
    async drop() {
      await send('drop');
      await session.detach();
    },
  };
}

export async function goTo(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
  await page.getByRole('heading', { name: view, exact: true }).first().waitFor();
}

/** The row of a table that shows this text. */
export function rowOf(page: Page, text: string | RegExp): Locator {
  return page.getByRole('grid').getByRole('row').filter({ hasText: text });
}

/** The next dialogs that ask where to save, or what to open, are answered with these paths. */
export async function answerDialogs(app: ElectronApplication, answer: { save?: string; open?: string }): Promise<void> {
  await app.evaluate((electron, { save, open }) => {
    const { dialog } = electron as unknown as Replaceable;
    dialog.showSaveDialog = async () => ({ canceled: save === undefined, filePath: save ?? '' });
    dialog.showOpenDialog = async () => ({ canceled: open === undefined, filePaths: open === undefined ? [] : [open] });
  }, answer);
}

/** From now on the file manager is not opened: what it would have shown is collected. */
export async function watchFileManager(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await app.evaluate((electron) => {
    const shown: string[] = [];
    (globalThis as unknown as { shown: string[] }).shown = shown;
    (electron as unknown as Replaceable).shell.showItemInFolder = (path) => {
      shown.push(path);
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
}

/** One of a page's acts, whether it has a button of its own, or stands under Export or behind the three dots. */
export async function actOnPage(page: Page, title: string): Promise<void> {
  const file = page.getByRole('region', { name: 'File', exact: true });
  await file.waitFor();
  const button = file.getByRole('button', { name: title, exact: true });
  if ((await button.count()) > 0) return button.first().click();
  const menu = title.startsWith('Export') ? 'Export' : 'More';
  await file.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: title }).click();
}

/** Begins a destination of kind S3 and shows its form. */
export async function addS3Destination(page: Page, name: string): Promise<void> {
  await goTo(page, 'Destinations');
  await page.getByRole('button', { name: 'Add destination…' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('Kind', { exact: true }).selectOption('s3');
}
