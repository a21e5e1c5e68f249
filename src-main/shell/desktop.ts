import { join } from 'node:path';
import {
  app,
  type BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  safeStorage,
  session,
  shell,
} from 'electron';
import { systemClock } from '../base/clock';
import { messageOf } from '../base/errors';
import type { Pulse } from '../contract/pulse';
import type { EngineState } from '../contract/shell-schema';
import { serveApp } from './app-protocol';
import { encodePaths, type WindowArguments } from './arguments';
import { Attention } from './attention';
import { openBridge } from './bridge';
import { EngineHost } from './engine-host';
import { menuTemplate } from './menu';
import { Notices } from './notices';
import { type Places, withoutShellVariables } from './places';
import { PreferenceStore } from './preferences';
import { PrivateJson } from './private-json';
import { taskbarProgress } from './progress';
import { printToPdf } from './save-pdf';
import { SecretStore } from './secrets';
import { closeSession } from './security';
import { shellHandlers } from './shell-calls';
import { TrayIcon } from './tray';
import { UnsavedChanges } from './unsaved-changes';
import { isOwnFrame, openWindow, showWindow } from './window';
import { WindowEvents } from './window-events';
import { windowStateSchema } from './window-state';
import { languageOf, type Words, wordsOf } from './words';

export interface DesktopOptions {
  /** The Node that runs the engine. */
  readonly node: string;
  readonly places: Places;
  /** Folder of the window's own documents. */
  readonly folder: string;
  readonly given: WindowArguments;
  readonly developmentServer: string | null;
  readonly warn: (text: string) => void;
}

/** The application on this desktop, once it is ready: one window, one engine, and what stands around them. */
export class Desktop {
  private readonly options: DesktopOptions;
  private readonly events = new WindowEvents();
  private readonly preferences: PreferenceStore;
  private readonly secrets: SecretStore;
  private readonly windowState: PrivateJson<typeof windowStateSchema>;
  private readonly host: EngineHost;
  private readonly attention: Attention;
  private readonly tray: TrayIcon;
  private readonly notices: Notices;
  private readonly unsaved = new UnsavedChanges(dialog, () => this.words());
  private window: BrowserWindow | null = null;
  private lastPulse: Pulse | null = null;

  constructor(options: DesktopOptions) {
    this.options = options;
    const { folder, warn, places } = options;
    this.preferences = new PreferenceStore(join(folder, 'preferences.json'), warn);
    this.secrets = new SecretStore(join(folder, 'secrets.json'), safeStorage, process.platform, warn);
    this.windowState = new PrivateJson(join(folder, 'window.json'), windowStateSchema, warn);
    this.host = new EngineHost({
      clock: systemClock,
      command: () => this.engineCommand(),
      onState: (state) => this.onState(state),
      onPulse: (pulse) => this.onPulse(pulse),
    });
    this.attention = new Attention({
      words: () => this.words(),
      show: (notice) => this.notices.show(notice),
      quiet: () => !this.preferences.get().notifications || this.window?.isFocused() === true,
      later: (act, ms) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    });
    this.notices = new Notices(join(places.icons, 'icon.png'), (view) => this.navigate(view));
    this.tray = new TrayIcon(join(places.icons, 'tray.png'), this.trayActions(), warn);
  }

  open(): void {
    const { places, developmentServer } = this.options;
    closeSession(session.defaultSession);
    serveApp(session.defaultSession, places.renderer, developmentServer);
    openBridge(ipcMain, {
      engine: (call, params) => this.host.call(call, params),
      shell: this.handlers(),
      isOwnPage: ({ senderFrame }) => isOwnFrame(this.window, senderFrame),
    });
    this.applyPreferences();
    this.preferences.onChange(() => this.applyPreferences());
    powerMonitor.on('resume', () => this.ask('sweep after the computer slept', this.host.call('sweep', {})));
    this.host.start();
    this.show();
    this.give(this.options.given.paths);
  }

  /** Brings the window to the front; opens it again where the system lets an application run without one. */
  show(): void {
    if (this.window !== null && !this.window.isDestroyed()) {
      showWindow(this.window);
      return;
    }
    const { places, warn } = this.options;
    this.window = openWindow({
      preload: places.preload,
      icon: join(places.icons, 'icon.png'),
      state: this.windowState,
      events: this.events,
      onHopeless: () => {
        dialog.showErrorBox(this.words().pageFailedTitle, this.words().pageFailed);
        app.quit();
      },
      warn,
    });
    this.unsaved.watch(this.window);
  }

  /** Whether the application may end: false when the person goes on with changes that are not saved. */
  mayEnd(): Promise<boolean> {
    return this.unsaved.mayGo();
  }

  /** Files given from outside: the window gates them as if they were dropped. */
  give(paths: readonly string[]): void {
    this.events.paths({ paths: encodePaths(paths) });
  }

  /** Lets the engine end its work, unless the person wants it otherwise; a joined engine goes on. */
  async close(): Promise<void> {
    if (this.window !== null && !this.window.isDestroyed()) this.window.hide();
    this.tray.destroy();
    await this.host.stop(this.preferences.get().drainOnQuit);
  }

  private engineCommand() {
    const { places, given, node, warn } = this.options;
    return {
      node,
      cli: places.cli,
      options: given.engineOptions,
      env: { ...withoutShellVariables(process.env), ...this.secrets.environment() },
      cwd: process.cwd(),
      log: warn,
    };
  }

  private handlers() {
    const { given } = this.options;
    return shellHandlers({
      host: this.host,
      preferences: this.preferences,
      secrets: this.secrets,
      dialog,
      system: shell,
      clipboard,
      print: printToPdf,
      unsaved: this.unsaved,
      about: { version: app.getVersion(), electron: process.versions.electron ?? '' },
      language: () => this.language(),
      dataDirGiven: given.dataDir ?? process.env.DROPGATE_DATA_DIR ?? '',
    });
  }

  private onState(state: EngineState): void {
    this.events.tellEngine(state);
    if (state.kind !== 'running') this.lastPulse = null;
    if (state.kind === 'failed') this.attention.engineFailed(state.problem);
    this.around();
  }

  private onPulse(pulse: Pulse): void {
    this.lastPulse = pulse;
    this.events.tellPulse(pulse);
    this.attention.pulse(pulse);
    this.around();
  }

  /** Task bar and tray. */
  private around(): void {
    const { value, mode } = taskbarProgress(this.lastPulse);
    if (this.window !== null && !this.window.isDestroyed()) this.window.setProgressBar(value, { mode });
    this.tray.update(this.words(), this.lastPulse, this.trayActions());
  }

  private navigate(view: string): void {
    this.show();
    this.events.navigate({ view });
  }

  private async choose(kind: 'files' | 'folder'): Promise<void> {
    const { filePaths } = await dialog.showOpenDialog({
      properties: [kind === 'folder' ? 'openDirectory' : 'openFile', 'multiSelections'],
    });
    this.give(filePaths);
  }

  private trayActions() {
    return {
      open: () => this.show(),
      review: () => this.navigate('quarantine'),
      drop: (paths: readonly string[]) => {
        this.show();
        this.give(paths);
      },
      pause: (paused: boolean) => this.ask('pause', this.host.call('pause', { dir: null, paused })),
      quit: () => app.quit(),
    };
  }

  private applyPreferences(): void {
    nativeTheme.themeSource = this.preferences.get().theme;
    const actions = {
      choose: (kind: 'files' | 'folder') => this.ask('choosing files', this.choose(kind)),
      navigate: (view: string) => this.navigate(view),
      quit: () => app.quit(),
    };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(this.words(), actions, app.isPackaged)));
    this.around();
  }

  private language(): 'en' | 'fr' {
    return languageOf(this.preferences.get().language, app.getLocale());
  }

  private words(): Words {
    return wordsOf(this.language());
  }

  /** For what is begun outside the window, where nobody waits for an answer. */
  private ask(what: string, begun: Promise<unknown>): void {
    begun.catch((error: unknown) => this.options.warn(`${what}: ${messageOf(error)}`));
  }
}
