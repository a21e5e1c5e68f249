import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { z } from 'zod';
import { makeFolder } from '../base/make-folder';
import { registerAppScheme } from './app-protocol';
import { ownArguments, readArguments } from './arguments';
import { Desktop } from './desktop';
import { findPlaces, windowFolder } from './places';
import { closeContents } from './security';
import { languageOf, wordsOf } from './words';

/** What a second start hands to the first. */
const handedSchema = z.object({ paths: z.array(z.string()) });

/** The desktop entry that packages install (`desktopName` of package.json): task bars, docks and portals know us by it. */
const DESKTOP_NAME = 'org.dropgate.Dropgate.desktop';

const NO_NODE =
  'No Node 24 was named to run the engine.\n\nFrom a checkout, start the window with "npm start"; a packaged program brings its own.';

function warn(text: string): void {
  process.stderr.write(`${text.replace(/\n$/, '')}\n`);
}

/** An error nobody expected: told and logged, and the window goes on; its engine is another process. */
function tellUnexpected(error: Error): void {
  warn(`unexpected error in the window: ${error.stack ?? error.message}`);
  if (!app.isReady() || BrowserWindow.getAllWindows().every((window) => !window.isVisible())) return;
  const { unexpectedTitle, unexpected } = wordsOf(languageOf('system', app.getLocale()));
  void dialog.showMessageBox({ type: 'error', message: unexpectedTitle, detail: `${unexpected}\n\n${error.message}` });
}

/** The server of `npm run dev`; a packaged program knows none. */
function developmentServer(): string | null {
  const server = process.env.ELECTRON_RENDERER_URL;
  if (app.isPackaged || server === undefined) return null;
  return /^http:\/\/(localhost|127\.0\.0\.1):\d+\/?$/.test(server) ? server : null;
}

/** The one application: a second start gives its files to the first and ends. */
function main(): void {
  app.setName('Dropgate');
  if (process.platform === 'linux') app.setDesktopName(DESKTOP_NAME);
  const given = readArguments(ownArguments(process.argv, app.isPackaged), process.cwd());
  const folder = windowFolder(app.getPath('appData'), given.dataDir ?? process.env.DROPGATE_DATA_DIR ?? null);
  makeFolder(folder, 0o700);
  app.setPath('userData', join(folder, 'chromium'));
  if (!app.requestSingleInstanceLock({ paths: [...given.paths] })) {
    app.quit();
    return;
  }
  registerAppScheme();
  closeContents(app);
  // root was told to go without: every page asks for its sandbox all the same (security.ts)
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

  process.on('uncaughtException', tellUnexpected); // Electron's own answer is a dialog that blocks the end of the application
  let desktop: Desktop | null = null;
  const early: string[] = [...given.paths];
  const give = (paths: readonly string[]) => {
    if (desktop === null) early.push(...paths);
    else desktop.give(paths);
  };
  app.on('second-instance', (_event, _argv, _cwd, handed) => {
    const paths = handedSchema.safeParse(handed);
    desktop?.show();
    if (paths.success) give(paths.data.paths);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    give([path]);
  });
  app.on('activate', () => desktop?.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeOnQuit(() => desktop);

  void app.whenReady().then(() => {
    const places = findPlaces(app, __dirname, process.env);
    if (places.node === null) {
      dialog.showErrorBox(wordsOf('en').startFailedTitle, NO_NODE);
      app.exit(2);
      return;
    }
    const whole = { ...given, paths: early.splice(0) };
    desktop = new Desktop({
      places,
      node: places.node,
      folder,
      given: whole,
      developmentServer: developmentServer(),
      warn,
    });
    desktop.open();
  });
}

/** Holds the end of the application back until the person lets go of what is not saved, and its engine has ended. */
function closeOnQuit(desktop: () => Desktop | null): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('before-quit', (event) => {
    const open = desktop();
    if (state === 'closed' || open === null) return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void open.mayEnd().then(async (may) => {
      if (!may) {
        state = 'open';
        return;
      }
      app.releaseSingleInstanceLock(); // who starts it meanwhile gets a window of their own, and their files are not lost
      await open.close();
      state = 'closed';
      app.quit();
    });
  });
}

main();
